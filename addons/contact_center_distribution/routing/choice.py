# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which agent: the second axis of the router."""

import math
from collections.abc import Callable, Iterable

from . import reasons
from .model import Agent, QueueSettings, Reason
from .standing import NOT_A_MEMBER, Standing
from .words import (
    CIRCULAR,
    EVEN_SHARE,
    FEWEST_TODAY,
    LEAST_TIME_TODAY,
    LONGEST_IDLE,
    LOWEST_MEAN_TIME,
)

#: Choices in which who is due comes before who is less loaded
STRICT = (CIRCULAR, EVEN_SHARE)


class Desk:
    """An agent while the router works: what is offered counts at once.

    :param agent: as in the snapshot
    :param used: capacity in service, in after-contact work or offered
    :param served: contacts served today and offered now
    """

    __slots__ = ("agent", "mean", "offered", "served", "shares", "turns", "used")

    def __init__(self, agent: Agent):
        self.agent = agent
        self.used = agent.load
        self.offered = 0
        self.served = agent.served_today
        self.mean = agent.handled_today / agent.served_today if agent.served_today else 0.0
        self.turns: dict[int, int] = {}
        self.shares: dict[int, int] = {}

    def take(self, weight: int, via: int, turn: int | None = None) -> None:
        """Count a contact offered in a queue; as the agent's latest turn if it is new."""
        self.used += weight
        self.offered += weight
        self.served += 1
        self.shares[via] = self.share(via) + 1
        if turn is not None:
            self.turns[via] = turn

    def fits(self, weight: int) -> bool:
        """Return whether so much more is within the agent's capacity."""
        return self.agent.capacity > 0 and self.used + weight <= self.agent.capacity

    def load(self) -> float:
        """Return the used part of the capacity; equal parts give equal numbers."""
        return self.used / self.agent.capacity if self.agent.capacity > 0 else math.inf

    def turn(self, via: int) -> int:
        """Return the number of the last turn in a queue."""
        if via in self.turns:
            return self.turns[via]
        return self.agent.queues.get(via, NOT_A_MEMBER).turn

    def share(self, via: int) -> int:
        """Return how many contacts of a queue were given to the agent."""
        if via in self.shares:
            return self.shares[via]
        return self.agent.queues.get(via, NOT_A_MEMBER).share


#: What is compared, the smallest first; with the reason
_MEASURES: dict[str, tuple[Callable[[Desk, int], float], str]] = {
    LONGEST_IDLE: (lambda desk, _via: desk.agent.idle_since, reasons.IDLE_LONGEST),
    FEWEST_TODAY: (lambda desk, _via: desk.served, reasons.SERVED_FEWEST),
    CIRCULAR: (Desk.turn, reasons.NEXT_TURN),
    LEAST_TIME_TODAY: (lambda desk, _via: desk.agent.handled_today, reasons.LEAST_HANDLING),
    LOWEST_MEAN_TIME: (lambda desk, _via: desk.mean, reasons.LOWEST_MEAN),
    EVEN_SHARE: (Desk.share, reasons.SMALLEST_SHARE),
}


def preference(queue: QueueSettings) -> Callable[[Desk, Standing, int], tuple]:
    """Return the function that ranks agents for a queue: the smallest is asked first.

    It takes a desk, its standing and the negated level in the skills asked. A desk's rank never
    improves by what it is offered, see `matching.Pool`.
    """
    measure = _MEASURES[queue.choice][0]
    if queue.choice in STRICT:

        def key(desk: Desk, standing: Standing, level: int) -> tuple:
            return (
                standing.rank,
                measure(desk, standing.via),
                desk.load(),
                level,
                desk.agent.idle_since,
                desk.agent.id,
            )
    else:

        def key(desk: Desk, standing: Standing, level: int) -> tuple:
            return (
                standing.rank,
                desk.load(),
                level,
                measure(desk, standing.via),
                desk.agent.idle_since,
                desk.agent.id,
            )

    return key


def why_chosen(
    queue: QueueSettings, desk: Desk, standing: Standing, level: int, now: float
) -> tuple[Reason, ...]:
    """Return why an agent stands where it does, the strongest reason first."""
    measure, code = _MEASURES[queue.choice]
    value = measure(desk, standing.via)
    if queue.choice == CIRCULAR:
        chosen = Reason(code)
    elif queue.choice in (FEWEST_TODAY, EVEN_SHARE):
        chosen = Reason(code, {"count": value})
    else:
        seconds = now - value if queue.choice == LONGEST_IDLE else value
        chosen = Reason(code, {"seconds": seconds})
    values = {"load": desk.used, "capacity": desk.agent.capacity}
    loaded = [Reason(reasons.LEAST_LOADED, values)]
    if queue.prefer_level:
        loaded.append(Reason(reasons.HIGHER_LEVEL, {"level": -level}))
    if queue.choice in STRICT:
        return (standing.reason, chosen, *loaded)
    return (standing.reason, *loaded, chosen)


def starting_share(shares: Iterable[int]) -> int:
    """Return the share with which an agent joins a queue: that of whoever has least.

    :param shares: `Membership.share` of the agents of the queue who are there (`EVEN_SHARE`); to be
        asked again when an agent comes back, and to be used if it is more than the agent's own
    """
    return min(shares, default=0)
