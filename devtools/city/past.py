"""A day that is over: its contacts, given to the crew by the production router.

Pure: the router and its settings are handed in. So the past obeys the same rules as the present,
and what is planned from it (forecast, what-if) meets the centre that it knows.
"""

import random
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from types import ModuleType
from typing import Any

from .crew import Member, Pause, pauses
from .drawing import Coming

ANSWERING, SPREAD = 1.5, 0.6
"""Of the logarithm of the seconds from an offer to its answer."""

REFUSED = 0.02
AVAILABLE, SERVING, BREAK, OUT = "available", "in_service", "break", "logged_out"


@dataclass(slots=True)
class Offered:
    """An offer and its answer.

    :param member: number of the agent
    :param at, answered: seconds after midnight
    :param result: accepted, refused or withdrawn
    """

    member: int
    at: float
    answered: float
    result: str


@dataclass(slots=True)
class Told:
    """What became of a contact.

    :param member: number of the agent who served it, 0 for none
    :param left: when it left the queue, in seconds after midnight
    :param ended: when the service ended
    """

    coming: Coming
    offers: list[Offered] = field(default_factory=list)
    member: int = 0
    left: float = 0.0
    ended: float = 0.0

    @property
    def waited(self) -> float:
        """Seconds in the queue."""
        return self.left - self.coming.at


@dataclass(slots=True)
class State:
    """A state of an agent, until the next one begins.

    :param kind: as the ledger of states calls it
    :param pause: kind of the break, "" if it is none
    """

    kind: str
    start: float
    pause: str = ""


@dataclass(frozen=True, slots=True)
class Centre:
    """The centre in which days are played.

    :param routing: the package that distributes real contacts
    :param settings: its `Settings`
    :param queues: id of each queue by its key
    :param weight: what a contact takes of an agent's capacity
    :param capacity: of every agent
    """

    routing: ModuleType
    settings: Any
    queues: Mapping[str, int]
    weight: int
    capacity: int = 100


def play(
    centre: Centre, comings: list[Coming], members: list[Member], seed: str
) -> tuple[list[Told], dict[int, list[State]]]:
    """Return what became of the contacts of a day, and the states of each agent.

    :param comings: those for which people are needed, in order of time
    :param members: who works on that day
    :param seed: of what is drawn besides: how quick agents answer, whom they refuse
    """
    return _Day(centre, comings, members, seed).run()


