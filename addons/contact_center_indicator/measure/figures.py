# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Days, months, and the two ways to make a month's figure of its days.

The mean of the worked days and the total over the total stand side by side: which of them is billed
is a reading, and the difference between them is shown.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .exact import exact
from .indicators import COUNT, MEAN_OF_DAYS, Indicator
from .reading import DEFAULT, Reading

GRACE_DAYS = 90


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted: whole numbers that add up over days, queues and agents."""

    numerator: int = 0
    denominator: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return the sum."""
        return Tally(self.numerator + other.numerator, self.denominator + other.denominator)


NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure of a month.

    :param mean: mean of the worked days' values; None without such a day
    :param total: total over total; None if nothing was measured
    :param billed: the one that the reading chooses, unrounded
    :param worked_days: how many days the mean is of
    :param tally: the totals
    """

    mean: Fraction | None
    total: Fraction | None
    billed: Fraction | None
    worked_days: int
    tally: Tally

    @property
    def difference(self) -> Fraction | None:
        """Return by how much the mean exceeds the total."""
        if self.mean is None or self.total is None:
            return None
        return self.mean - self.total


def days_of_month(year: int, month: int) -> list[date]:
    """Return the days of a month."""
    return [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]


# ------------------------------------------------------------
# Grace
# ------------------------------------------------------------


def first_judged_day(start: date, days: int = GRACE_DAYS) -> date:
    """Return the first day that can be fined: the 91st, if the grace is 90 days.

    >>> first_judged_day(date(2026, 1, 1))
    datetime.date(2026, 4, 1)
    """
    return start + timedelta(days=days)


def judged_days(
    month: Iterable[date], start: date, reading: Reading = DEFAULT, grace: int = GRACE_DAYS
) -> list[date]:
    """Return the days of a month that count.

    Which do is up to the grace of the contract that began on `start`.
    """
    month = list(month)
    first = first_judged_day(start, grace)
    later = [day for day in month if day >= first]
    if reading["cut_month"] == "free" and len(later) < len(month):
        return []
    return later


def without_grace(
    tallies: Mapping[tuple[date, int | None], Tally],
    days: Iterable[date],
    services: Mapping[int, Iterable[tuple[date, int]]] | None = None,
) -> dict[date, Tally]:
    """Return the tallies of the days that count, added over the queues.

    A queue leaves numerator and denominator while a new service or an adjustment of it is in grace.

    :param tallies: {(day, queue): tally}
    :param days: the days that count, see `judged_days`
    :param services: {queue: (start, days of grace) of its services and adjustments}
    """
    counting, result, services = set(days), {}, services or {}
    for (day, queue), tally in tallies.items():
        spared = any(
            start <= day < first_judged_day(start, grace)
            for start, grace in services.get(queue, ())
        )
        if day in counting and not spared:
            result[day] = result.get(day, NOTHING) + tally
    return result


# ------------------------------------------------------------
# The month
# ------------------------------------------------------------


def month_figure(
    indicator: Indicator,
    days: Mapping[date, Tally],
    calendar: Iterable[date] = (),
    reading: Reading = DEFAULT,
) -> Figure:
    """Return the figure of a month.

    :param days: {day: tally} of the days that count
    :param calendar: all days that count, with contacts or not
    """
    tally = sum(days.values(), NOTHING)
    if indicator.unit == COUNT:
        added = exact(tally.numerator)
        return Figure(added, added, added, len(days), tally)
    values = [indicator.value(one.numerator, one.denominator) for one in days.values()]
    worked = [value for value in values if value is not None]
    number = len(worked)
    if reading["worked_day"] == "calendar":
        number = max(number, len(list(calendar)))
    mean = sum(worked, Fraction(0)) / number if worked else None
    total = indicator.value(tally.numerator, tally.denominator)
    by_days = indicator.billed == MEAN_OF_DAYS and reading["billed_value"] == "mean"
    return Figure(mean, total, mean if by_days else total, number, tally)


def missed_days(indicator: Indicator, days: Mapping[date, Tally], goal: Fraction) -> list[date]:
    """Return the days on which a daily goal was missed: exactly the goal meets it."""
    missed = []
    for day, tally in sorted(days.items()):
        value = indicator.value(tally.numerator, tally.denominator)
        if value is not None and value > goal:
            missed.append(day)
    return missed
