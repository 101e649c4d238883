"""Holidays of Brazil by the laws, and those of a city out of a file."""

import io
from datetime import date

import openpyxl
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import holiday_calendar as calendar
from contact_center.core import movable_feasts
from tests.cases import path_of


def by_name(year, state=""):
    found = {}
    for holiday in calendar.brazilian(year, state):
        found.setdefault(holiday.name, []).append(holiday)
    return found


def test_movable_days():
    days = by_name(2027)
    assert [holiday.date for holiday in days["Carnaval"]] == [date(2027, 2, 8), date(2027, 2, 9)]
    assert days["Sexta-feira Santa"][0].date == date(2027, 3, 26)
    assert days["Corpus Christi"][0].date == date(2027, 5, 27)


def test_what_a_decree_decides_is_marked():
    days = by_name(2027)
    assert all(holiday.optional for holiday in days["Carnaval"] + days["Corpus Christi"])
    assert not days["Natal"][0].optional
    assert {"Carnaval", "Corpus Christi"} <= {
        name for name, found in days.items() if name in calendar.CUSTOMARY
    }
    assert found_levels(days) == {"national"}


def found_levels(days):
    return {holiday.level for found in days.values() for holiday in found}


def test_every_state_has_the_national_days_and_each_day_once():
    national = {holiday.date for holiday in calendar.brazilian(2026)}
    assert len(calendar.STATES) == 27
    for state in calendar.STATES:
        dates = [holiday.date for holiday in calendar.brazilian(2026, state)]
        assert len(set(dates)) == len(dates), state
        assert national <= set(dates), state


def test_a_state_adds_its_own():
    days = by_name(2026, "SP")
    assert days["Revolução Constitucionalista"][0].level == "state"


CSV = "Data;Feriado\n29/04;Aniversário da cidade\n08/12/2027;Imaculada Conceição\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_of_a_city(encoding):
    days = calendar.read_file(CSV.encode(encoding), range(2026, 2028))
    assert [(holiday.date, holiday.name, holiday.level) for holiday in days] == [
        (date(2026, 4, 29), "Aniversário da cidade", "city"),
        (date(2027, 4, 29), "Aniversário da cidade", "city"),
        (date(2027, 12, 8), "Imaculada Conceição", "city"),
    ]


def test_xlsx_of_a_city():
    book = openpyxl.Workbook()
    book.active.append(["Data", "Feriado"])
    book.active.append([date(2026, 4, 29), "Aniversário da cidade"])
    book.active.append(["08/12", "Imaculada Conceição"])
    content = io.BytesIO()
    book.save(content)
    days = calendar.read_file(content.getvalue(), range(2026, 2027))
    assert [holiday.date for holiday in days] == [date(2026, 4, 29), date(2026, 12, 8)]


@pytest.mark.parametrize(
    ("text", "row"),
    [("29/04;Festa\n31/02;Nada\n", 2), ("29/04;Festa\nontem;Nada\n", 2), ("29/04", 1)],
)
def test_the_row_that_is_no_holiday_is_named(text, row):
    with pytest.raises(calendar.HolidayFileError) as caught:
        calendar.read_file(text.encode(), range(2026, 2027))
    assert caught.value.row == row


@pytest.mark.parametrize(
    "content",
    [
        b"PK not a sheet",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not a sheet",
        b"\x09\x08 not one either",
        b"%PDF-1.4\n\x00\x01",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR",
    ],
)
def test_a_file_that_is_none_of_them(content):
    with pytest.raises(calendar.HolidayFileError) as caught:
        calendar.read_file(content, range(2026, 2027))
    assert caught.value.row == 0


TEXT = "01/01/26;Ano novo da cidade\n29/04/2026;Aniversário da cidade\n15/08;Assunção\n"
DAYS = [
    (date(2026, 1, 1), "Ano novo da cidade"),
    (date(2026, 4, 29), "Aniversário da cidade"),
    (date(2026, 8, 15), "Assunção"),
]


