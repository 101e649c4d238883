# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Unit prices as versions: each holds until the next one begins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Price:
    """A unit price of an item.

    :param start: the first day of a month
    :param reference: what it can be found by again, such as a record's id
    """

    item: str
    start: date
    price: Decimal
    reference: int = 0


def price_on(item: str, day: date, prices: Iterable[Price]) -> Price | None:
    """Return the price of an item on a day, None before the first one."""
    begun = [one for one in prices if one.item == item and one.start <= day]
    return max(begun, key=lambda one: one.start, default=None)
