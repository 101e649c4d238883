"""The router from event to event decides what `match` does on the whole picture."""

import heapq
import math
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contact_center_distribution.routing import (
    Agent,
    Contact,
    Membership,
    Overflow,
    QueueSettings,
    Ring,
    Running,
    Settings,
    Snapshot,
    match,
)
from contact_center_distribution.routing.running import opens_at
from contact_center_distribution.routing.words import CHOICES, MODES, ORDERS

QUEUES = (1, 2, 3, 4)
SKILLS = (11, 12)


class Looking:
    """Plays a day with `Running`.

    After each event `match` says what the whole picture gives.
    """

    def __init__(self, seed):
        self.rnd = random.Random(seed)
        self.settings = Settings({queue: _queue(self.rnd, queue) for queue in QUEUES})
        agents = [_agent(self.rnd, number) for number in range(1, self.rnd.randint(1, 8) + 1)]
        self.running = Running(agents, self.settings)
        self.ids = [agent.id for agent in agents]
        self.waiting = {}
        self.events = []
        self.given = self.declined = 0
        for number in range(60):
            self._plan(self.rnd.uniform(0, 300), "come", number)
        for agent in self.ids:
            for _spell in range(self.rnd.randint(1, 3)):
                self._plan(self.rnd.uniform(0, 300), "begin", agent)
                self._plan(self.rnd.uniform(0, 300), "end", agent)
            if self.rnd.random() < 0.3:
                self._plan(self.rnd.uniform(0, 300), "move", agent)

    def _plan(self, at, kind, number, more=None):
        heapq.heappush(self.events, (at, len(self.events), self.rnd.random(), kind, number, more))

    def play(self):
        while self.events:
            now, _order, _tie, kind, number, more = heapq.heappop(self.events)
            decided = getattr(self, f"_{kind}")(now, number, more)
            self._check(now, decided)
        return self.given

    def _check(self, now, decided):
        """Nothing is left to give; plan the ends of what was given."""
        snapshot = Snapshot(tuple(self.waiting.values()), self.running.agents())
        assert not match(snapshot, now, self.settings), "somebody with room could serve"
        for contact, agent in decided:
            self.given += 1
            seconds = self.rnd.choice((5.0, 20.0, 60.0))
            if self.rnd.random() < 0.2:
                # Never two at once: they would be asked again at once, too
                self._plan(now + seconds * self.rnd.uniform(0.2, 0.8), "decline", agent, contact)
            else:
                self._plan(now + seconds, "over", agent, (contact.weight, seconds))

    def _whole(self, now, change):
        """Return what `match` says once the event has happened, and nothing is given yet."""
        snapshot = Snapshot(tuple(self.waiting.values()), change(self.running.agents()))
        return [(offer.contact, offer.agent) for offer in match(snapshot, now, self.settings)]

    def _same(self, whole, given):
        assert whole == given
        return [(self.waiting.pop(contact), agent) for contact, agent in given]

    def _come(self, now, number, _more):
        contact = _contact(self.rnd, number + 1, now)
        self.waiting[contact.id] = contact
        for ring in self.settings.queues[contact.queue].rings:
            self._plan(opens_at(contact, ring), "widen", contact.id)
        if self.rnd.random() < 0.5:
            self._plan(now + self.rnd.uniform(1, 90), "give_up", contact.id)
        for rule in self.settings.queues[contact.queue].overflows:
            shown = now + self.rnd.uniform(0, 40)
            self._plan(shown, "show", contact.id, rule.target)
            self._plan(shown + self.rnd.uniform(0, 40), "hide", contact.id, rule.target)
        whole = self._whole(now, lambda agents: agents)
        agent = self.running.enter(contact, now)
        return self._same(whole, [] if agent is None else [(contact.id, agent)])

    def _widen(self, now, number, _more):
        if number not in self.waiting:
            return []
        whole = self._whole(now, lambda agents: agents)
        agent = self.running.widen(self.waiting[number], now)
        return self._same(whole, [] if agent is None else [(number, agent)])

    def _show(self, now, number, target):
        if number not in self.waiting:
            return []
        contact = self.waiting[number]
        self.waiting[number] = replace(contact, shown_in=contact.shown_in | {target})
        return self._widen(now, number, None)

    def _hide(self, now, number, target):
        if number not in self.waiting:
            return []
        contact = self.waiting[number]
        self.waiting[number] = replace(contact, shown_in=contact.shown_in - {target})
        return self._widen(now, number, None)

    def _decline(self, now, agent, contact):
        """Let an agent give back what they were given; later they may be asked again."""
        declined = {**contact.declined, agent: now}
        contact = replace(contact, returned=True, declined=declined)
        self.waiting[contact.id] = contact
        again = now + self.settings.declined_seconds
        while again - now < self.settings.declined_seconds:
            again = math.nextafter(again, math.inf)
        self._plan(again, "widen", contact.id)
        for ring in self.settings.queues[contact.queue].rings:
            self._plan(max(opens_at(contact, ring), now), "widen", contact.id)
        self.declined += 1

        def change(one):
            via = self.running._via[contact.id]
            member = one.queues[via]
            return _with(
                one,
                load=one.load - contact.weight,
                served_today=one.served_today - 1,
                queues={**one.queues, via: replace(member, share=member.share - 1)},
            )

        whole = self._whole(now, lambda agents: _changed(agents, agent, change))
        other, given = self.running.decline(agent, contact, now)
        found = [] if other is None else [(contact.id, other)]
        found += [(number, agent) for number in given]
        # Two contacts that go to two agents: which is told first has no meaning
        assert sorted(found) == sorted(whole)
        return [(self.waiting.pop(number), to) for number, to in found]

    def _give_up(self, _now, number, _more):
        if self.waiting.pop(number, None):
            self.running.leave(number)
        return []

    def _over(self, now, agent, more):
        weight, seconds = more

        def change(one):
            done = one.handled_today + seconds
            return _with(one, load=one.load - weight, idle_since=now, handled_today=done)

        whole = self._whole(now, lambda agents: _changed(agents, agent, change))
        given = self.running.release(agent, weight, now, seconds)
        return self._same(whole, [(contact, agent) for contact in given])

    def _begin(self, now, agent, _more):
        whole = self._whole(
            now,
            lambda agents: _changed(
                agents, agent, lambda one: _with(one, barred="", idle_since=now)
            ),
        )
        given = self.running.begin(agent, now)
        return self._same(whole, [(contact, agent) for contact in given])

    def _end(self, _now, agent, _more):
        self.running.end(agent)
        return []

    def _move(self, now, agent, _more):
        queues = frozenset(self.rnd.sample(QUEUES, 2))

        def change(one):
            members = {
                queue: _member(one.queues.get(queue, Membership()), queue in queues)
                for queue in {*one.queues, *queues}
            }
            return _with(one, queues=members)

        whole = self._whole(now, lambda agents: _changed(agents, agent, change))
        given = self.running.move(agent, queues, now)
        return self._same(whole, [(contact, agent) for contact in given])


