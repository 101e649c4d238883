"""Simulated days, and what changes do.

They are compared with Erlang A, and with `match` on the whole picture.
"""

import random
from types import SimpleNamespace

import pytest

from contact_center_distribution import routing
from contact_center_distribution.routing.words import AUTOMATIC, CHOICES
from contact_center_workforce.workforce import (
    Arrival,
    Changes,
    Day,
    Figures,
    Load,
    Move,
    Person,
    Spell,
    Traffic,
    changed,
    erlang_a,
    fits,
    replicate,
)
from contact_center_workforce.workforce.replications import estimate, figures
from contact_center_workforce.workforce.simulation import Plan

HOUR = 3600.0


def centre(
    queues=4, agents=12, contacts=800, seed=3, choice="longest_idle", rings=False, each=2
) -> Day:
    """Return a day of a small center: a morning with a hump, two pauses each."""
    rnd = random.Random(seed)
    ids = range(1, queues + 1)
    settings = routing.Settings(
        {
            queue: routing.QueueSettings(
                queue,
                mode=AUTOMATIC,
                choice=choice,
                skills={queue: 2},
                rings=(routing.Ring(20.0, level=1),) if rings else (),
            )
            for queue in ids
        }
    )
    arrivals = [
        Arrival(rnd.triangular(8 * HOUR, 14 * HOUR, 10 * HOUR), rnd.choice(ids))
        for _contact in range(contacts)
    ]
    people = []
    for number in range(1, agents + 1):
        start = rnd.choice((8.0, 8.5, 9.0)) * HOUR
        own = frozenset(rnd.sample(ids, each))
        spells = (
            Spell(start, start + 2 * HOUR),
            Spell(start + 2.25 * HOUR, start + 5 * HOUR),
        )
        skills = {queue: rnd.choice((1, 3) if rings else (3,)) for queue in own}
        people.append(Person(number, own, spells, skills=skills))
    sample = tuple(rnd.lognormvariate(5.0, 0.6) for _call in range(200))
    traffic = {queue: Traffic(sample, 300.0, 20.0, answering=2.0) for queue in ids}
    arrivals.sort(key=lambda one: one.at)
    return Day(0.0, tuple(arrivals), tuple(people), traffic, settings)


class Whole:
    """`Running` as anybody would write it first.

    All there is, to `match`, after every event.
    """

    def __init__(self, agents, settings):
        self.settings = settings
        self.agents = {
            one.id: {name: getattr(one, name) for name in routing.Agent.__slots__}
            | {"barred": "off"}
            for one in agents
        }
        self.waiting = {}
        self.turns, self.shares, self.turn = {}, {}, 1

    def _decide(self, now):
        agents = []
        for values in self.agents.values():
            members = {
                queue: routing.Membership(
                    self.turns.get((values["id"], queue), 0),
                    self.shares.get((values["id"], queue), 0),
                )
                for queue in values["queues"]
            }
            agents.append(routing.Agent(**(values | {"queues": members})))
        snapshot = routing.Snapshot(tuple(self.waiting.values()), tuple(agents))
        given = []
        for offer in routing.match(snapshot, now, self.settings):
            agent, key = self.agents[offer.agent], (offer.agent, offer.via)
            agent["load"] += self.waiting.pop(offer.contact).weight
            agent["served_today"] += 1
            self.turns[key], self.turn = self.turn, self.turn + 1
            self.shares[key] = self.shares.get(key, 0) + 1
            given.append((offer.contact, offer.agent))
        return given

    def enter(self, contact, now):
        self.waiting[contact.id] = contact
        return next((agent for _contact, agent in self._decide(now)), None)

    def widen(self, _contact, now):
        return next((agent for _contact, agent in self._decide(now)), None)

    def leave(self, contact):
        del self.waiting[contact]

    def release(self, agent, weight, now, handled):
        state = self.agents[agent]
        state["load"] -= weight
        state["idle_since"] = now
        state["handled_today"] += handled
        return [contact for contact, _agent in self._decide(now)]

    def begin(self, agent, now):
        self.agents[agent] |= {"barred": "", "idle_since": now}
        return [contact for contact, _agent in self._decide(now)]

    def end(self, agent):
        self.agents[agent]["barred"] = "off"

    def move(self, agent, queues, _now):
        self.agents[agent]["queues"] = dict.fromkeys(queues)
        return []


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("rings", [False, True])
def test_a_day_is_the_same_whoever_is_asked_match_or_its_running_form(choice, rings):
    day = centre(contacts=300, choice=choice, rings=rings)
    slowly = SimpleNamespace(**{name: getattr(routing, name) for name in routing.__all__})
    slowly.Running = Whole
    for seed in range(2):
        assert Plan(day, routing).play(seed) == Plan(day, slowly).play(seed)


