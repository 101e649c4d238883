# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One simulated day: contacts come, wait, give up, are served.

The production router decides. It is a parameter (`routing`): the core package that distributes real
contacts. So what a simulation says of a queue's rules is what these rules do.
"""

import math
import random
from collections import defaultdict, deque
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from types import ModuleType
from typing import Any

from .day import SLOT, Day, Person, Spell

END, GIVE_UP, WIDEN, BEGIN, STOP, DECLINE, LOOK = range(7)
#: Every so many seconds queues with rules of overflow are looked at, while somebody waits there
LOOK_EVERY = 5.0
#: What the average speed of answer is taken from
SPEED_SECONDS = 1800.0
#: After a moment that was computed: past it, whatever the rounding
MOMENT = 1e-6


@dataclass(slots=True)
class Tally:
    """What happened to the contacts of a queue that came in one half hour.

    :param waited: seconds that all of them waited together
    :param handled: seconds that agents spent on those whose handling time is known
    :param timed: how many those are
    :param promised: of how many the contract says within which time they are answered
    :param kept: how many of those were
    """

    offered: int = 0
    answered: int = 0
    within: int = 0
    abandoned: int = 0
    waited: float = 0.0
    handled: float = 0.0
    timed: int = 0
    promised: int = 0
    kept: int = 0


@dataclass(slots=True)
class Outcome:
    """What happened in a day.

    :param tallies: by queue and number of the half hour
    :param busy: seconds in which agents served at least one contact
    :param present: seconds in which agents were there
    """

    tallies: dict[tuple[int, int], Tally] = field(default_factory=dict)
    busy: float = 0.0
    present: float = 0.0


class Plan:
    """What all replications of a day have in common."""

    def __init__(self, day: Day, routing: ModuleType):
        self.day = day
        self.routing = routing
        self.contacts = [
            routing.Contact(
                number,
                one.queue,
                one.at,
                priority=one.priority,
                weight=one.weight,
                channel=one.channel,
                skills=one.skills,
            )
            for number, one in enumerate(day.arrivals, start=1)
        ]
        self.goals = [0.0]
        self.promises = [None, *(one.promise for one in day.arrivals)]
        for one in day.arrivals:
            self.goals.append(day.traffic[one.queue].goal if one.goal is None else one.goal)
        self.agents = [
            routing.Agent(
                one.id,
                {queue: routing.Membership() for queue in one.queues},
                capacity=one.capacity,
                skills=one.skills,
                channels=one.channels,
            )
            for one in day.people
        ]

    def play(self, seed: int | str) -> Outcome:
        """Return one replication; the same seed gives the same day.

        What a contact is like depends on the seed and its number only. So two plans with the same
        arrivals meet the same people, and their difference is that of the plans.
        """
        return _Play(self, seed).run()


class _Play:
    def __init__(self, plan: Plan, seed: int | str):
        self._day, self._routing = plan.day, plan.routing
        self._contacts, self._goals = plan.contacts, plan.goals
        self._promises = plan.promises
        self._running = plan.routing.Running(plan.agents, plan.day.settings)
        self._chance = random.Random(f"answers {seed}").random
        # Contacts that are no longer what they were when they came, and queues that are watched
        self._stories: dict[int, Any] = {}
        self._watched: set[int] = set()
        self._overflows = any(one.overflows for one in plan.day.settings.queues.values())
        self._speeds: dict[int, deque[tuple[float, float]]] = defaultdict(deque)
        self._outcome = Outcome()
        self._events: list[tuple] = []
        self._waiting: set[int] = set()
        self._serving: dict[int, int] = dict.fromkeys((one.id for one in plan.agents), 0)
        self._busy_since: dict[int, float] = {}
        self._serves: dict[int, frozenset[int]] = {one.id: one.queues for one in plan.day.people}
        self._draw(random.Random(f"contacts {seed}"))
        self._come_and_go(random.Random(f"people {seed}"))

    def _draw(self, rnd: random.Random) -> None:
        """Draw what is not known of each contact's handling time and patience.

        Patience is exponential: how long somebody goes on waiting does not depend on how long they
        have waited. A chance is drawn for every contact, known or not: see `Plan.play`.
        """
        traffic, chance, log = self._day.traffic, rnd.random, math.log
        self._handling, self._patience = [0.0], [0.0]
        for one in self._day.arrivals:
            kind = traffic[one.queue]
            sample = kind.handling
            drawn, more = sample[int(chance() * len(sample))], -log(1.0 - chance()) * kind.patience
            self._handling.append(drawn if one.handling is None else one.handling)
            self._patience.append(one.waited + more if one.patience is None else one.patience)

    def _come_and_go(self, rnd: random.Random) -> None:
        """Plan when people are there."""
        for person in self._day.people:
            for spell in _present(person, self._day.shrinkage, rnd):
                self._outcome.present += spell.end - spell.start
                self._plan(spell.start, BEGIN, person.id, spell.queues or person.queues)
                self._plan(spell.end, STOP, person.id)

    def _plan(self, at: float, kind: int, number: int, more=None) -> None:
        # Whoever goes and comes at once goes first: STOP is the larger number
        heappush(self._events, (at, -kind, number, more))

    def run(self) -> Outcome:
        """Play all events in order of time."""
        events, arrivals = self._events, iter(self._contacts)
        doing = {
            END: self._end,
            GIVE_UP: self._give_up,
            WIDEN: self._widen,
            BEGIN: self._begin,
            STOP: self._stop,
            DECLINE: self._decline,
            LOOK: self._look,
        }
        arrival = next(arrivals, None)
        while events or arrival is not None:
            if arrival is not None and (not events or arrival.since < events[0][0]):
                self._arrive(arrival)
                arrival = next(arrivals, None)
            else:
                at, kind, number, more = heappop(events)
                doing[-kind](at, number, more)
        return self._outcome

    def _arrive(self, contact) -> None:
        now = contact.since
        tally = self._tally(contact)
        tally.offered += 1
        tally.promised += self._promises[contact.id] is not None
        agent = self._running.enter(contact, now)
        if agent is not None:
            self._serve(contact, agent, now)
            return
        self._wait(contact, now)

    def _wait(self, contact, now: float) -> None:
        """Let a contact wait: it may give up, its circle widens, its queue may overflow."""
        number = contact.id
        self._waiting.add(number)
        ends = self._contacts[number - 1].since + self._patience[number]
        self._plan(max(ends, now), GIVE_UP, number)
        queue = self._day.settings.queues[contact.queue]
        entered = contact.since if contact.entered is None else contact.entered
        for ring in queue.rings:
            if now <= entered + ring.after < ends:
                self._plan(entered + ring.after + MOMENT, WIDEN, number)
        if queue.overflows and queue.id not in self._watched:
            self._watched.add(queue.id)
            self._plan(now + MOMENT, LOOK, queue.id)

    def _known(self, number: int):
        """Return a contact as it is now."""
        return self._stories.get(number) or self._contacts[number - 1]

    def _serve(self, contact, agent: int, now: float) -> None:
        """Have an agent answer a contact; who has given up until then is lost."""
        origin = self._contacts[contact.id - 1]
        traffic, tally = self._day.traffic[origin.queue], self._tally(origin)
        patience = self._patience[contact.id]
        if traffic.refused and self._chance() < traffic.refused:
            again = now + traffic.refusing
            if again < contact.since + patience:
                self._plan(again, DECLINE, agent, contact.id)
                return
        if not self._serving[agent]:
            self._busy_since[agent] = now
        self._serving[agent] += 1
        waited = now + traffic.answering - contact.since
        if patience < waited:
            tally.abandoned += 1
            tally.waited += patience
            self._plan(max(contact.since + patience, now), END, agent, (contact.weight, 0.0))
            return
        tally.answered += 1
        tally.waited += waited
        tally.within += waited <= self._goals[contact.id]
        promise = self._promises[contact.id]
        tally.kept += promise is not None and waited <= promise
        if self._overflows:
            self._speeds[origin.queue].append((now, waited))
        handling = self._handling[contact.id]
        tally.handled += handling
        tally.timed += 1
        ends = now + traffic.answering + handling + traffic.after_work
        self._plan(ends, END, agent, (contact.weight, handling))

    def _serve_all(self, numbers: list[int], agent: int, now: float) -> None:
        for number in numbers:
            self._waiting.discard(number)
            self._serve(self._known(number), agent, now)

    def _end(self, now: float, agent: int, more) -> None:
        weight, handled = more
        self._serving[agent] -= 1
        if not self._serving[agent]:
            self._outcome.busy += now - self._busy_since[agent]
        self._serve_all(self._running.release(agent, weight, now, handled), agent, now)

    def _give_up(self, _now: float, number: int, _more) -> None:
        if number in self._waiting:
            self._waiting.remove(number)
            self._running.leave(number)
            tally = self._tally(self._contacts[number - 1])
            tally.abandoned += 1
            tally.waited += self._patience[number]

    def _widen(self, now: float, number: int, _more) -> None:
        if number in self._waiting:
            agent = self._running.widen(self._known(number), now)
            if agent is not None:
                self._serve_all([number], agent, now)

    def _decline(self, now: float, agent: int, number: int) -> None:
        """Let an agent refuse a contact, or let its offer pass: it waits again, at the head."""
        contact = self._known(number)
        contact = replace(contact, returned=True, declined={**contact.declined, agent: now})
        self._stories[contact.id] = contact
        other, given = self._running.decline(agent, contact, now)
        if other is None:
            self._wait(contact, now)
            self._plan(now + self._day.settings.declined_seconds + MOMENT, WIDEN, contact.id)
        else:
            self._serve(contact, other, now)
        self._serve_all(given, agent, now)

    def _look(self, now: float, queue: int, _more) -> None:
        """Let the contacts of a queue overflow by its rules, as long as somebody waits there."""
        waiting = [one for number in self._waiting if (one := self._known(number)).queue == queue]
        if not waiting:
            self._watched.discard(queue)
            return
        health = replace(self._running.health(queue, now), answer_speed=self._speed(queue, now))
        snapshot = self._routing.Snapshot(tuple(waiting), health={queue: health})
        for move in self._routing.overflow(snapshot, now, self._day.settings):
            if move.contact in self._waiting and move.target in self._day.settings.queues:
                self._overflow(move, now)
        self._plan(now + LOOK_EVERY, LOOK, queue)

    def _overflow(self, move, now: float) -> None:
        """Show a contact in another queue, no longer there, or move it."""
        contact = self._known(move.contact)
        if move.kind == "move":
            self._running.leave(contact.id)
            contact = replace(contact, queue=move.target, entered=now, shown_in=frozenset())
        elif move.kind == "show":
            contact = replace(contact, shown_in=contact.shown_in | {move.target})
        else:
            contact = replace(contact, shown_in=contact.shown_in - {move.target})
        self._stories[contact.id] = contact
        if move.kind == "move":
            agent = self._running.enter(contact, now)
            if agent is None:
                self._wait(contact, now)
        else:
            agent = self._running.widen(contact, now)
        if agent is not None:
            self._serve_all([contact.id], agent, now)

    def _speed(self, queue: int, now: float) -> float | None:
        """Return the average speed of answer of late; None: nobody was answered."""
        lately = self._speeds[queue]
        while lately and lately[0][0] < now - SPEED_SECONDS:
            lately.popleft()
        return math.fsum(waited for _at, waited in lately) / len(lately) if lately else None

    def _begin(self, now: float, agent: int, queues) -> None:
        if queues != self._serves[agent]:
            self._serves[agent] = queues
            self._running.move(agent, queues, now)
        self._serve_all(self._running.begin(agent, now), agent, now)

    def _stop(self, _now: float, agent: int, _more) -> None:
        self._running.end(agent)

    def _tally(self, contact) -> Tally:
        key = contact.queue, int((contact.since - self._day.start) // SLOT)
        tally = self._outcome.tallies.get(key)
        if tally is None:
            tally = self._outcome.tallies[key] = Tally()
        return tally


def _present(person: Person, shrinkage: float, rnd: random.Random) -> list[Spell]:
    """Return a person's spells without the half hours in which they are missing by chance."""
    if not shrinkage:
        return list(person.spells)
    found: list[Spell] = []
    for spell in person.spells:
        at = spell.start
        while at < spell.end:
            until = min((at // SLOT + 1) * SLOT, spell.end)
            if rnd.random() >= shrinkage:
                last = found[-1] if found else None
                if last and last.end == at and last.queues == spell.queues:
                    found[-1] = replace(last, end=until)
                else:
                    found.append(Spell(at, until, spell.queues))
            at = until
    return found
