"""Holiday files as other programs export them: nothing lost, nothing invented."""

from datetime import date

import pytest

from contact_center.core import holiday_files

YEARS = range(2026, 2028)
CITY, PATRON = (date(2026, 4, 29), "Aniversário"), (date(2026, 12, 8), "Padroeira")
BOTH = [CITY, PATRON]


def read(text):
    content = text if isinstance(text, bytes) else text.encode()
    return holiday_files.read(content, YEARS).days


def named(text):
    return [(day, name) for day, name, _optional in read(text) if day.year == 2026]


TABLES = {
    "quoted newline": 'Data;Nome\n29/04/2026;"Anivers\u00e1rio"\n08/12/2026;"Padroeira\n"',
    "serials": "Data;Nome\n46141;Aniversário\n46364;Padroeira",
    "kind first": "Feriado municipal;29/04/2026;Aniversário\nFeriado;08/12/2026;Padroeira",
    "kind last": "29/04/2026;Aniversário;Feriado municipal\n08/12/2026;Padroeira;Municipal",
    "weekday in brackets": "29/04/2026 (quarta-feira);Aniversário\n08/12/2026 (ter);Padroeira",
    "colon": "29 de abril: Aniversário\n8 de dezembro: Padroeira",
    "blank": "29/04/2026 Aniversário\n08/12/2026 Padroeira",
    "bullets": "- 29/04/2026 - Aniversário\n• 08/12/2026 – Padroeira",
    "numbered": "1. 29/04/2026 Aniversário\n2) 08/12/2026 Padroeira",
    "months": "ABRIL;\n29/04/2026;Aniversário\nDezembro de 2026;\n08/12/2026;Padroeira",
    "day and month apart": "Dia;Mês;Feriado\n29;abril;Aniversário\n8;dezembro;Padroeira",
    "day, month and year apart": "29;abril;2026;Aniversário\n8;dezembro;2026;Padroeira",
    "decree above": "FERIADOS 2026\nDecreto nº 9 de 10/12/2025\n29/04/2026;Aniversário\n"
    "08/12/2026;Padroeira",
    "Numbers": "Tabela 1\n\nData,Feriado\n29/04/2026,Aniversário\n08/12/2026,Padroeira\n,\n",
    "web page": "<html><head><meta charset='utf-8'></head><body><table><tr><th>Data<th>Feriado</tr>"
    "<tr><td>29/04/2026</td><td>Anivers&aacute;rio</td></tr>"
    "<tr><td>08/12/2026</td><td>Padro<b>eira</b></td></tr></table></body></html>",
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_a_table_as_it_is_kept(text):
    assert named(text) == BOTH


def test_days_from_one_to_another():
    days = [date(2026, 2, day) for day in (16, 17, 18)]
    for between in (" a ", " até ", " ao "):
        text = f"16/02/2026{between}18/02/2026;Carnaval"
        assert [day for day, _name, _optional in read(text)] == days


@pytest.mark.parametrize(
    "text",
    [
        "04/29/2026;City day",
        "29/04/2026;Aniversário\n46364;Padroeira",
        "29/04/2026;Aniversário\nFonte: Prefeitura;",
        "29/04/2026;Aniversário\nTotal;1",
        "18/02/2026 a 16/02/2026;Carnaval",
        "01/01/2026 a 31/12/2026;Ano todo",
        "<?xml version='1.0'?><Workbook><Row><Data>29/04/2026</Data></Row></Workbook>",
        '[{"date": "2026-04-29", "name": "x"}]',
    ],
)
def test_what_is_not_understood_is_refused(text):
    with pytest.raises(holiday_files.HolidayFileError):
        read(text)


def calendar(*entries):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Google Inc//Google Calendar 70.9054//EN"]
    for number, entry in enumerate(entries):
        lines += ["BEGIN:VEVENT", f"UID:{number}", *entry.split("\n"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


ENTRIES = {
    "whole day": "DTSTART;VALUE=DATE:20260429\nDTEND;VALUE=DATE:20260430",
    "zone": "DTSTART;TZID=America/Sao_Paulo:20260429T000000\n"
    "DTEND;TZID=America/Sao_Paulo:20260430T000000",
    "midnight of Brazil in UTC": "DTSTART:20260429T030000Z\nDTEND:20260430T030000Z",
    "midnight in UTC": "DTSTART:20260429T000000Z\nDTEND:20260430T000000Z",
    "every year": "DTSTART;VALUE=DATE:20200429\nRRULE:FREQ=YEARLY",
    "every year until": "DTSTART;VALUE=DATE:20200429\nRRULE:FREQ=YEARLY;UNTIL=20301231T000000Z",
    "office hours": "DTSTART:20260429T030000Z\nDTEND:20260430T025900Z",
}


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_an_entry_is_its_day(entry):
    assert named(calendar(f"{entry}\nSUMMARY:Aniversário")) == [CITY]


@pytest.mark.parametrize(
    "entry",
    [
        "DTSTART;VALUE=DATE:20260216\nDURATION:P3D",
        "DTSTART;VALUE=DATE:20260216\nDTEND;VALUE=DATE:20260219",
        "DTSTART;VALUE=DATE:20260216\nRDATE;VALUE=DATE:20260217,20260218",
    ],
)
def test_no_day_of_an_entry_is_lost(entry):
    days = [day.day for day, _name in named(calendar(f"{entry}\nSUMMARY:Carnaval"))]
    assert days == [16, 17, 18]


@pytest.mark.parametrize(
    "entry",
    [
        "DTSTART:20260429T130000Z\nDTEND:20260429T140000Z\nSUMMARY:Reunião",
        "DTSTART;VALUE=DATE:20260102\nRRULE:FREQ=WEEKLY\nSUMMARY:Sexta",
        "DTSTART;VALUE=DATE:20260102\nRRULE:FREQ=MONTHLY\nSUMMARY:Pagamento",
    ],
)
def test_an_appointment_or_a_series_is_no_holiday(entry):
    with pytest.raises(holiday_files.HolidayFileError):
        read(calendar(entry))


@pytest.mark.parametrize(
    "words", ["SUMMARY:Servidor (ponto facultativo)", "SUMMARY:Servidor\nDESCRIPTION:Facultativo"]
)
def test_what_a_decree_decides_is_marked_in_a_calendar_too(words):
    assert read(calendar(f"DTSTART;VALUE=DATE:20261028\n{words}"))[0][2] is True


def test_one_year_of_a_series_is_on_another_day():
    text = calendar(
        "DTSTART;VALUE=DATE:20250429\nRRULE:FREQ=YEARLY\nSUMMARY:Festa",
        "RECURRENCE-ID;VALUE=DATE:20260429\nDTSTART;VALUE=DATE:20260430\nSUMMARY:Festa",
    ).replace("UID:1", "UID:0")
    assert [day for day, _name in named(text)] == [date(2026, 4, 30)]