def _changed(agents, agent, change):
    return tuple(change(one) if one.id == agent else one for one in agents)


def _with(one, **values):
    return Agent(**{name: getattr(one, name) for name in Agent.__slots__} | values)


def _member(member, here):
    return Membership(member.turn, member.share, "" if here else "elsewhere")


def _queue(rnd, queue):
    ring = Ring(
        rnd.choice((10.0, 30.0)),
        rnd.choice((None, 1)),
        frozenset(rnd.sample(SKILLS, rnd.randint(0, 1))),
        frozenset(rnd.sample(QUEUES, rnd.randint(0, 1))),
    )
    return QueueSettings(
        queue,
        mode=rnd.choice(MODES),
        order=rnd.choice(ORDERS),
        choice=rnd.choice(CHOICES),
        head_start=rnd.choice((0.0, 0.0, 20.0)),
        skills={skill: rnd.randint(1, 3) for skill in SKILLS if rnd.random() < 0.2},
        prefer_level=rnd.random() < 0.5,
        rings=(ring,) if rnd.random() < 0.5 else (),
        overflows=(
            (Overflow(1, "no_free_agent", rnd.choice(QUEUES)),) if rnd.random() < 0.4 else ()
        ),
    )


def _agent(rnd, number):
    return Agent(
        number,
        {queue: Membership() for queue in rnd.sample(QUEUES, rnd.randint(1, 3))},
        capacity=rnd.choice((30, 90, 100, 100)),
        skills={skill: rnd.randint(1, 3) for skill in SKILLS if rnd.random() < 0.7},
    )


def _contact(rnd, number, now):
    return Contact(
        number,
        rnd.choice(QUEUES),
        now,
        priority=rnd.choice((0, 0, 0, 2)),
        weight=rnd.choice((30, 30, 100)),
        skills={rnd.choice(SKILLS): 1} if rnd.random() < 0.1 else {},
    )


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**64))
def test_every_decision_of_a_day_is_the_one_of_match(seed):
    Looking(seed).play()


def test_days_that_are_compared_have_decisions():
    days = [Looking(seed) for seed in range(20)]
    assert sum(day.play() for day in days) > 400
    assert sum(day.declined for day in days) > 40


def test_a_contact_with_a_story_is_refused():
    running = Running([], Settings({1: QueueSettings(1)}))
    with pytest.raises(ValueError, match="story"):
        running.enter(Contact(1, 1, 0.0, named_agent=2), 0.0)


def test_the_health_of_a_queue_is_what_overflow_asks_for():
    agents = [Agent(number, {1: Membership()}, capacity=100) for number in (1, 2)]
    running = Running(agents, Settings({1: QueueSettings(1)}))
    assert (running.health(1, 0.0).agents, running.health(1, 0.0).free) == (0, 0)
    running.begin(1, 0.0)
    assert (running.health(1, 0.0).agents, running.health(1, 0.0).free) == (1, 1)
    running.enter(Contact(1, 1, 10.0, weight=100), 10.0)
    running.enter(Contact(2, 1, 20.0, weight=100), 20.0)
    running.enter(Contact(3, 1, 30.0, weight=100), 30.0)
    found = running.health(1, 50.0)
    assert (found.waiting, found.free, found.agents, found.oldest_wait) == (2, 0, 1, 30.0)