def read(content, years=range(2026, 2027)):
    content = content.encode() if isinstance(content, str) else content
    return [(day.date, day.name) for day in calendar.read_file(content, years)]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman",
     "cp850"],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_no_row_is_lost_whatever_wrote_the_file(encoding, ends, delimiter):
    text = TEXT.replace("\n", ends).replace(";", delimiter)
    assert read(text.encode(encoding)) == DAYS


def test_the_first_row_is_data_unless_it_is_a_heading():
    assert read("sep=;\n" + TEXT) == DAYS
    assert read("Feriados municipais\n\nData;Feriado;Tipo\n" + TEXT) == DAYS
    for text in ("32/01/26;Festa\n", "ontem;Festa\n", "29.2.2027;Festa\n", "2026;Festa\n"):
        with pytest.raises(calendar.HolidayFileError) as caught:
            read(text + TEXT)
        assert caught.value.row == 1, text


@pytest.mark.parametrize(
    ("row", "day", "name"),
    [
        ("1º de janeiro;Ano novo", date(2026, 1, 1), "Ano novo"),
        ("8 de dezembro de 2026;Padroeira", date(2026, 12, 8), "Padroeira"),
        ("quarta-feira, 29 de abril de 2026;Aniversário", date(2026, 4, 29), "Aniversário"),
        ("29/abr;Aniversário", date(2026, 4, 29), "Aniversário"),
        ("primeiro de maio;Trabalho", date(2026, 5, 1), "Trabalho"),
        ("2026-04-29;Aniversário", date(2026, 4, 29), "Aniversário"),
        ("2026-04-29 00:00:00;Aniversário", date(2026, 4, 29), "Aniversário"),
        ("Aniversário;29/04/2026", date(2026, 4, 29), "Aniversário"),
        ("29/04/2026;quarta-feira;Aniversário;Municipal", date(2026, 4, 29), "Aniversário"),
        ("1;29/04/2026;Aniversário", date(2026, 4, 29), "Aniversário"),
        ("29/04/2026 - Aniversário", date(2026, 4, 29), "Aniversário"),
        ("07/09/2026;7 de setembro", date(2026, 9, 7), "7 de setembro"),
        ("29/04/2026,Aniversário, com desfile", date(2026, 4, 29), "Aniversário, com desfile"),
        ("２９／０４／２０２６;Aniversário", date(2026, 4, 29), "Aniversário"),
        ("29–04–2026;Aniversário", date(2026, 4, 29), "Aniversário"),
    ],
)
def test_days_as_people_write_them(row, day, name):
    assert read(f"{row}\n") == [(day, name)]


@pytest.mark.parametrize(
    ("text", "row", "reason"),
    [
        ("29/04;Festa\n30/04;\n", 2, "name"),
        ("29/04;Festa\n;Sem dia\n", 2, "row"),
        ("29/04;Festa\nData;Feriado\n", 2, "row"),
        ("29/04;Festa\n29/04;30/04;Duas\n", 2, "row"),
        ("29/04;Festa\n46023;Número\n", 2, "row"),
        ("quarta-feira, 30/04/2026;Dia errado\n", 1, "row"),
        ("", 0, "empty"),
        ("Data;Feriado\n", 0, "empty"),
        ("29/04;Festa\n" * 1001, 1001, "many"),
    ],
)
def test_what_is_no_holiday_is_named_and_not_left_out(text, row, reason):
    with pytest.raises(calendar.HolidayFileError) as caught:
        read(text)
    assert (caught.value.row, caught.value.reason) == (row, reason)


def test_a_leap_day_is_in_leap_years_and_two_names_of_a_day_are_kept():
    assert read("29/02;Raro\n", range(2027, 2030)) == [(date(2028, 2, 29), "Raro")]
    assert read("29/04;Aniversário\n29/04/2026;Padroeira\n") == [
        (date(2026, 4, 29), "Aniversário / Padroeira")
    ]


def test_an_old_excel_file():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Feriados")
    style = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    rows = [("Data", "Feriado"), (date(2026, 1, 1), DAYS[0][1]), (date(2026, 4, 29), DAYS[1][1])]
    for number, (day, name) in enumerate(rows):
        sheet.write(number, 0, day, *([style] if number else []))
        sheet.write(number, 1, name)
    sheet.write(3, 0, "15/08")
    sheet.write(3, 1, DAYS[2][1])
    content = io.BytesIO()
    book.save(content)
    assert read(content.getvalue()) == DAYS


