"""Holidays of Brazil by the laws, and those of a city out of a file."""

import io
from datetime import date

import openpyxl
import pytest

from contact_center.core import holiday_calendar as calendar


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


def test_a_file_that_is_neither():
    with pytest.raises(calendar.HolidayFileError) as caught:
        calendar.read_file(b"PK not a sheet", range(2026, 2027))
    assert caught.value.row == 0
