# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A day to come: its contacts are drawn from a forecast, each time anew."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .day import SLOT, Arrival, Day


@dataclass(frozen=True, slots=True)
class ToCome:
    """What is expected of a day.

    :param volumes: contacts by half hour, by queue
    :param kinds: contacts that came to a queue lately, after which those to come are made: weight,
        channel, skills, priority
    """

    volumes: Mapping[int, Sequence[float]]
    kinds: Mapping[int, Sequence[Arrival]]


def drawn(day: Day, to_come: ToCome, seed: int | str) -> Day:
    """Return the day with contacts, drawn after what is expected of each half hour.

    :param day: without contacts
    :param seed: of the draw; the same one draws the same contacts, whoever is there to serve them
    """
    arrivals = []
    for queue in sorted(to_come.volumes):
        rnd = random.Random(f"arrivals {queue} {seed}")
        for slot, expected in enumerate(to_come.volumes[queue]):
            for _contact in range(poisson(rnd, expected)):
                kind = rnd.choice(to_come.kinds[queue])
                at = day.start + (slot + rnd.random()) * SLOT
                arrivals.append(replace(kind, at=at, handling=None, patience=None, waited=0.0))
    return replace(day, arrivals=tuple(sorted(arrivals, key=lambda one: (one.at, one.queue))))


def poisson(rnd: random.Random, mean: float) -> int:
    """Return a number drawn from Poisson's distribution.

    >>> poisson(random.Random(1), 0.0)
    0
    """
    count, left = -1, mean
    while left >= 0:
        count += 1
        left -= rnd.expovariate(1.0)
    return count
