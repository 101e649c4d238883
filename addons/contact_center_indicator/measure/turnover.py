# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Turnover: who entered and left in a month, over how many were there.

A person who goes on without a day in between (a new supervisor, a new number) neither left nor
entered.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .figures import Tally
from .reading import DEFAULT, Reading

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """Days on which a person belonged to the operation, both included.

    :param last: None if they still do
    """

    person: int
    first: date
    last: date | None = None


def joined(spells: Iterable[Spell]) -> list[Spell]:
    """Return the spells with those joined between which no day lies.

    >>> one, two = Spell(1, date(2026, 1, 1), date(2026, 1, 9)), Spell(1, date(2026, 1, 10))
    >>> joined([two, one])
    [Spell(person=1, first=datetime.date(2026, 1, 1), last=None)]
    """
    by_person = defaultdict(list)
    for spell in spells:
        by_person[spell.person].append(spell)
    found = []
    for person, own in by_person.items():
        first, last = None, None
        for spell in sorted(own, key=lambda one: one.first):
            if first and (last is None or spell.first <= last + A_DAY):
                last = None if last is None or spell.last is None else max(last, spell.last)
                continue
            if first:
                found.append(Spell(person, first, last))
            first, last = spell.first, spell.last
        found.append(Spell(person, first, last))
    return found


def turnover(spells: Iterable[Spell], month: Sequence[date], reading: Reading = DEFAULT) -> Tally:
    """Return the tally of a month, in whole numbers.

    The mean headcount is the sum of the days' over their number: both sides are multiplied by it,
    and by two where half of the moves count.

    :param month: its days, in order
    """
    entered = left = heads = 0
    begin, end = month[0], month[-1]
    for spell in joined(spells):
        last = spell.last or date.max
        entered += begin <= spell.first <= end
        left += begin <= last <= end
        heads += max((min(last, end) - max(spell.first, begin)).days + 1, 0)
    if reading["turnover"] == "exits":
        return Tally(left * len(month), heads)
    return Tally((entered + left) * len(month), 2 * heads)