def test_people_who_wait_at_one_queue_meet_what_erlang_a_says():
    load, agents = Load(300, 199, 350), 18
    rnd = random.Random(1)
    arrivals, at = [], 0.0
    while at < 150 * HOUR:
        arrivals.append(Arrival(at, 1))
        at += rnd.expovariate(load.per_hour / HOUR)
    sample = tuple(rnd.expovariate(1 / load.handling) for _call in range(20_000))
    mean = sum(sample) / len(sample)
    sample = tuple(seconds * load.handling / mean for seconds in sample)
    people = tuple(
        Person(number, frozenset((1,)), (Spell(0.0, 150 * HOUR),))
        for number in range(1, agents + 1)
    )
    settings = routing.Settings({1: routing.QueueSettings(1, mode=AUTOMATIC)})
    day = Day(0.0, tuple(arrivals), people, {1: Traffic(sample, 350.0, 20.0)}, settings)
    simulated, exact = replicate(day, routing, 2).total, erlang_a(load, agents, 20)
    assert simulated.level.mean / 100 == pytest.approx(exact.level, abs=0.02)
    assert simulated.wait.mean == pytest.approx(exact.wait, rel=0.08)
    assert simulated.abandoned.mean / 100 == pytest.approx(exact.abandoned, abs=0.006)
    assert simulated.occupancy.mean / 100 == pytest.approx(exact.occupancy, abs=0.02)


def test_nobody_is_lost():
    day = centre()
    outcome = Plan(day, routing).play(5)
    assert sum(one.offered for one in outcome.tallies.values()) == len(day.arrivals)
    for one in outcome.tallies.values():
        assert one.offered == one.answered + one.abandoned
        assert one.within <= one.answered
    assert 0 < outcome.busy <= outcome.present * 1.2


def test_the_same_seed_gives_the_same_day_and_another_one_another():
    plan = Plan(centre(), routing)
    assert plan.play(1) == plan.play(1)
    assert plan.play(1) != plan.play(2)


def test_a_day_without_agents_answers_nobody_and_one_without_contacts_has_nothing_to_answer():
    day = centre(agents=0, contacts=50)
    assert replicate(day, routing, 2).total.abandoned.mean == 100
    quiet = replicate(centre(contacts=0), routing, 2)
    assert (quiet.total.level.mean, quiet.queues) == (100, {})


def test_capacity_lets_an_agent_serve_several_texts_at_a_time():
    settings = routing.Settings({1: routing.QueueSettings(1, mode=AUTOMATIC)})
    arrivals = tuple(Arrival(100.0 + number, 1, weight=30) for number in range(4))
    people = (Person(1, frozenset((1,)), (Spell(0.0, 2_000.0),)),)
    day = Day(0.0, arrivals, people, {1: Traffic((600.0,), 1e9, 20.0)}, settings)
    outcome = Plan(day, routing).play(0)
    assert [one.within for one in outcome.tallies.values()] == [3]
    assert figures(outcome).wait == pytest.approx((600 - 3) / 4)


def test_a_contact_that_gives_up_during_its_offer_is_abandoned():
    settings = routing.Settings({1: routing.QueueSettings(1, mode=AUTOMATIC)})
    people = (Person(1, frozenset((1,)), (Spell(0.0, 2_000.0),)),)
    traffic = {1: Traffic((60.0,), 1.0, 20.0, answering=500.0)}
    day = Day(0.0, (Arrival(10.0, 1),), people, traffic, settings)
    assert replicate(day, routing, 3).total.abandoned.mean == 100


