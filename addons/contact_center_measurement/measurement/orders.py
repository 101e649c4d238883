# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Service orders: how much was ordered from when on, and development hours.

Activations, changes and reductions come by service order (TR 16.2), with 15 working days to carry
them out (TR 13.8, 13.9.3). Development hours are estimated, approved, and billed once: in the month
of their formal acceptance, which comes after 30 days in operation (TR 8.1.4, A5 5.2).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

DEADLINE_DAYS = 15
OPERATION_DAYS = 30


@dataclass(frozen=True, slots=True)
class Order:
    """What an order changes: more (or, below zero, less) of an item from a day on."""

    item: str
    start: date
    change: Decimal


def ordered_on(item: str, day: date, orders: Iterable[Order]) -> Fraction:
    """Return how much of an item is ordered on a day; never less than nothing."""
    changes = (Fraction(one.change) for one in orders if one.item == item and one.start <= day)
    return max(sum(changes, Fraction(0)), Fraction(0))


def add_working_days(day: date, number: int, holidays: Collection[date] = ()) -> date:
    """Return the day that comes so many working days after `day`.

    The day itself is not counted.

    >>> add_working_days(date(2026, 11, 20), 15)
    datetime.date(2026, 12, 11)
    """
    while number > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            number -= 1
    return day


def earliest_acceptance(in_operation: date) -> date:
    """Return the first day on which what is in operation since a day can be accepted."""
    return in_operation + timedelta(days=OPERATION_DAYS)


def hours_to_bill(approved: Decimal, accepted: Decimal) -> Decimal:
    """Return the hours that are billed: those accepted, up to those approved."""
    return min(approved, accepted)
