# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Exact numbers: whole numbers and fractions.

They are rounded only where they are shown or paid.
Bands compare unrounded values, and a fine must be the same on every machine: no float enters here.
Money is rounded to cents once for each line, half a cent up, as people round on paper.
"""

from decimal import Decimal
from fractions import Fraction

HALF = Fraction(1, 2)
CENTS = 2


def exact(value) -> Fraction:
    """Return a number as a fraction; refuse floats: they are not what was written.

    >>> exact("0.05")
    Fraction(1, 20)
    """
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float: write it as text")
    return Fraction(value)


def rounded(value: Fraction, places: int) -> Decimal:
    """Return a number with so many places, halves away from zero.

    >>> rounded(Fraction("2.675"), 2)
    Decimal('2.68')
    """
    scaled = abs(value) * 10**places + HALF
    whole = scaled.numerator // scaled.denominator
    result = Decimal(whole).scaleb(-places)
    return -result if value < 0 else result


def cents(amount: Fraction) -> Decimal:
    """Return an amount of money in whole cents, half a cent up.

    >>> cents(Fraction("10.005"))
    Decimal('10.01')
    """
    return rounded(amount, CENTS)


def shown(value: Fraction | None, places: int = 2) -> str:
    """Return a number as Brazilians write it; "-" for none.

    >>> shown(Fraction(62, 40))
    '1,55'
    """
    if value is None:
        return "-"
    return f"{rounded(value, places):f}".replace(".", ",")
