# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The formulas of Erlang: how long people wait for so many agents.

`Load` says what comes in. `erlang_c` takes people for endlessly patient: below as many agents as
the load asks for, its queue grows without end. `erlang_a` lets them give up, as people do; it is
the one to plan with. Both take arrivals at random, one kind of contact, one contact per agent.
"""

import math
from dataclasses import dataclass

#: Where the sum over the length of the queue ends: what is left out is less than this part of it
NEGLIGIBLE = 1e-15
#: In place of 0 where a number that becomes too small for the machine is divided by
TINY = 1e-300
#: What sums are divided by before they become too large for the machine
HUGE = 1e200


@dataclass(frozen=True, slots=True)
class Load:
    """What comes in.

    :param per_hour: contacts an hour
    :param handling: mean seconds that a contact takes of an agent, after-contact work included
    :param patience: mean seconds after which people give up; only for `erlang_a`
    """

    per_hour: float
    handling: float
    patience: float = math.inf

    @property
    def erlangs(self) -> float:
        """Return how many agents would be busy all the time."""
        return self.per_hour / 3600 * self.handling


@dataclass(frozen=True, slots=True)
class Service:
    """What people get.

    :param waiting: share of people who have to wait at all
    :param abandoned: share of people who give up
    :param wait: mean seconds of waiting, of all people (those who give up too)
    :param level: share of people who are answered within the goal, of all
    :param occupancy: share of the agents' time in which they serve
    :param queue: mean number of people who wait
    """

    waiting: float
    abandoned: float
    wait: float
    level: float
    occupancy: float
    queue: float


def erlang_b(agents: int, erlangs: float) -> float:
    """Return the share of people for whom no line is free, if nobody can wait."""
    blocked = 1.0
    for count in range(1, agents + 1):
        blocked = erlangs * blocked / (count + erlangs * blocked)
    return blocked


def waiting_share(agents: int, erlangs: float) -> float:
    """Return the share of people who have to wait if all are patient; 1 if unstable."""
    if erlangs >= agents:
        return 1.0
    blocked = erlang_b(agents, erlangs)
    return blocked / (1.0 - erlangs / agents * (1.0 - blocked))


def erlang_c(load: Load, agents: int, goal: float) -> Service:
    """Return the service of patient people; for comparison, see `erlang_a`.

    :param goal: seconds within which people should be answered
    """
    erlangs = load.erlangs
    if not erlangs:
        return Service(0.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    if erlangs >= agents:
        return Service(1.0, 0.0, math.inf, 0.0, 1.0, math.inf)
    waiting = waiting_share(agents, erlangs)
    spare = agents - erlangs
    wait = waiting * load.handling / spare
    level = 1.0 - waiting * math.exp(-spare * goal / load.handling)
    return Service(waiting, 0.0, wait, level, erlangs / agents, load.per_hour / 3600 * wait)


def erlang_a(load: Load, agents: int, goal: float) -> Service:
    """Return the service of people who give up after an exponential time.

    The number of people in the system is a birth-death process. Whoever comes when j - 1 others
    wait is served after j departures at rates nμ + iθ: with V this time, exp(-θV) has the
    distribution Beta(nμ/θ, j). From it the share answered within the goal follows exactly.

    :param agents: at least 1, for nobody is answered by nobody
    """
    if not load.per_hour:
        return Service(0.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    if agents < 1:
        return Service(1.0, 1.0, load.patience, 0.0, 0.0, load.per_hour / 3600 * load.patience)
    if not math.isfinite(load.patience):
        return erlang_c(load, agents, goal)
    arrival, leaving = load.per_hour / 3600, 1.0 / load.patience
    rate = agents / load.handling
    free, queued = _states(load.erlangs, agents, arrival, rate, leaving)
    queue = math.fsum(length * share for length, share in enumerate(queued))
    abandoned = leaving * queue / arrival
    level = free + _answered_within(goal, queued, rate / leaving, leaving)
    occupancy = load.erlangs * (1.0 - abandoned) / agents
    return Service(math.fsum(queued), abandoned, queue / arrival, level, occupancy, queue)


def _states(erlangs, agents, arrival, rate, leaving) -> tuple[float, list[float]]:
    """Return the share of time with a free agent, and that with 0, 1, 2... people waiting."""
    # All busy and nobody waiting counts 1. The reciprocal of Erlang B adds up the states below.
    below = 1.0 / max(erlang_b(agents, erlangs), TINY) - 1.0
    weights = [1.0]
    total = 1.0 + below
    while weights[-1] > NEGLIGIBLE * total or arrival > rate + len(weights) * leaving:
        weights.append(weights[-1] * arrival / (rate + len(weights) * leaving))
        total += weights[-1]
        if total > HUGE:
            # Only the proportions count
            weights = [weight / HUGE for weight in weights]
            below, total = below / HUGE, total / HUGE
    return below / total, [weight / total for weight in weights]


def _answered_within(goal: float, queued: list[float], shape: float, leaving: float) -> float:
    """Return the share of people who wait and are answered within the goal.

    Whoever has place j is answered in time with shape / (shape + j) times the probability that
    Beta(shape + 1, j) is above exp(-θ·goal). For j = 1 that is a power; from j to j + 1 it loses
    one term, so that no incomplete beta function is needed.
    """
    if goal <= 0:
        return 0.0
    within = -math.expm1(-leaving * goal)
    term = math.exp(-leaving * goal * (shape + 1.0))
    above = -math.expm1(-leaving * goal * (shape + 1.0))
    term *= within * (shape + 1.0)
    found = 0.0
    for place, share in enumerate(queued, start=1):
        found += share * shape / (shape + place) * max(above, 0.0)
        above -= term
        term *= within * (shape + 1.0 + place) / (place + 1.0)
    return found
