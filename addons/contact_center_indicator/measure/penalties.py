# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Penalties of a month: bands, days, repairs, other duties, and their ceiling.

All of them are percents of the month's invoice. Each line is rounded to cents once; the ceiling is
compared with the sum of the rounded lines, and what is above it is not charged.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .bands import PERCENTS
from .clocks import REPAIR
from .exact import cents, exact
from .reading import DEFAULT, Reading

DAILY_PERCENT = Fraction(5, 100)
DAILY_CEILING = Fraction(155, 100)
REPAIR_PERCENT = Fraction(1)
DUTY_PERCENT = Fraction(1, 2)
CEILING = Fraction(20)
LOSSES = "losses"


@dataclass(frozen=True, slots=True)
class Fine:
    """One line of a statement.

    :param kind: "band", "day", "repair" or "duty"
    :param code: the indicator, the clock or the duty
    :param queue: if it is of one queue
    :param detail: band, number of days or of occurrences
    :param inside: whether the ceiling covers it
    """

    kind: str
    code: str
    percent: Fraction
    detail: str = ""
    queue: int | None = None
    inside: bool = True


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the penalties of a month come to.

    :param lines: (fine, amount in cents) of each
    :param inside, outside: percents under the ceiling and beside it, before it is applied
    :param ceiling: the most that the first may come to, as an amount
    :param cut: what the ceiling takes off
    :param total: what is charged
    """

    lines: tuple[tuple[Fine, Decimal], ...]
    inside: Fraction
    outside: Fraction
    ceiling: Decimal
    cut: Decimal
    total: Decimal


def band_fine(code: str, band: str, queue: int | None = None) -> Fine | None:
    """Return the fine of an indicator in a band; None if it is in none."""
    percent = PERCENTS.get(band)
    return Fine("band", code, percent, band, queue) if percent else None


def daily_fines(missed: Mapping[str, int], reading: Reading = DEFAULT) -> list[Fine]:
    """Return the fines of indicators that are judged by day.

    >>> [str(fine.percent) for fine in daily_fines({"IPL": 31, "ILNR": 40})]
    ['31/20', '31/20']

    :param missed: {code: days on which the goal was missed}
    """
    if reading["loss_ceiling"] == "together":
        missed = {LOSSES: sum(missed.values())}
    return [
        Fine("day", code, min(DAILY_PERCENT * days, DAILY_CEILING), str(days))
        for code, days in missed.items()
        if days
    ]


def occurrence_fines(occurrences: Iterable[tuple[str, str]], reading=DEFAULT) -> list[Fine]:
    """Return the fines of late repairs and of other duties that were missed.

    By default once a month and kind, whatever the number of occurrences.

    :param occurrences: (`REPAIR` or `DUTY`, kind) of each
    """
    fines = []
    for (what, kind), number in sorted(Counter(occurrences).items()):
        percent = REPAIR_PERCENT if what == REPAIR else DUTY_PERCENT
        times = number if reading["occurrences"] == "each" else 1
        inside = what == REPAIR or reading["other_duties"] == "inside"
        fines.append(Fine(what, kind, percent * times, str(number), inside=inside))
    return fines


def settle(invoice: Decimal, fines: Iterable[Fine], ceiling: Fraction = CEILING) -> Settlement:
    """Return what penalties come to, with the ceiling applied.

    :param invoice: the month's invoice, with cents
    :param ceiling: percent of the invoice
    """
    total = exact(invoice)
    lines = tuple((fine, cents(total * fine.percent / 100)) for fine in fines)
    inside = sum((amount for fine, amount in lines if fine.inside), Decimal("0.00"))
    outside = sum((amount for fine, amount in lines if not fine.inside), Decimal("0.00"))
    most = cents(total * ceiling / 100)
    charged = min(inside, most)
    return Settlement(
        lines=lines,
        inside=sum((fine.percent for fine, _amount in lines if fine.inside), Fraction(0)),
        outside=sum((fine.percent for fine, _amount in lines if not fine.inside), Fraction(0)),
        ceiling=most,
        cut=inside - charged,
        total=charged + outside,
    )
