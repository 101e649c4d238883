# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Brazil's holidays, and a city's own from a list in a file.

The dates come from the package `holidays`, whose volunteers follow federal and state laws. Days
that a decree decides each year (carnival, Corpus Christi, ...) are marked as optional.
"""

from dataclasses import dataclass
from datetime import date

import holidays

from . import holiday_files
from .holiday_files import HolidayFileError

__all__ = ["Holiday", "HolidayFileError", "brazilian", "read_file"]

NATIONAL, STATE, CITY = "national", "state", "city"
# Optional days on which offices are hardly ever open.
CUSTOMARY = frozenset({"Carnaval", "Corpus Christi"})
STATES = frozenset(holidays.country_holidays("BR").subdivisions)


@dataclass(frozen=True)
class Holiday:
    """One day: `level` is national, state or city.

    It is `optional` if a decree decides each year.
    """

    date: date
    name: str
    level: str
    optional: bool = False


def brazilian(year: int, state: str = "") -> list[Holiday]:
    """Return holidays and optional days of `year`, in order.

    :param state: the two-letter code of a state whose own holidays are included; "" for none
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
    """Return pairs of date and Portuguese name."""
    days = holidays.country_holidays(
        "BR",
        subdiv=state,
        years=year,
        language="pt_BR",
        categories=("optional" if optional else "public",),
    )
    return days.items()


def read_file(content: bytes, years: range) -> list[Holiday]:
    """Return the city's holidays from a CSV, XLSX, XLS or ICS file.

    See `holiday_files.read`.

    :raise HolidayFileError: with the row that was not understood
    """
    found = holiday_files.read(content, years)
    return [Holiday(day, name, CITY, optional) for day, name, optional in found.days]
