"""The router's rules, one by one, as a planner would tell them."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import router
from contact_center_distribution.routing import (
    Agent,
    Contact,
    Loan,
    Membership,
    OpenOffer,
    Overflow,
    QueueSettings,
    Ring,
    Settings,
    Snapshot,
    expire,
    explain,
    match,
    reasons,
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


# Help from other queues


def test_an_overflowed_contact_competes_by_its_age():
    settings = how(QueueSettings(IPTU), QueueSettings(SAUDE))
    helper = [agent(1, SAUDE, capacity=30)]
    shown = contact(1, 100, shown_in=frozenset({SAUDE}))
    assert pairs([shown, contact(2, 50, SAUDE)], helper, settings) == [(1, 1)]
    assert pairs([contact(1, 100)], helper, settings) == []


def test_agents_of_the_queue_come_before_those_of_the_overflow():
    settings = how(QueueSettings(IPTU), QueueSettings(SAUDE))
    shown = contact(1, 100, shown_in=frozenset({SAUDE}))
    agents = [agent(1, SAUDE), agent(2, IPTU, load=60)]
    assert pairs([shown], agents, settings) == [(1, 2)]


def test_a_lent_agent_serves_the_own_queue_first():
    """However long the others have waited: so the lender loses nothing by lending."""
    settings = how(QueueSettings(IPTU), QueueSettings(SAUDE))
    loans = (Loan(1, 1, SAUDE, frozenset({IPTU}), 0.0),)
    waiting = [contact(1, 900, IPTU), contact(2, 1, SAUDE)]
    assert pairs(waiting, [agent(1, SAUDE, capacity=30)], settings, loans=loans) == [(2, 1)]
    assert pairs(waiting, [agent(1, SAUDE)], settings, loans=loans) == [(2, 1), (1, 1)]
    assert pairs(waiting, [agent(1, SAUDE)], settings) == [(2, 1)]


def test_who_is_not_trained_for_the_borrower_is_not_lent_to_it():
    settings = how(QueueSettings(IPTU))
    loans = (Loan(1, 1, SAUDE, frozenset({IPTU}), 0.0),)
    untrained = Agent(1, {SAUDE: Membership(), IPTU: Membership(barred="training")})
    assert pairs([contact(1, 900)], [untrained], settings, loans=loans) == []


# What is said about it


def test_the_reasons_name_contact_and_agent():
    queue = QueueSettings(IPTU, choice="fewest_today")
    offer = match(Snapshot((contact(1, 40),), (agent(1, served_today=4),)), NOW, how(queue))[0]
    assert [(reason.code, dict(reason.values)) for reason in offer.reasons] == [
        ("waited_longest", {"seconds": 40.0}),
        ("own_queue", {}),
        ("least_loaded", {"load": 0, "capacity": 100}),
        ("served_fewest", {"count": 4}),
    ]
    assert offer.score == 40.0


def test_the_preview_lists_everybody_with_a_reason():
    queue = QueueSettings(IPTU, skills={TAXES: 2})
    agents = (
        agent(1, skills={TAXES: 2}, idle_since=NOW - 9),
        agent(2, skills={TAXES: 1}),
        agent(3, SAUDE),
        agent(4, barred="pause"),
        agent(5, skills={TAXES: 2}, load=90),
        agent(6, skills={TAXES: 5}, idle_since=NOW - 60),
        Agent(7, {IPTU: Membership(barred="training")}),
        agent(8, channels=frozenset({"voice"})),
    )
    told = explain(Snapshot((), agents), IPTU, NOW, how(queue))
    assert told.contact is None
    assert [reason.code for reason in told.reasons] == [reasons.WOULD_BE_NEXT]
    said = {one.agent: (one.place, one.reasons[-1].code) for one in told.candidates}
    assert said == {
        6: (1, "idle_longest"),
        1: (2, "idle_longest"),
        5: (0, "no_capacity"),
        2: (0, "skill_missing"),
        3: (0, "not_in_queue"),
        4: (0, "barred"),
        7: (0, "barred"),
        8: (0, "channel_not_served"),
    }
    assert [one.agent for one in told.candidates][:3] == [6, 1, 5]


def test_the_preview_knows_that_others_are_served_first():
    """The free agent goes to a contact that waited longer in another queue."""
    settings = how(QueueSettings(IPTU), QueueSettings(SAUDE))
    both = agent(1, IPTU, SAUDE, capacity=30)
    snapshot = Snapshot((contact(1, 90, SAUDE), contact(2, 10)), (both,))
    told = explain(snapshot, IPTU, NOW, settings)
    assert (told.contact, told.candidates[0].place) == (2, 0)
    assert dict(told.candidates[0].reasons[0].values) == {
        "load": 0, "offered": 30, "weight": 30, "capacity": 30
    }  # fmt: skip


def test_the_preview_tells_of_whom_a_contact_waits_for():
    queue = QueueSettings(IPTU, last_agent_seconds=30)
    snapshot = Snapshot((contact(1, 10, last_agent=2),), (agent(1), agent(2, load=100)))
    told = explain(snapshot, IPTU, NOW, how(queue))
    assert {one.agent: one.reasons[0].code for one in told.candidates} == {
        1: "waits_for_last_agent",
        2: "no_capacity",
    }
    named = replace(snapshot, contacts=(contact(1, 10, named_agent=2),))
    told = explain(named, IPTU, NOW, how(queue))
    assert told.candidates[0].reasons[0].code in ("for_named_agent", "no_capacity")
    assert {one.reasons[0].code for one in told.candidates} == {"for_named_agent", "no_capacity"}


def test_the_preview_of_what_the_router_does_not_do():
    settings = how(QueueSettings(IPTU, mode="pull"))
    assert explain(Snapshot(), IPTU, NOW, settings).reasons[0].code == "pull_only"
    assert explain(Snapshot(), 99, NOW, settings).reasons[0].code == "unknown_queue"


def test_a_call_as_the_example_of_the_preview():
    told = explain(
        Snapshot((), (agent(1, load=30),)),
        IPTU,
        NOW,
        how(QueueSettings(IPTU)),
        example=Contact(0, IPTU, 0.0, weight=100),
    )
    assert told.candidates[0].reasons[0].code == "no_capacity"


@pytest.mark.parametrize("wrong", ["mode", "order", "choice", "when_full"])
def test_a_misspelt_word_is_refused(wrong):
    """It must not be taken for another one."""
    with pytest.raises(ValueError, match="longest"):
        QueueSettings(IPTU, **{wrong: "longest"})
    with pytest.raises(ValueError, match="waiting"):
        Overflow(1, "waiting", SAUDE)


def test_every_code_has_a_use():
    codes = {name: value for name, value in vars(reasons).items() if name.isupper()}
    assert len(codes) == len(set(codes.values()))
    folder = Path(reasons.__file__).parent
    text = "".join(
        path.read_text(encoding="utf-8") for path in folder.glob("*.py") if path.stem != "reasons"
    )
    assert [name for name in codes if f"reasons.{name}" not in text] == []


def test_the_benchmark_measures_both_situations():
    found = router.measure(1, 60, 12)
    assert found["offers_free"] > 0 == found["offers_busy"]
    assert min(found["free"], found["busy"], found["explain"]) > 0
