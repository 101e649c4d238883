"""What contacts of a simulated day go through: refusals, overflow, loans, chance."""

import random

import pytest

from contact_center_distribution import routing
from contact_center_distribution.routing.words import AUTOMATIC
from contact_center_workforce.workforce import (
    Arrival,
    Day,
    Person,
    Spell,
    ToCome,
    Traffic,
    drawn,
    lent,
    replicate,
)
from contact_center_workforce.workforce.simulation import Plan

HOUR = 3600.0


def two_queues(overflow=None, refused=0.0, agents=(1, 3), contacts=240) -> Day:
    """Return a day of two queues with agents of their own; all come to the first."""
    rnd = random.Random(11)
    rules = (routing.Overflow(1, *overflow),) if overflow else ()
    queues = {
        1: routing.QueueSettings(1, mode=AUTOMATIC, overflows=rules),
        2: routing.QueueSettings(2, mode=AUTOMATIC),
    }
    arrivals = sorted(
        (Arrival(rnd.uniform(0, 4 * HOUR), 1) for _contact in range(contacts)),
        key=lambda one: one.at,
    )
    people = [
        Person(number, frozenset((queue,)), (Spell(0.0, 5 * HOUR),))
        for number, queue in enumerate([1] * agents[0] + [2] * agents[1], start=1)
    ]
    kind = Traffic((150.0,), 400.0, 20.0, 2.0, refused=refused, refusing=10.0)
    traffic = {1: kind, 2: kind}
    return Day(0.0, tuple(arrivals), tuple(people), traffic, routing.Settings(queues))


def total(day):
    """Return the expected figures of a day."""
    return replicate(day, routing, 8).total


@pytest.mark.parametrize(
    "overflow",
    [
        ("no_free_agent", 2),
        ("wait", 2, 15.0),
        ("wait", 2, 15.0, "move"),
        ("size", 2, 1.0),
        ("oldest_wait", 2, 20.0, "move"),
        ("answer_speed", 2, 20.0),
        ("few_agents", 2, 2.0),
    ],
    ids=lambda rule: "-".join(map(str, rule)),
)
def test_what_overflows_is_served_by_the_other_queue(overflow):
    alone, helped = total(two_queues()), total(two_queues(overflow))
    assert helped.wait.mean < alone.wait.mean / 2
    assert helped.abandoned.mean < alone.abandoned.mean / 2
    assert helped.offered == alone.offered


def test_what_overflows_counts_in_the_queue_to_which_it_came():
    result = replicate(two_queues(("wait", 2, 10.0, "move")), routing, 2)
    assert set(result.queues) == {1}


def test_overflow_below_its_condition_changes_nothing():
    assert total(two_queues(("wait", 2, 4 * HOUR))) == total(two_queues())


def test_offers_that_are_refused_make_people_wait_and_lose_nobody():
    sure, shy = (two_queues(refused=share, agents=(6, 0)) for share in (0.0, 0.3))
    first, second = total(sure), total(shy)
    assert second.wait.mean > first.wait.mean + 2
    assert second.level.mean < first.level.mean
    for seed in range(3):
        outcome = Plan(shy, routing).play(seed)
        tallies = outcome.tallies.values()
        offered = sum(one.offered for one in tallies)
        assert offered == sum(one.answered + one.abandoned for one in tallies) == 240


def test_the_only_agent_who_refuses_is_asked_again_after_a_minute():
    day = two_queues(refused=0.5, agents=(1, 0), contacts=1)
    day = Day(0.0, (Arrival(0.0, 1, patience=3600.0),), day.people, day.traffic, day.settings)
    waits = [
        sum(one.waited for one in Plan(day, routing).play(seed).tallies.values())
        for seed in range(40)
    ]
    # Each refusal: ten seconds until it is said, and a minute in which nobody else is there
    assert all(min(abs(wait - 2 - 70 * times) for times in range(12)) < 0.1 for wait in waits)
    assert min(waits) < 3 < max(waits)


# -- days to come, loans -------------------------------------------------------------------------


def test_a_day_to_come_has_as_many_contacts_as_were_forecast():
    """On average; each replication has its own, and the same seed the same."""
    day = two_queues(agents=(6, 0), contacts=0)
    kinds = {1: (Arrival(0.0, 1, weight=50, handling=9.0, patience=1.0),)}
    expected = [0.0] * 16 + [6.5] * 8 + [0.0] * 24
    to_come = ToCome({1: expected}, kinds)
    days = [drawn(day, to_come, seed).arrivals for seed in range(60)]
    assert sum(map(len, days)) / 60 == pytest.approx(sum(expected), rel=0.05)
    assert days[0] == drawn(day, to_come, 0).arrivals != days[1]
    for one in days[0]:
        assert 8 * HOUR <= one.at < 12 * HOUR
        assert (one.weight, one.handling, one.patience) == (50, None, None)
    result = replicate(day, routing, 20, to_come=to_come)
    assert result.total.offered.margin > 0
    assert abs(result.total.offered.mean - sum(expected)) < 4 * result.total.offered.margin


def test_who_is_lent_serves_the_other_queue_too_and_then_no_longer():
    spells = (Spell(0.0, 10.0), Spell(20.0, 30.0))
    loans = [(5.0, 25.0, frozenset((2,)))]
    both = frozenset((1, 2))
    assert lent(spells, loans, {1}) == (
        Spell(0.0, 5.0),
        Spell(5.0, 10.0, both),
        Spell(20.0, 25.0, both),
        Spell(25.0, 30.0),
    )
    assert lent(spells, [], {1}) == spells
    assert lent(spells, [(10.0, 20.0, frozenset((2,)))], {1}) == spells
