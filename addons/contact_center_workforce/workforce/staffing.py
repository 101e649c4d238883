# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How many agents a half hour needs."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from .erlang import Load, Service, erlang_a

#: More than any center has: beyond it the goal is taken for out of reach
MOST_AGENTS = 5_000


@dataclass(frozen=True, slots=True)
class Goal:
    """What people should get.

    :param seconds: within which they should be answered
    :param level: share of all people for whom that should be so
    :param abandoned: largest share of people who may give up
    :param occupancy: largest share of their time that agents should serve
    """

    seconds: float
    level: float
    abandoned: float = 1.0
    occupancy: float = 1.0

    def met(self, service: Service) -> bool:
        """Return whether a service reaches everything."""
        return (
            service.level >= self.level
            and service.abandoned <= self.abandoned
            and service.occupancy <= self.occupancy
        )


def agents_needed(
    load: Load, goal: Goal, formula: Callable[[Load, int, float], Service] = erlang_a
) -> int | None:
    """Return the fewest agents who reach the goal.

    0 if nothing comes, None if it is out of reach.

    Every part of the goal only gets better with one agent more. So the search doubles from 1, then
    halves: it cannot end one too high, as a search that begins at the load does.
    """
    if not load.per_hour:
        return 0
    high = 1
    while not goal.met(formula(load, high, goal.seconds)):
        if high >= MOST_AGENTS:
            return None
        high = min(2 * high, MOST_AGENTS)
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        if goal.met(formula(load, middle, goal.seconds)):
            high = middle
        else:
            low = middle
    return high


def rostered(agents: int, shrinkage: float) -> int:
    """Return how many people are to be planned so that so many are there.

    :param shrinkage: share of paid time in which people are not there (pauses, training, absence)
    """
    if not 0 <= shrinkage < 1:
        raise ValueError(f"a shrinkage of {shrinkage} leaves nobody")
    # Without the last digits 10 / (1 - 0.2) would be 12.500000000000002 or 12.5 by chance
    return math.ceil(round(agents / (1.0 - shrinkage), 9))
