"""Contacts that are shown elsewhere, move, come back, or find no room."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contact_center_distribution.routing import (
    Contact,
    Health,
    OpenOffer,
    Overflow,
    QueueSettings,
    Settings,
    Snapshot,
    admit,
    overflow,
)
from contact_center_distribution.routing.words import (
    CONDITIONS,
    KEEP_PLACE,
    MOVE,
)

NOW = 10_000.0
IPTU, SAUDE, OBRAS = 1, 2, 3


def moves(rule, contact, health=None, **healths):
    """Return what becomes of one contact of the queue IPTU."""
    rules = rule if isinstance(rule, tuple) else (rule,)
    how = Settings({IPTU: QueueSettings(IPTU, overflows=rules), SAUDE: QueueSettings(SAUDE)})
    known = {IPTU: health or Health()} | {int(key[1:]): one for key, one in healths.items()}
    found = overflow(Snapshot((contact,), health=known), NOW, how)
    return [(one.kind, one.target, one.reason.code) for one in found]


def waiting(seconds=0.0, **values):
    return Contact(1, IPTU, NOW - seconds, **values)


@pytest.mark.parametrize(
    ("condition", "above", "calm", "busy", "code"),
    [
        ("estimate", 90, Health(estimate=89.9), Health(estimate=90), "estimate_above"),
        ("answer_speed", 60, Health(answer_speed=59), Health(answer_speed=60),
         "answer_speed_above"),
        ("size", 5, Health(waiting=4), Health(waiting=5), "size_above"),
        ("no_free_agent", 0, Health(free=1), Health(free=0), "nobody_free"),
        ("oldest_wait", 90, Health(oldest_wait=89.9), Health(oldest_wait=90),
         "oldest_wait_above"),
        ("few_agents", 3, Health(agents=3), Health(agents=2), "agents_below"),
        ("closed", 0, Health(), Health(open=False), "queue_closed"),
    ],
)  # fmt: skip
def test_each_condition_has_its_edge(condition, above, calm, busy, code):
    rule = Overflow(7, condition, SAUDE, above)
    assert moves(rule, waiting(), calm) == []
    assert moves(rule, waiting(), busy) == [("show", SAUDE, code)]
    moving = replace(rule, way=MOVE)
    assert moves(moving, waiting(), busy) == [("move", SAUDE, code)]


def test_the_wait_counts_in_this_queue():
    """Or a contact would go on at once, from queue to queue and back."""
    rule = Overflow(7, "wait", SAUDE, 60)
    assert moves(rule, waiting(59)) == []
    assert moves(rule, waiting(60)) == [("show", SAUDE, "wait_above")]
    assert moves(rule, waiting(500, entered=NOW - 10)) == []


def test_no_forecast_and_nobody_answered_are_no_condition():
    assert moves(Overflow(7, "estimate", SAUDE, 1), waiting(500)) == []
    assert moves(Overflow(7, "answer_speed", SAUDE, 1), waiting(500)) == []


def test_what_is_shown_already_is_not_shown_again():
    rule = Overflow(7, "estimate", SAUDE, 100)
    shown = waiting(shown_in=frozenset({SAUDE}))
    assert moves(rule, shown, Health(estimate=120)) == []


@pytest.mark.parametrize(
    ("rule", "still", "calm"),
    [
        (Overflow(7, "estimate", SAUDE, 100), Health(estimate=50), Health(estimate=49)),
        (Overflow(7, "estimate", SAUDE, 100, back_below=80), Health(estimate=80),
         Health(estimate=79)),
        (Overflow(7, "size", SAUDE, 10), Health(waiting=5), Health(waiting=4)),
        (Overflow(7, "no_free_agent", SAUDE), Health(free=2, waiting=3),
         Health(free=3, waiting=3)),
        (Overflow(7, "closed", SAUDE), Health(open=False), Health()),
    ],
)  # fmt: skip
def test_it_comes_back_when_things_are_calm_and_not_before(rule, still, calm):
    shown = waiting(shown_in=frozenset({SAUDE}))
    assert moves(rule, shown, still) == []
    assert moves(rule, shown, calm) == [("withdraw", SAUDE, "calmed_down")]


def test_it_comes_back_when_the_rule_is_gone_or_the_target_closes():
    shown = waiting(shown_in=frozenset({SAUDE}))
    assert moves((), shown) == [("withdraw", SAUDE, "calmed_down")]
    rule = Overflow(7, "wait", SAUDE, 0)
    assert moves(rule, shown, q2=Health(open=False)) == [("withdraw", SAUDE, "calmed_down")]


def test_nothing_goes_to_a_closed_queue():
    rule = Overflow(7, "wait", SAUDE, 0, way=MOVE)
    assert moves(rule, waiting(), q2=Health(open=False)) == []


def test_several_rules_add_their_targets_and_a_move_ends_it():
    first = Overflow(1, "wait", SAUDE, 10)
    second = Overflow(2, "wait", OBRAS, 20)
    assert moves((first, second), waiting(15)) == [("show", SAUDE, "wait_above")]
    assert moves((first, second), waiting(25)) == [
        ("show", SAUDE, "wait_above"),
        ("show", OBRAS, "wait_above"),
    ]
    third = Overflow(3, "wait", OBRAS, 30, way=MOVE)
    assert moves((first, third), waiting(30)) == [("move", OBRAS, "wait_above")]


def test_an_offered_contact_and_one_for_a_named_agent_stay():
    rule = Overflow(7, "wait", SAUDE, 0)
    assert moves(rule, waiting(named_agent=5)) == []
    assert moves(rule, waiting(named_agent=5, named_until=NOW)) != []
    how = Settings({IPTU: QueueSettings(IPTU, overflows=(rule,))})
    snapshot = Snapshot((waiting(),), offers=(OpenOffer(1, 1, 30, NOW + 9),))
    assert overflow(snapshot, NOW, how) == []


def _after(contact, found):
    """Return the contact as the layer above leaves it."""
    for move in found:
        if move.kind == "move":
            return replace(contact, queue=move.target, entered=NOW, shown_in=frozenset())
        change = frozenset({move.target})
        shown = contact.shown_in | change if move.kind == "show" else contact.shown_in - change
        contact = replace(contact, shown_in=shown)
    return contact


_healths = st.builds(
    Health,
    waiting=st.integers(0, 9),
    free=st.integers(0, 9),
    estimate=st.none() | st.floats(0, 200),
    answer_speed=st.none() | st.floats(0, 200),
    open=st.booleans(),
)
_rules = st.builds(
    Overflow,
    id=st.integers(1, 9),
    condition=st.sampled_from(CONDITIONS),
    target=st.sampled_from((IPTU, SAUDE, OBRAS)),
    above=st.floats(1, 200),
    way=st.just(KEEP_PLACE),
)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(_rules, max_size=3).map(tuple),
    st.dictionaries(st.sampled_from((IPTU, SAUDE, OBRAS)), _healths),
    st.frozensets(st.sampled_from((SAUDE, OBRAS))),
    st.floats(0, 300),
)
def test_once_done_nothing_is_left_to_do(rules, health, shown, waited):
    """The same state asks for nothing new: contacts do not come and go by themselves."""
    how = Settings({IPTU: QueueSettings(IPTU, overflows=rules)})
    contact = Contact(1, IPTU, NOW - waited, shown_in=shown)
    found = overflow(Snapshot((contact,), health=health), NOW, how)
    after = _after(contact, found)
    assert after.since == contact.since
    assert IPTU not in after.shown_in
    again = overflow(Snapshot((after,), health=health), NOW, how)
    assert again == []


# Room


def test_there_is_room_until_the_queue_is_full():
    queue = QueueSettings(IPTU, max_waiting=3)
    assert admit(queue, Health(waiting=2)).kind == "accept"
    full = admit(queue, Health(waiting=3))
    assert (full.kind, full.reason.code) == ("message", "size_above")
    assert admit(QueueSettings(IPTU), Health(waiting=3_000)).kind == "accept"


def test_nobody_is_let_in_for_too_long_a_wait():
    queue = QueueSettings(IPTU, max_wait=600, when_full="call_back")
    assert admit(queue, Health(estimate=600)).kind == "accept"
    full = admit(queue, Health(estimate=601))
    assert (full.kind, full.reason.code) == ("call_back", "estimate_above")
    assert admit(queue, Health(estimate=None)).kind == "accept"
    assert admit(queue, Health(oldest_wait=600)).kind == "accept"
    assert admit(queue, Health(oldest_wait=601)).reason.code == "oldest_wait_above"


def test_who_finds_no_room_goes_to_the_other_queue_if_there_is_one():
    queue = QueueSettings(IPTU, max_waiting=1, when_full="overflow", full_target=SAUDE)
    full = admit(queue, Health(waiting=1))
    assert (full.kind, full.target) == ("overflow", SAUDE)
    assert admit(replace(queue, full_target=None), Health(waiting=1)).kind == "message"
