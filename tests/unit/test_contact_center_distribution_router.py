"""The router's rules, one by one, as a planner would tell them."""

from dataclasses import replace

import pytest

from contact_center_distribution.routing import (
    Agent,
    Contact,
    Membership,
    OpenOffer,
    QueueSettings,
    Ring,
    Settings,
    Snapshot,
    expire,
    match,
    starting_share,
)

NOW = 10_000.0
IPTU, SAUDE, OBRAS = 1, 2, 3
ENGLISH, TAXES = 1, 2


def how(*queues, **options):
    return Settings({queue.id: queue for queue in queues}, **options)


def agent(number, *queues, **values):
    return Agent(number, {queue: Membership() for queue in queues or (IPTU,)}, **values)


def contact(number, waited=0.0, queue=IPTU, **values):
    return Contact(number, queue, NOW - waited, **values)


def pairs(contacts, agents, settings, **values):
    offers = match(Snapshot(tuple(contacts), tuple(agents), **values), NOW, settings)
    return [(offer.contact, offer.agent) for offer in offers]


# Order of contacts


def test_the_longest_wait_first():
    waiting = [contact(1, 10), contact(2, 30), contact(3, 20)]
    one = [agent(1, capacity=30)]
    assert pairs(waiting, one, how(QueueSettings(IPTU))) == [(2, 1)]


def test_of_an_equal_wait_the_lower_number_first():
    assert pairs(
        [contact(2, 10), contact(1, 10)], [agent(1, capacity=30)], how(QueueSettings(IPTU))
    ) == [(1, 1)]


@pytest.mark.parametrize(("order", "first"), [("wait", 1), ("priority", 2), ("priority_ageing", 1)])
def test_priority_counts_as_the_queue_says(order, first):
    """Waited 11 minutes with priority 0, or not at all with priority 2 of 5 minutes each."""
    waiting = [contact(1, 660), contact(2, 0, priority=2)]
    settings = how(QueueSettings(IPTU, order=order))
    assert pairs(waiting, [agent(1, capacity=30)], settings)[0][0] == first


def test_ageing_turns_at_the_minutes_of_the_level():
    settings = how(QueueSettings(IPTU, order="priority_ageing", level_seconds=300))
    urgent = contact(2, 0, priority=2)
    assert pairs([contact(1, 599), urgent], [agent(1, capacity=30)], settings)[0][0] == 2
    assert pairs([contact(1, 601), urgent], [agent(1, capacity=30)], settings)[0][0] == 1


def test_a_head_start_lets_calls_go_before_text():
    settings = how(QueueSettings(IPTU), QueueSettings(SAUDE, head_start=120))
    both = [agent(1, IPTU, SAUDE, capacity=30)]
    assert pairs([contact(1, 119), contact(2, 0, SAUDE)], both, settings) == [(2, 1)]
    assert pairs([contact(1, 121), contact(2, 0, SAUDE)], both, settings) == [(1, 1)]


def test_a_returned_contact_is_at_the_head_with_its_first_time():
    settings = how(QueueSettings(IPTU, order="priority"))
    back = contact(1, 50, returned=True)
    newcomers = [contact(2, 5, priority=3), contact(3, 1, priority=3)]
    assert pairs([*newcomers, back], [agent(1, capacity=30)], settings) == [(1, 1)]


def test_a_contact_nobody_can_take_holds_up_nobody():
    waiting = [contact(1, 500, skills={ENGLISH: 1}), contact(2, 5)]
    assert pairs(waiting, [agent(1)], how(QueueSettings(IPTU))) == [(2, 1)]


# Choice of agent


@pytest.mark.parametrize(
    ("choice", "chosen"),
    [
        ("longest_idle", 1),
        ("fewest_today", 2),
        ("circular", 3),
        ("least_time_today", 4),
        ("lowest_mean_time", 5),
        ("even_share", 6),
    ],
)
def test_each_choice_has_its_agent(choice, chosen):
    usual = {"idle_since": 500.0, "served_today": 10, "handled_today": 5_000.0}
    agents = [
        Agent(number, {IPTU: Membership(turn=40 + number, share=9)}, **usual)
        for number in range(1, 7)
    ]
    agents[0] = replace(agents[0], idle_since=400.0)
    agents[1] = replace(agents[1], served_today=9)
    agents[2] = replace(agents[2], queues={IPTU: Membership(turn=1, share=9)})
    agents[3] = replace(agents[3], served_today=10, handled_today=4_000.0)
    agents[4] = replace(agents[4], served_today=50, handled_today=6_000.0)
    agents[5] = replace(agents[5], queues={IPTU: Membership(turn=46, share=8)})
    settings = how(QueueSettings(IPTU, choice=choice))
    assert pairs([contact(1)], agents, settings) == [(1, chosen)]


