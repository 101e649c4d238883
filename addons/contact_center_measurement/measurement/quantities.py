# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From logged time to positions, and to the quantity of a month.

"Monthly billing = daily total of logged time / load of the positions used" (TR 20.15.1). A position
that is occupied for its whole load on each day of the month is one position of that month. Weekends
and holidays with a reduced scale are paid in proportion (TR 7.5.5): each day weighs the same, and a
day with half of the positions adds half of them.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

MONTH, DAY = "month", "day"
WORKING, SATURDAY, SUNDAY, HOLIDAY = "working", "saturday", "sunday", "holiday"
_HOURS = 3600 * 10**6


def load_of(hours: int, since: int, until: int) -> int:
    """Return the load of a position on a day, in microseconds.

    A position of 24 hours is occupied all day long, also where the day has 23 or 25 hours.
    """
    return until - since if hours == 24 else hours * _HOURS


def positions(counted: int, load: int) -> Fraction:
    """Return how many positions the logged time of a day was.

    >>> positions(9 * 3600 * 10**6, 6 * 3600 * 10**6)
    Fraction(3, 2)
    """
    return Fraction(counted, load)


def days_of_month(year: int, month: int) -> list[date]:
    """Return the days of a month."""
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return [first + timedelta(days=number) for number in range((following - first).days)]


def month_quantity(by_day: Mapping[date, Fraction], days: Iterable[date], basis: str) -> Fraction:
    """Return the quantity of a month from the positions of its days.

    :param by_day: positions of the days that have any; other months' days do not count
    :param basis: `MONTH`: mean of all days of the month; `DAY`: their sum
    """
    days = list(days)
    total = sum((by_day.get(day, Fraction(0)) for day in days), Fraction(0))
    return total if basis == DAY else total / len(days)


def day_class(day: date, holidays: Collection[date] = ()) -> str:
    """Return what kind of day it is; a holiday is one whatever its weekday."""
    if day in holidays:
        return HOLIDAY
    return {5: SATURDAY, 6: SUNDAY}.get(day.weekday(), WORKING)
