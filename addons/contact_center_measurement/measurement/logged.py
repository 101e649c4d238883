# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The logged time of an agent on a day, from spells of states in microseconds.

A day is handed in as its two midnights: where clocks are changed it has 23 or 25 hours, and nothing
else has to know. Spells are cut at midnight, so each hour is paid on its own day and in its own
month, and time that two spells share counts once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .terms import Terms

HOUR_US = 3600 * 10**6
DAY_US = 24 * HOUR_US


@dataclass(frozen=True, slots=True)
class Spell:
    """A part of the time between login and logout, in microseconds."""

    part: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Logged:
    """An agent's day: what is paid and what is not, and when it began and ended.

    :param first, last: first and last moment of all that was logged, None without any
    """

    counted: int = 0
    left_out: int = 0
    first: int | None = None
    last: int | None = None


def cut(spells: Iterable[Spell], since: int, until: int) -> list[Spell]:
    """Return the parts of spells between two moments.

    >>> cut([Spell("break_snack", 10, 30)], 20, 50)
    [Spell(part='break_snack', start=20, end=30)]
    """
    found = []
    for one in spells:
        start, end = max(one.start, since), min(one.end, until)
        if start < end:
            found.append(Spell(one.part, start, end))
    return found


def time_once(spells: Iterable[Spell]) -> int:
    """Return how much time spells cover; what they share counts once.

    >>> time_once([Spell("available", 0, 10), Spell("in_service", 5, 12)])
    12
    """
    total, reached = 0, None
    for one in sorted(spells, key=lambda spell: spell.start):
        start = one.start if reached is None else max(one.start, reached)
        if one.end > start:
            total += one.end - start
            reached = one.end
    return total


def logged(spells: Sequence[Spell], since: int, until: int, terms: Terms) -> Logged:
    """Return an agent's day between its two midnights.

    Time that counts by one spell and not by another counts.
    """
    day = cut(spells, since, until)
    if not day:
        return Logged()
    counted = time_once(spell for spell in day if terms.counts(spell.part))
    return Logged(
        counted,
        time_once(day) - counted,
        min(spell.start for spell in day),
        max(spell.end for spell in day),
    )