def test_who_has_less_to_do_comes_before_who_was_idle_longer():
    """One chat of three against none: idleness decides only between equals."""
    agents = [
        agent(1, load=60, capacity=100, idle_since=0.0),
        agent(2, load=0, capacity=100, idle_since=900.0),
    ]
    assert pairs([contact(1)], agents, how(QueueSettings(IPTU))) == [(1, 2)]


def test_the_load_counts_against_the_agents_own_capacity():
    agents = [agent(1, load=60, capacity=200), agent(2, load=30, capacity=60)]
    assert pairs([contact(1)], agents, how(QueueSettings(IPTU))) == [(1, 1)]


def test_several_contacts_spread_over_the_agents():
    waiting = [contact(number, 100 - number) for number in range(1, 5)]
    assert pairs(waiting, [agent(1), agent(2)], how(QueueSettings(IPTU))) == [
        (1, 1), (2, 2), (3, 1), (4, 2)
    ]  # fmt: skip


def test_a_higher_level_first_where_the_queue_prefers_it():
    agents = [agent(1, skills={TAXES: 2}, idle_since=0.0), agent(2, skills={TAXES: 5})]
    queue = QueueSettings(IPTU, skills={TAXES: 1})
    assert pairs([contact(1)], agents, how(queue)) == [(1, 1)]
    assert pairs([contact(1)], agents, how(replace(queue, prefer_level=True))) == [(1, 2)]


def test_a_newcomer_to_an_even_share_starts_level():
    assert starting_share([7, 5, 6]) == 5
    assert starting_share([]) == 0


# Capacity


def test_three_texts_or_one_call():
    settings = how(QueueSettings(IPTU))
    texts = [contact(number, 9 - number) for number in range(1, 6)]
    assert len(pairs(texts, [agent(1)], settings)) == 3
    calls = [contact(1, 9, weight=100), contact(2, 8)]
    assert pairs(calls, [agent(1)], settings) == [(1, 1)]
    assert pairs(calls, [agent(1, load=30)], settings) == [(2, 1)]


def test_an_open_offer_holds_its_place_even_when_it_is_over():
    offers = (OpenOffer(1, 1, 30, NOW - 5), OpenOffer(9, 1, 70, NOW + 5))
    waiting = [contact(1, 50), contact(2, 40)]
    assert pairs(waiting, [agent(1)], how(QueueSettings(IPTU)), offers=offers) == []


def test_who_is_without_capacity_gets_nothing():
    assert pairs([contact(1, weight=0)], [agent(1, capacity=0)], how(QueueSettings(IPTU))) == []


def test_an_agent_serves_only_some_channels():
    one = agent(1, channels=frozenset({"voice"}))
    assert pairs([contact(1, channel="whatsapp")], [one], how(QueueSettings(IPTU))) == []
    assert pairs([contact(1, channel="voice")], [one], how(QueueSettings(IPTU))) == [(1, 1)]


# Skills, rings, the last agent, a named agent


def test_a_skill_needs_its_level():
    queue = QueueSettings(IPTU, skills={TAXES: 3})
    assert pairs([contact(1)], [agent(1, skills={TAXES: 2})], how(queue)) == []
    assert pairs([contact(1)], [agent(1, skills={TAXES: 3})], how(queue)) == [(1, 1)]


def test_the_circle_widens_after_seconds():
    queue = QueueSettings(
        IPTU,
        skills={TAXES: 3},
        rings=(
            Ring(30, level=1),
            Ring(60, dropped=frozenset({TAXES})),
            Ring(90, queues=frozenset({SAUDE})),
        ),
    )
    beginner, other, far = (
        agent(1, skills={TAXES: 1}),
        agent(2),
        agent(3, SAUDE),
    )
    for waited, expected in ((29, []), (30, [(1, 1)])):
        assert pairs([contact(1, waited)], [beginner], how(queue)) == expected
    for waited, expected in ((59, []), (60, [(1, 2)])):
        assert pairs([contact(1, waited)], [other], how(queue)) == expected
    for waited, expected in ((89, []), (90, [(1, 3)])):
        assert pairs([contact(1, waited)], [far], how(queue)) == expected
    # The nearest ring first, however long the others were idle
    assert pairs([contact(1, 90)], [far, other, beginner], how(queue)) == [(1, 1)]


