"""Holidays of Brazil, and those of a city out of a list that somebody kept in a file.

The dates come from the package `holidays`, whose volunteers follow federal and state laws. What
only a decree decides each year (carnival, Corpus Christi, ...) is marked as optional.
"""

from dataclasses import dataclass
from datetime import date

import holidays

from . import holiday_files
from .holiday_files import HolidayFileError

__all__ = ["Holiday", "HolidayFileError", "brazilian", "read_file"]

NATIONAL, STATE, CITY = "national", "state", "city"
# Optional days on which offices hardly ever open.
CUSTOMARY = frozenset({"Carnaval", "Corpus Christi"})
STATES = frozenset(holidays.country_holidays("BR").subdivisions)


@dataclass(frozen=True)
class Holiday:
    """One day: `level` is national, state or city; `optional` when a decree decides each year."""

    date: date
    name: str
    level: str
    optional: bool = False


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
    """Holidays of the city out of a CSV, XLSX, XLS or ICS file (see `holiday_files.read`).

    :raise HolidayFileError: with the row that is not understood
    """
    found = holiday_files.read(content, years)
    return [Holiday(day, name, CITY, optional) for day, name, optional in found.days]
