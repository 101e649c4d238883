"""Holidays of Brazil, and those of a city out of a list that somebody kept in a file.

The dates come from the package `holidays`, whose volunteers follow federal and state laws. What
only a decree decides each year (carnival, Corpus Christi, ...) is marked as optional.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime

import holidays

NATIONAL, STATE, CITY = "national", "state", "city"
# Optional days on which offices hardly ever open.
CUSTOMARY = frozenset({"Carnaval", "Corpus Christi"})
STATES = frozenset(holidays.country_holidays("BR").subdivisions)
# A city has a dozen; a file with more is something else.
MAX_ROWS = 1000


@dataclass(frozen=True)
class Holiday:
    """One day: `level` is national, state or city; `optional` when a decree decides each year."""

    date: date
    name: str
    level: str
    optional: bool = False


class HolidayFileError(ValueError):
    """A row of a file is no holiday: `row` is its number as a spreadsheet shows it (0: the file
    itself), `value` what was not understood."""

    def __init__(self, row: int, value: str = ""):
        self.row = row
        self.value = value
        super().__init__(f"row {row}: {value!r}")


def brazilian(year: int, state: str = "") -> list[Holiday]:
    """Holidays and optional days of `year`, in order.

    :param state: the two letters of a state, whose own holidays come along; "" for none
    """
    found = {}
    for optional in (False, True):
        for level, subdivision in ((NATIONAL, None), (STATE, state)):
            if level == STATE and state not in STATES:
                continue
            for day, name in _days(year, subdivision, optional):
                found.setdefault(day, Holiday(day, name, level, optional))
    return sorted(found.values(), key=lambda holiday: holiday.date)


def _days(year: int, state: str | None, optional: bool):
    """Pairs of date and Portuguese name."""
    days = holidays.country_holidays(
        "BR",
        subdiv=state,
        years=year,
        language="pt_BR",
        categories=("optional" if optional else "public",),
    )
    return days.items()


def read_file(content: bytes, years: range) -> list[Holiday]:
    """Holidays of the city out of a CSV or XLSX file: a column of dates, then one of names.

    A date without a year ("08/12") holds in each of `years`. A heading is skipped.

    :raise HolidayFileError: with the row that is not understood
    """
    rows = _xlsx_rows(content) if content[:2] == b"PK" else _csv_rows(content)
    found = {}
    for number, row in enumerate(rows, 1):
        cells = [cell for cell in row if cell not in (None, "")]
        if not cells:
            continue
        if number > MAX_ROWS:
            raise HolidayFileError(number)
        days = _dates(cells[0], years)
        if days is None:
            if number == 1:
                continue
            raise HolidayFileError(number, str(cells[0]))
        name = str(cells[1]).strip() if len(cells) > 1 else ""
        if not name:
            raise HolidayFileError(number, str(cells[0]))
        found.update({day: Holiday(day, name, CITY) for day in days})
    return sorted(found.values(), key=lambda holiday: holiday.date)


def _dates(cell, years: range) -> list[date] | None:
    """The dates that a cell means, None when it is no date."""
    if isinstance(cell, datetime):
        return [cell.date()]
    if isinstance(cell, date):
        return [cell]
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?", str(cell).strip())
    try:
        if match:
            day, month = int(match[1]), int(match[2])
            wanted = [int(match[3])] if match[3] else years
            return [date(year, month, day) for year in wanted]
        return [date.fromisoformat(str(cell).strip())]
    except ValueError:
        return None


def _csv_rows(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel in Brazil writes
        text = content.decode("cp1252", errors="replace")
    delimiter = max(";,\t", key=text.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    return [[cell.strip() for cell in row] for row in rows]


def _xlsx_rows(content: bytes) -> list[tuple]:
    import openpyxl  # a tenth of a second that only who brings a sheet pays

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return list(book.worksheets[0].iter_rows(values_only=True, max_row=MAX_ROWS + 1))
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError) as error:
        raise HolidayFileError(0) from error
