"""Help from other queues, and what is said about it all."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import router
from contact_center_distribution.routing import (
    Agent,
    Contact,
    Loan,
    Membership,
    Overflow,
    QueueSettings,
    Settings,
    Snapshot,
    explain,
    match,
    reasons,
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
