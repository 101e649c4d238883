# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which excess is the outbreak, and when an alarm is over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

CITY = ""
"""Stands for the whole city in place of a district."""
# More districts at once are an outbreak of the whole city.
MOST_DISTRICTS = 2
# An alarm ends only well below the limit that raised it: it does not come and go.
CALM_FACTOR = 1000.0

KEEP, CALM, RAISE_AGAIN = "keep", "calm", "raise_again"


@dataclass(frozen=True)
class Excess:
    """More contacts than expected: where, how many, the mean, how unlikely."""

    district: str
    count: int
    mean: float
    chance: float


def decide(
    counts: Mapping[str, int],
    judge: Callable[[str, int], Excess | None],
) -> list[Excess]:
    """Return the outbreaks of one subject, each once: districts or the city.

    What districts have in excess does not make an excess of the city as well; an excess in many
    districts, or beside them, is one of the city and not of each of them.

    :param counts: contacts of the window by district; those without one under `CITY`
    :param judge: returns the excess of a district (or of `CITY`) with so many contacts, or None

    >>> many = lambda where, count: Excess(where, count, 1.0, 1e-9) if count >= 10 else None
    >>> [found.district for found in decide({"barreiro": 30, "centro": 2}, many)]
    ['barreiro']
    >>> [found.district for found in decide({"a": 12, "b": 12, "c": 12}, many)]
    ['']
    """
    found = [
        excess
        for district, count in sorted(counts.items())
        if district != CITY and (excess := judge(district, count))
    ]
    rest = sum(counts.values()) - sum(excess.count for excess in found)
    if len(found) <= MOST_DISTRICTS and (found and not judge(CITY, rest)):
        return found
    city = judge(CITY, sum(counts.values()))
    return [city] if city else found


def next_step(chance: float, limit: float, *, is_calm: bool) -> str:
    """Return what becomes of an alarm: `KEEP`, `CALM` or `RAISE_AGAIN`.

    :param chance: probability of the present count
    :param limit: below which alarms are raised
    :param is_calm: whether the count had fallen before

    >>> next_step(1e-4, 1e-6, is_calm=False), next_step(0.2, 1e-6, is_calm=False)
    ('keep', 'calm')
    >>> next_step(1e-9, 1e-6, is_calm=True), next_step(1e-4, 1e-6, is_calm=True)
    ('raise_again', 'keep')
    """
    if is_calm:
        return RAISE_AGAIN if chance < limit else KEEP
    return CALM if chance > min(limit * CALM_FACTOR, 0.05) else KEEP