def test_what_is_known_of_a_contact_is_not_drawn():
    """Its handling time, when it gave up, and that it had not given up before it was answered."""
    settings = routing.Settings({1: routing.QueueSettings(1, mode=AUTOMATIC)})
    people = (Person(1, frozenset((1,)), (Spell(0.0, 10_000.0),)),)
    arrivals = (
        Arrival(0.0, 1, handling=1_000.0),
        Arrival(1.0, 1, patience=400.0),
        Arrival(2.0, 1, waited=998.0, handling=50.0),
        Arrival(2_000.0, 1, handling=50.0),
    )
    day = Day(0.0, arrivals, people, {1: Traffic((7.0,), 0.001, 1_000.0)}, settings)
    for seed in range(5):
        whole = figures(Plan(day, routing).play(seed))
        assert (whole.offered, whole.abandoned, whole.level) == (4, 25, 75)
        assert whole.wait == pytest.approx((0 + 400 + 998 + 0) / 4)
        assert Plan(day, routing).play(seed).busy == pytest.approx(1_100)
    twice, _missing = changed(day, Changes(handling=2.0, patience=0.002))
    assert [one.handling for one in twice.arrivals] == [2_000.0, None, 100.0, 100.0]
    assert [one.patience for one in twice.arrivals] == [None, 800.0, None, None]
    assert twice.arrivals[2].waited == 1_996.0


# ------------------------------------------------------------
# What if
# ------------------------------------------------------------


def test_more_people_for_one_half_hour_are_there_in_it_only():
    day = centre()
    more, missing = changed(day, Changes(moves=(Move(10 * HOUR, 10.5 * HOUR, 3, None, 1),)))
    assert not missing
    added = more.people[len(day.people) :]
    assert [one.spells for one in added] == [(Spell(10 * HOUR, 10.5 * HOUR),)] * 3
    before, after = (replicate(one, routing, 10).total for one in (day, more))
    assert after.level.mean > before.level.mean


def test_people_who_are_moved_serve_the_other_queue_then_and_their_own_before_and_after():
    day = centre()
    moved, missing = changed(day, Changes(moves=(Move(9.5 * HOUR, 10 * HOUR, 1, 1, 2),)))
    assert not missing
    (one,) = [
        new for new, old in zip(moved.people, day.people, strict=True) if new.spells != old.spells
    ]
    inside = [spell for spell in one.spells if 9.5 * HOUR <= spell.start < 10 * HOUR]
    assert all(1 not in spell.queues and 2 in spell.queues for spell in inside)
    assert sum(spell.end - spell.start for spell in one.spells) == sum(
        spell.end - spell.start for spell in day.people[one.id - 1].spells
    )
    assert one.skills[2] >= 2


def test_people_who_are_sent_home_are_not_there_and_who_cannot_be_found_is_said():
    day = centre(agents=3)
    less, missing = changed(day, Changes(moves=(Move(8 * HOUR, 14 * HOUR, 50, 1, None),)))
    serving = [one for one in day.people if 1 in one.queues]
    assert missing == {0: 50 - len(serving)}
    assert all(not one.spells for one in less.people if 1 in one.queues)


def test_shrinkage_longer_handling_and_less_patience_do_what_they_say():
    day = centre()
    usual = replicate(day, routing, 10).total
    shrunk = replicate(changed(day, Changes(shrinkage=0.2))[0], routing, 10).total
    longer = replicate(changed(day, Changes(handling=1.2))[0], routing, 10).total
    hasty = replicate(changed(day, Changes(patience=60.0))[0], routing, 10).total
    assert shrunk.level.mean < usual.level.mean - 3
    assert longer.level.mean < usual.level.mean - 3
    assert longer.occupancy.mean > usual.occupancy.mean
    assert hasty.abandoned.mean > usual.abandoned.mean
    assert hasty.wait.mean < usual.wait.mean


def test_no_change_is_the_same_day():
    day = centre()
    assert changed(day, Changes())[0] == day


# ------------------------------------------------------------
# How sure it is
# ------------------------------------------------------------


def test_the_interval_holds_the_true_mean_as_often_as_it_says():
    rnd, held = random.Random(8), 0
    for _trial in range(2_000):
        found = estimate([rnd.gauss(50, 8) for _value in range(20)])
        held += abs(found.mean - 50) <= found.margin
    assert 0.935 <= held / 2_000 <= 0.965


def test_a_model_fits_within_two_points_of_the_real_level():
    simulated = replicate(centre(), routing, 5).total
    level = simulated.level.mean
    assert fits(Figures(1, level + 1.9, 0, 0), simulated)
    assert not fits(Figures(1, level - 2.1, 0, 0), simulated)


def test_progress_is_told_after_each_replication():
    told = []
    replicate(centre(contacts=20), routing, 4, progress=told.append)
    assert told == [1, 2, 3, 4]