def test_rings_count_from_the_entry_into_this_queue():
    queue = QueueSettings(IPTU, skills={TAXES: 3}, rings=(Ring(30, level=1),))
    moved = contact(1, 500, entered=NOW - 10)
    assert pairs([moved], [agent(1, skills={TAXES: 1})], how(queue)) == []


def test_the_last_agent_first_for_a_while():
    queue = QueueSettings(IPTU, last_agent_seconds=30)
    free, known = agent(1), agent(2, load=100)
    assert pairs([contact(1, 10, last_agent=2)], [free, known], how(queue)) == []
    assert pairs([contact(1, 30, last_agent=2)], [free, known], how(queue)) == [(1, 1)]
    assert pairs([contact(1, 10, last_agent=2)], [free, agent(2)], how(queue)) == [(1, 2)]


@pytest.mark.parametrize(
    "known", [agent(2, barred="pause"), agent(2, SAUDE), agent(3), agent(2, capacity=30, load=0)]
)
def test_nobody_waits_for_a_last_agent_who_cannot_come(known):
    queue = QueueSettings(IPTU, last_agent_seconds=30)
    declined = {2: NOW - 5}
    waiting = [contact(1, 10, last_agent=2, declined=declined if known.capacity == 30 else {})]
    assert pairs(waiting, [agent(1), known], how(queue)) == [(1, 1)]


def test_a_direct_hand_over_waits_for_its_agent():
    settings = how(QueueSettings(IPTU))
    named = contact(1, 10, named_agent=2, named_until=NOW + 60)
    assert pairs([named], [agent(1), agent(2, load=100)], settings) == []
    assert pairs([named], [agent(1), agent(2)], settings) == [(1, 2)]
    over = replace(named, named_until=NOW)
    assert pairs([over], [agent(1), agent(2, load=100)], settings) == [(1, 1)]
    refused = replace(named, declined={2: NOW - 5})
    assert pairs([refused], [agent(1), agent(2)], settings) == []
    forever = replace(named, named_until=None)
    assert pairs([forever], [agent(1)], settings) == []


def test_who_refused_is_left_alone_for_a_minute():
    settings = how(QueueSettings(IPTU), declined_seconds=60)
    assert pairs([contact(1, 99, declined={1: NOW - 59})], [agent(1)], settings) == []
    assert pairs([contact(1, 99, declined={1: NOW - 60})], [agent(1)], settings) == [(1, 1)]
    both = [agent(1), agent(2)]
    assert pairs([contact(1, 99, declined={1: NOW - 1})], both, settings) == [(1, 2)]


# Modes and times


def test_the_mode_decides_whether_and_how():
    waiting, one = (contact(1),), (agent(1),)
    snapshot = Snapshot(waiting, one)
    assert match(snapshot, NOW, how(QueueSettings(IPTU, mode="pull"))) == []
    for mode in ("offer", "mixed"):
        offer = match(snapshot, NOW, how(QueueSettings(IPTU, mode=mode, offer_seconds=20)))[0]
        assert (offer.at, offer.until, offer.automatic) == (NOW, NOW + 20, False)
    offer = match(snapshot, NOW, how(QueueSettings(IPTU, mode="automatic")))[0]
    assert (offer.until, offer.automatic) == (NOW, True)


def test_a_contact_of_an_unknown_queue_is_left_alone():
    assert pairs([contact(1, queue=99)], [agent(1, 99)], how(QueueSettings(IPTU))) == []


def test_offers_expire_in_order_and_the_second_in_a_row_means_not_answering():
    offers = (
        OpenOffer(1, 1, 30, NOW),
        OpenOffer(2, 1, 30, NOW - 1),
        OpenOffer(3, 2, 30, NOW + 1),
        OpenOffer(4, 3, 30, NOW - 2),
    )
    over = expire(Snapshot(offers=offers), NOW, how(QueueSettings(IPTU)), {3: 1})
    assert [(one.contact, one.agent, one.unanswered, one.not_answering) for one in over] == [
        (4, 3, 2, True),
        (2, 1, 1, False),
        (1, 1, 2, True),
    ]
