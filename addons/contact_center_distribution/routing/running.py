# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The router from event to event.

It decides what `match` would, without looking at everything anew.
"""

import math
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from .choice import Desk, preference
from .model import Agent, Contact, Health, Membership, Ring, Settings, Snapshot
from .order import Turn, in_order
from .standing import Demand, Gate, demand_of, level_for
from .words import BY_WAIT, PULL

#: Why a queue that an agent has left offers nothing to them
ELSEWHERE = "elsewhere"


def opens_at(contact: Contact, ring: Ring) -> float:
    """Return the first moment at which `match` counts a ring of a contact as open."""
    entered = contact.since if contact.entered is None else contact.entered
    at = entered + ring.after
    while at - entered < ring.after:
        at = math.nextafter(at, math.inf)
    return at


@dataclass(slots=True)
class Worker:
    """An `Agent` whose state changes; `Gate` and `Desk` read it as they read an agent."""

    id: int
    queues: Mapping[int, Membership]
    room: int
    skills: Mapping[int, int]
    channels: frozenset[str] | None
    capacity: int = 0
    load: int = 0
    idle_since: float = 0.0
    served_today: int = 0
    handled_today: float = 0.0
    barred: str = ""
    reach: list[int] = field(default_factory=list)


class Running:
    """Who gets which contact, one event after the other: a simulation asks this.

    After each event nobody waits whom an agent with room could serve. So the next event can only
    concern the contact that came or whose circle widened, or the agent who got room: those alone
    are looked at, by the same `Gate`, order and `preference` as in `match`. A test plays both side
    by side.

    A contact that is shown in another queue, or no longer, is handed to `widen` as it is now; one
    that moves to another queue leaves and enters there. An offer may be `decline`d. Left out is
    what the events of a simulation do not have: named and last agents, and agents who are lent (who
    serves another queue for a time is `move`d). Every decision counts as taken at once: call
    `release` when the contact has ended.

    :param agents: all agents, off duty until `begin`; their queues may change by `move`
    """

    def __init__(self, agents: Iterable[Agent], settings: Settings):
        self._settings = settings
        self._workers = {
            one.id: Worker(one.id, one.queues, one.capacity, one.skills, one.channels)
            for one in agents
        }
        self._desks = {worker.id: Desk(worker) for worker in self._workers.values()}
        self._keys = {queue.id: preference(queue) for queue in settings.queues.values()}
        self._waiting: dict[int, list] = {queue: [] for queue in settings.queues}
        self._turns: dict[int, tuple] = {}
        self._demands: dict[int, Demand] = {}
        self._contacts: dict[int, Contact] = {}
        self._returned: dict[int, set[int]] = {queue: set() for queue in settings.queues}
        self._via: dict[int, int] = {}
        self._turn = 1
        self._forget()

    def _forget(self) -> None:
        """Begin anew with who may serve what, after an agent's queues have changed."""
        self._gate = Gate(Snapshot(agents=tuple(self._workers.values())), self._settings.queues)
        self._entries: dict[Demand, list] = {}
        self._able: dict[Demand, set[int]] = {}
        circles = {
            queue.id: {queue.id, *(rule.target for rule in queue.overflows)}.union(
                *(ring.queues for ring in queue.rings)
            )
            for queue in self._settings.queues.values()
        }
        for worker in self._workers.values():
            worker.reach = [
                queue for queue, circle in circles.items() if not circle.isdisjoint(worker.queues)
            ]

    # ------------------------------------------------------------
    # Events
    # ------------------------------------------------------------

    def enter(self, contact: Contact, now: float) -> int | None:
        """Return the agent who gets a contact that comes now; None: it waits.

        :raise ValueError: it asks for something that is left out here, see above
        """
        if contact.named_agent is not None:
            raise ValueError(f"contact {contact.id} has more of a story than is played here")
        demand = demand_of(contact, self._settings.queues[contact.queue], now)
        agent = self._give(demand, contact, now)
        if agent is None:
            self._contacts[contact.id], self._demands[contact.id] = contact, demand
            if contact.returned:
                self._returned[contact.queue].add(contact.id)
            ((turn, _contact),) = in_order((contact,), self._settings)
            self._stand(contact, turn)
            self._put_returned(contact.queue)
        return agent

    def leave(self, contact: int) -> None:
        """Forget a waiting contact that gave up."""
        self._put_returned(self._drop(contact))

    def widen(self, contact: Contact, now: float) -> int | None:
        """Return the agent who gets a waiting contact for which others may be asked now.

        Its circle has become wider, it is shown in other queues, or in fewer, or an agent who
        declined it may be asked again.
        """
        demand = demand_of(contact, self._settings.queues[contact.queue], now)
        agent = self._give(demand, contact, now)
        if agent is None:
            self._contacts[contact.id], self._demands[contact.id] = contact, demand
        else:
            self.leave(contact.id)
        return agent

    def release(self, agent: int, weight: int, now: float, handled: float) -> list[int]:
        """Return the waiting contacts that an agent gets after the end of another one."""
        worker, desk = self._workers[agent], self._desks[agent]
        worker.idle_since = now
        worker.handled_today += handled
        desk.used -= weight
        self._settle(desk)
        return self._fill(desk, now)

    def decline(self, agent: int, contact: Contact, now: float) -> tuple[int | None, list[int]]:
        """Let an agent decline what they were given: nothing was served.

        :param contact: as it waits now: returned, with this agent among who declined it
        :return: the agent who gets it instead (None: it waits), and the waiting contacts that the
            first one gets
        """
        desk, via = self._desks[agent], self._via[contact.id]
        desk.used -= contact.weight
        desk.served -= 1
        desk.shares[via] = desk.share(via) - 1
        self._settle(desk)
        return self.enter(contact, now), self._fill(desk, now)

    def begin(self, agent: int, now: float) -> list[int]:
        """Return the waiting contacts that an agent gets who comes on duty or back."""
        worker = self._workers[agent]
        worker.capacity, worker.idle_since = worker.room, now
        return self._fill(self._desks[agent], now)

    def end(self, agent: int) -> None:
        """Give nothing more to an agent; what they serve they finish."""
        self._workers[agent].capacity = 0

    def move(self, agent: int, queues: frozenset[int], now: float) -> list[int]:
        """Return the waiting contacts that an agent gets who now serves these queues only."""
        worker = self._workers[agent]
        here = {queue: Membership() for queue in queues}
        gone = {queue: Membership(barred=ELSEWHERE) for queue in worker.queues}
        worker.queues = {**gone, **here}
        self._forget()
        return self._fill(self._desks[agent], now)

    def health(self, queue: int, now: float) -> Health:
        """Return how a queue is doing, as far as conditions of overflow ask for it.

        Estimates and speeds are not known here.
        """
        there = [
            self._desks[worker.id]
            for worker in self._workers.values()
            if worker.capacity and (own := worker.queues.get(queue)) and not own.barred
        ]
        waiting = [self._contacts[contact].since for _turn, contact in self._waiting[queue]]
        return Health(
            waiting=len(waiting),
            free=sum(desk.used < desk.agent.capacity for desk in there),
            agents=len(there),
            oldest_wait=now - min(waiting, default=now),
        )

    # ------------------------------------------------------------
    # Places
    # ------------------------------------------------------------

    def _stand(self, contact: Contact, turn: Turn) -> None:
        insort(self._waiting[contact.queue], (turn, contact.id))
        self._turns[contact.id] = turn

    def _drop(self, contact: int) -> int:
        """Forget a waiting contact; return its queue, in which the others keep their places."""
        queue = self._demands.pop(contact).queue
        self._step_out(contact, queue)
        del self._contacts[contact]
        self._returned[queue].discard(contact)
        return queue

    def _step_out(self, contact: int, queue: int) -> None:
        line, turn = self._waiting[queue], self._turns.pop(contact)
        del line[bisect_left(line, (turn, contact))]

    def _put_returned(self, queue: int) -> None:
        """Give returned contacts their places anew: these depend on who else waits there."""
        returned = self._returned[queue]
        if not returned or self._settings.queues[queue].order == BY_WAIT:
            return
        waiting = [self._contacts[contact] for _turn, contact in self._waiting[queue]]
        for turn, contact in in_order(waiting, self._settings):
            if contact.id in returned and turn != self._turns[contact.id]:
                self._step_out(contact.id, queue)
                self._stand(contact, turn)

    # ------------------------------------------------------------
    # Decisions
    # ------------------------------------------------------------

    def _give(self, demand: Demand, contact: Contact, now: float) -> int | None:
        """Return the agent who is asked first of those with room, the contact counted there."""
        if self._settings.queues[demand.queue].mode == PULL:
            return None
        key, weight, best, found = self._keys[demand.queue], demand.weight, None, None
        for entry in self._candidates(demand):
            desk = entry[0]
            if desk.used + weight <= desk.agent.capacity and not (
                contact.declined and self._declined(contact, desk.agent.id, now)
            ):
                rank = key(*entry)
                if best is None or rank < best:
                    best, found = rank, entry
        if found is None:
            return None
        self._take(found[0], contact.id, weight, found[1].via)
        self._settle(found[0])
        return found[0].agent.id

    def _declined(self, contact: Contact, agent: int, now: float) -> bool:
        """Return whether an agent declined a contact a short while ago, as `match` counts it."""
        at = contact.declined.get(agent)
        return at is not None and now - at < self._settings.declined_seconds

    def _fill(self, desk: Desk, now: float) -> list[int]:
        """Return the waiting contacts that go to an agent with new room, in their order."""
        given, queues = [], set()
        while desk.used < desk.agent.capacity and (found := self._first_for(desk, now)):
            demand, contact = found
            standing = self._gate.standing(demand, desk.agent)
            self._take(desk, contact, demand.weight, standing.via)
            # Places stay as they are until all is given, as in a round of `match`
            queues.add(self._drop(contact))
            given.append(contact)
        for queue in queues:
            self._put_returned(queue)
        if given:
            self._settle(desk)
        return given

    def _first_for(self, desk: Desk, now: float) -> tuple[Demand, int] | None:
        """Return the first waiting contact, of all queues, that an agent may serve now."""
        best, room, agent = None, desk.agent.capacity - desk.used, desk.agent.id
        for queue in desk.agent.reach:
            for place in self._waiting[queue]:
                if best is not None and place > best:
                    break
                demand = self._demands[place[1]]
                if demand.weight <= room and agent in self._able_to(demand):
                    contact = self._contacts[place[1]]
                    if contact.declined and self._declined(contact, agent, now):
                        continue
                    best = place
                    break
        return None if best is None else (self._demands[best[1]], best[1])

    def _candidates(self, demand: Demand) -> list:
        """Return (desk, standing, level) of all who may serve a demand, with room or not."""
        if demand not in self._entries:
            queue = self._settings.queues[demand.queue]
            self._entries[demand] = [
                (
                    self._desks[worker.id],
                    standing,
                    -level_for(demand, queue, worker) if queue.prefer_level else 0,
                )
                for worker, standing in self._gate.qualified(demand)
            ]
        return self._entries[demand]

    def _able_to(self, demand: Demand) -> set[int]:
        if demand not in self._able:
            pulled = self._settings.queues[demand.queue].mode == PULL
            entries = () if pulled else self._candidates(demand)
            self._able[demand] = {desk.agent.id for desk, _standing, _level in entries}
        return self._able[demand]

    def _take(self, desk: Desk, contact: int, weight: int, via: int) -> None:
        self._via[contact] = via
        desk.take(weight, via, self._turn)
        self._turn += 1

    @staticmethod
    def _settle(desk: Desk) -> None:
        """Follow with what is only looked at anew in the next round of `match`."""
        desk.mean = desk.agent.handled_today / desk.served if desk.served else 0.0

    def agents(self) -> tuple[Agent, ...]:
        """Return the agents as a snapshot would have them, for `match`."""
        return tuple(
            Agent(
                id=worker.id,
                queues={
                    queue: replace(member, turn=desk.turn(queue), share=desk.share(queue))
                    for queue, member in worker.queues.items()
                },
                barred="" if worker.capacity else ELSEWHERE,
                capacity=worker.room,
                load=desk.used,
                idle_since=worker.idle_since,
                served_today=desk.served,
                handled_today=worker.handled_today,
                skills=worker.skills,
                channels=worker.channels,
            )
            for worker, desk in ((self._workers[one], self._desks[one]) for one in self._desks)
        )