class _Day:
    def __init__(self, centre: Centre, comings, members, seed: str):
        self._centre = centre
        self._told = [Told(one) for one in comings]
        self._rnd = random.Random(f"answers {seed}")
        routing = centre.routing
        agents = [
            routing.Agent(
                one.number,
                {centre.queues[queue]: routing.Membership() for queue in one.queues},
                capacity=centre.capacity,
            )
            for one in members
        ]
        self._running = routing.Running(agents, centre.settings)
        self._states: dict[int, list[State]] = defaultdict(list)
        self._busy: dict[int, int] = defaultdict(int)
        self._serving: dict[int, int] = defaultdict(int)
        self._due: dict[int, deque[Pause | None]] = defaultdict(deque)
        self._waiting: set[int] = set()
        self._events: list[tuple] = []
        self._count = 0
        for number, one in enumerate(self._told):
            self._plan(one.coming.at, self._arrive, number)
        for member in members:
            begin, end = member.shift
            self._plan(begin, self._begin, member.number)
            for pause in (*pauses(member), None):
                self._plan(pause.at if pause else end, self._pause_due, member.number, pause)

    def _plan(self, at: float, do, *values) -> None:
        self._count += 1
        heappush(self._events, (at, self._count, do, values))

    def run(self) -> tuple[list[Told], dict[int, list[State]]]:
        """Play all events in order of time."""
        while self._events:
            at, _number, do, values = heappop(self._events)
            do(at, *values)
        return self._told, dict(self._states)

    # -- contacts --------------------------------------------------------------------------------

    def _contact(self, number: int):
        coming = self._told[number].coming
        return self._centre.routing.Contact(
            number,
            self._centre.queues[coming.queue],
            coming.at,
            priority=coming.priority,
            weight=self._centre.weight,
        )

    def _arrive(self, now: float, number: int) -> None:
        coming = self._told[number].coming
        self._plan(coming.at + coming.patience, self._give_up, number)
        self._waiting.add(number)
        self._enter(number, now)

    def _enter(self, number: int, now: float) -> None:
        agent = self._running.enter(self._contact(number), now)
        if agent is not None:
            self._offer(number, agent, now)

    def _give_up(self, now: float, number: int) -> None:
        told = self._told[number]
        if number in self._waiting:
            self._waiting.discard(number)
            self._running.leave(number)
            told.left = told.ended = now

    def _offer(self, number: int, agent: int, now: float) -> None:
        """Offer a contact; the agent answers soon, and refuses now and then."""
        self._waiting.discard(number)
        self._busy[agent] += 1
        told, rnd = self._told[number], self._rnd
        answered = now + min(rnd.lognormvariate(ANSWERING, SPREAD), 18.0)
        gone = told.coming.at + told.coming.patience
        result = "refused" if rnd.random() < REFUSED else "accepted"
        if gone < answered:
            answered, result = max(gone, now), "withdrawn"
        told.offers.append(Offered(agent, now, answered, result))
        self._plan(answered, self._answer, number, agent, result)

    def _answer(self, now: float, number: int, agent: int, result: str) -> None:
        told = self._told[number]
        if result == "accepted":
            told.member, told.left, told.ended = agent, now, now + told.coming.handling
            self._serving[agent] += 1
            self._be(agent, SERVING, now)
            self._plan(told.ended, self._end, agent, told.coming.handling)
            return
        if result == "withdrawn":
            told.left = told.ended = now
        self._free(agent, 0.0, now)
        if result == "refused":
            self._waiting.add(number)
            self._enter(number, now)

    def _end(self, now: float, agent: int, handled: float) -> None:
        self._serving[agent] -= 1
        self._free(agent, handled, now)

    def _free(self, agent: int, handled: float, now: float) -> None:
        """Give an agent who has room again what waits, or the pause that is due."""
        self._busy[agent] -= 1
        weight = self._centre.weight
        self._offer_all(self._running.release(agent, weight, now, handled), agent, now)
        if not self._serving[agent] and self._states[agent][-1].kind == SERVING:
            self._be(agent, AVAILABLE, now)
        self._take_pause(agent, now)

    def _offer_all(self, numbers: list[int], agent: int, now: float) -> None:
        for number in numbers:
            self._offer(number, agent, now)

    # -- agents ----------------------------------------------------------------------------------

    def _be(self, agent: int, kind: str, now: float, pause: str = "") -> None:
        states = self._states[agent]
        if not states or states[-1].kind != kind:
            states.append(State(kind, now, pause))

    def _begin(self, now: float, agent: int) -> None:
        self._be(agent, AVAILABLE, now)
        self._offer_all(self._running.begin(agent, now), agent, now)

    def _pause_due(self, now: float, agent: int, pause: Pause | None) -> None:
        """Give nothing more to an agent; the pause, or the end, comes after what they serve."""
        self._running.end(agent)
        self._due[agent].append(pause)
        self._take_pause(agent, now)

    def _take_pause(self, agent: int, now: float) -> None:
        due = self._due[agent]
        if not due or self._busy[agent] or self._states[agent][-1].kind == BREAK:
            return
        pause = due.popleft()
        if pause is None:
            self._be(agent, OUT, now)
            return
        self._be(agent, BREAK, now, pause.kind)
        self._plan(now + pause.seconds, self._come_back, agent)

    def _come_back(self, now: float, agent: int) -> None:
        if self._due[agent]:
            self._states[agent].append(State(AVAILABLE, now))
            self._take_pause(agent, now)
        else:
            self._begin(now, agent)
