# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Goals with start dates, and that of the handling time, set by the first months."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .bands import Bands
from .indicators import INDICATORS, UP
from .reading import DEFAULT, Reading

MONTHS_BETWEEN = 6
"""A goal changes at most so often."""
MONTHS_OF_HANDLING = 3
"""The handling time's goal is the mean of so many first months."""
SECONDS = 20
"""Within which a contact on the line has to be answered."""
TEXT_SECONDS = 300
"""Within which a written contact has to be answered."""


class TooSoon(ValueError):
    """A goal may not change again yet.

    :param earliest: the first day from which it may
    """

    def __init__(self, earliest: date):
        """Remember the earliest day."""
        super().__init__(f"not before {earliest}")
        self.earliest = earliest


class NotAMonth(ValueError):
    """A goal or a reading begins with a month, or the month would have two."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in force from a day on.

    :param seconds: within which a contact on the line counts as answered in time (service level)
    :param text_seconds: the same of a written contact
    :param queue: whose own goal it is, None for all
    """

    start: date
    bands: Bands
    seconds: int = 0
    text_seconds: int = 0
    queue: int | None = None

    def as_dict(self) -> dict:
        """Return the goal as JSON holds it, without its dates."""
        limits = (self.bands.goal, self.bands.medium_from, self.bands.high_from)
        return {
            "limits": [str(limit) for limit in limits],
            "seconds": self.seconds,
            "text_seconds": self.text_seconds,
        }


_SEVERAL = (
    ("ILNR", "0.5", "1", "2"),
    ("IPL", "0.5", "1", "2"),
    ("INS", "80", "70", "60"),
    ("TME", "20", "30", "35"),
    ("IAL", "4", "5", "6"),
    ("IQA", "90", "85", "80"),
    ("ITO", "5", "6", "7"),
    ("IAR", "100", "90", "80"),
    ("TMA", "100", "110", "120"),
    ("IPS", "90", "80", "70"),
    ("IMN", "0", "6", "11"),
    ("IRM", "0", "6", "11"),
)
PRINTED: Mapping[str, Bands] = {
    code: Bands.of(goal, medium, high, INDICATORS[code].better)
    for code, goal, medium, high in _SEVERAL
}
"""Code -> goal and bands of the contract. The handling time's are percents of its own goal."""

HANDLING_SHORTER = Bands.of("100", "90", "80", UP)


def first_of_month(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def add_months(day: date, months: int) -> date:
    """Return the first of a month so many months later.

    >>> add_months(date(2026, 11, 1), 6)
    datetime.date(2027, 5, 1)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def check_start(start: date) -> None:
    """Raise `NotAMonth` unless a version begins with a month."""
    if start.day != 1:
        raise NotAMonth(f"{start} is not the first of a month")


def check_next(starts: Iterable[date], start: date) -> None:
    """Raise `TooSoon` if a goal that changed on `starts` may not change on `start`."""
    check_start(start)
    for other in sorted(starts):
        earlier, later = sorted((other, start))
        earliest = add_months(earlier, MONTHS_BETWEEN)
        if later < earliest:
            raise TooSoon(earliest)


def printed(code: str) -> Goal:
    """Return the goal of an indicator as the contract prints it."""
    seconds = (SECONDS, TEXT_SECONDS) if code == "INS" else (0, 0)
    return Goal(date.min, PRINTED[code], *seconds)


def goal_on(
    code: str, day: date, versions: Iterable[Goal] = (), queue: int | None = None
) -> Goal | None:
    """Return the goal of an indicator on a day: a queue's own one before that of all.

    None for indicators that have none.
    """
    begun = [goal for goal in versions if goal.start <= day and goal.queue in (None, queue)]
    own = [goal for goal in begun if queue is not None and goal.queue == queue]
    chosen = own or begun
    if chosen:
        return max(chosen, key=lambda goal: goal.start)
    return printed(code) if code in PRINTED else None


def handling_goal(months: Sequence[Fraction | None]) -> Fraction | None:
    """Return the goal of the handling time: the mean of the first three months.

    It is the mean of their values; None while there are fewer: until then nothing is judged.
    """
    first = months[:MONTHS_OF_HANDLING]
    if len(first) < MONTHS_OF_HANDLING or None in first:
        return None
    return sum(first, Fraction(0)) / MONTHS_OF_HANDLING


def percent_of_goal(value: Fraction, goal: Fraction) -> Fraction:
    """Return a handling time as a percentage of its goal.

    >>> percent_of_goal(Fraction(187), Fraction(170))
    Fraction(110, 1)
    """
    return value / goal * 100


def handling_bands(bands: Bands, reading: Reading) -> Bands:
    """Return the bands of the handling time by which direction counts as worse."""
    return HANDLING_SHORTER if reading["handling_direction"] == "shorter" else bands


def park_goal(units: int, reading: Reading = DEFAULT) -> Fraction:
    """Return the percentage of units that may be stopped at once.

    >>> [int(park_goal(units)) for units in (50, 51, 100, 101)]
    [2, 2, 2, 5]
    """
    if units > 100:
        return Fraction(5)
    loose = units > 50 and reading["medium_park"] == "loose"
    return Fraction(5) if loose else Fraction(2)
