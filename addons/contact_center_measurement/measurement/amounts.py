# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Quantities and money, exact: no float enters here.

A quantity is rounded once, to the four places in which it is printed, and an amount is that printed
quantity times the unit price, rounded once to cents: so anybody can check each line on paper.
Halves go up.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

PLACES = 4
CENTS = 2


def exact(value) -> Fraction:
    """Return a number as a fraction; refuse floats: they are not what was written.

    >>> exact("12.5")
    Fraction(25, 2)
    """
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float: write it as text")
    return Fraction(value)


def rounded(value: Fraction | Decimal | int, places: int = PLACES) -> Decimal:
    """Return a number with so many places, halves away from zero.

    >>> rounded(Fraction(1, 3))
    Decimal('0.3333')
    """
    value = Fraction(value)
    scaled = abs(value) * 10**places
    whole = Decimal((scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2))
    result = whole.scaleb(-places)
    return -result if value < 0 else result


def amount_of(quantity: Decimal, price: Decimal) -> Decimal:
    """Return what a printed quantity costs, in cents.

    >>> amount_of(Decimal("97.5333"), Decimal("4321.10"))
    Decimal('421451.14')
    """
    if quantity < 0 or price < 0:
        raise ValueError("Neither quantities nor prices are negative.")
    return (quantity * price).quantize(Decimal("0.01"), ROUND_HALF_UP)


def total_of(amounts: Iterable[Decimal]) -> Decimal:
    """Return the sum of amounts, each of which is in cents already."""
    return sum(amounts, Decimal("0.00"))


def shown(value: Fraction | Decimal | int | None, places: int = CENTS) -> str:
    """Return a number as Brazilians write it; "-" for none.

    >>> shown(Decimal("1234567.5"))
    '1.234.567,50'
    """
    if value is None:
        return "-"
    return f"{rounded(value, places):,f}".translate(str.maketrans(",.", ".,"))