def test_rows_on_a_second_sheet_are_not_left_out():
    book = openpyxl.Workbook()
    book.active.append(["29/04", "Aniversário"])
    book.create_sheet("Vazia")
    content = io.BytesIO()
    book.save(content)
    assert len(read(content.getvalue())) == 1
    book.create_sheet("Outra").append(["30/04", "Festa"])
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(calendar.HolidayFileError) as caught:
        read(content.getvalue())
    assert caught.value.reason == "sheets"


ICS = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260429
DTEND;VALUE=DATE:20260430
SUMMARY:Aniversário da ci
 dade
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20201208
RRULE:FREQ=YEARLY
SUMMARY:Padroeira
END:VEVENT
BEGIN:VEVENT
DTSTART:20260801T030000Z
DTEND:20260802T030000Z
SUMMARY:Festa
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261230
DTEND;VALUE=DATE:20270101
SUMMARY:Recesso
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260302
STATUS:CANCELLED
SUMMARY:Cancelado
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_calendar_file(encoding, ends):
    assert read(ICS.replace("\n", ends).encode(encoding), range(2026, 2028)) == [
        (date(2026, 4, 29), "Aniversário da cidade"),
        (date(2026, 8, 1), "Festa"),
        (date(2026, 12, 8), "Padroeira"),
        (date(2026, 12, 30), "Recesso"),
        (date(2026, 12, 31), "Recesso"),
        (date(2027, 12, 8), "Padroeira"),
    ]


def test_an_entry_without_a_name_or_a_day_is_named():
    for line in ("SUMMARY:Padroeira\n", "DTSTART;VALUE=DATE:20201208\n"):
        with pytest.raises(calendar.HolidayFileError) as caught:
            read(ICS.replace(line, ""))
        assert caught.value.row == 2


@pytest.mark.parametrize(
    ("day", "name", "right"),
    [
        (date(2026, 2, 17), "Carnaval", None),
        (date(2026, 2, 16), "Segunda-feira de Carnaval", None),
        (date(2026, 3, 4), "Carnaval", date(2026, 2, 17)),
        (date(2026, 2, 18), "Quarta-feira de cinzas", None),
        (date(2025, 4, 3), "Sexta-feira Santa", date(2025, 4, 18)),
        (date(2026, 4, 3), "Paixão de Cristo", None),
        (date(2026, 6, 4), "Corpus Christi", None),
        (date(2026, 6, 19), "CORPUS CRISTI", date(2026, 6, 4)),
        (date(2026, 4, 6), "Páscoa", date(2026, 4, 5)),
        (date(2026, 4, 29), "Aniversário da cidade", None),
        (date(2026, 7, 26), "Senhora Santana", None),
        (date(2026, 1, 9), "Véspera de Carnaval", None),
    ],
)
def test_a_feast_that_follows_easter_on_a_wrong_day(day, name, right):
    assert movable_feasts.right_day(day, name) == right


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_file_is_read_or_refused(content):
    try:
        days = read(content)
    except calendar.HolidayFileError as error:
        days = error.reason
    assert days


@given(
    st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.from_regex(
        r"[A-Z][a-zç]{2,9} [A-Z][a-zã]{2,9}", fullmatch=True)), min_size=1, max_size=20,
        unique_by=lambda row: row[0]),
    st.sampled_from(["%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m"]),
)  # fmt: skip
def test_as_many_days_as_rows(rows, style):
    text = "\n".join(f"{day.strftime(style)};{name}" for day, name in rows)
    assert read(text) == sorted(rows)


def test_the_cases_of_cities_files():
    assert read(path_of("w12a-holidays-first-row.csv").read_bytes()) == DAYS[:2]
    assert read(path_of("w12b-holidays-utf16.csv").read_bytes()) == [
        (date(2026, 4, 29), "Aniversário"),
        (date(2026, 12, 8), "Padroeira"),
    ]
