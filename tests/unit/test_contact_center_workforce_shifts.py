"""Shifts: pauses by rule, what became of them, who is there, how many leaders."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_workforce.workforce.shifts import (
    ABSENT,
    DUE,
    GIVEN,
    GIVEN_LATE,
    HERE,
    LATE,
    LEFT,
    MISSING,
    NOT_GIVEN,
    OVER,
    PLANNED,
    REGULATED,
    SNACK,
    TO_COME,
    Break,
    Pause,
    leaders_needed,
    pause_states,
    pauses_by_rule,
    presence,
)

SIX_HOURS = 360.0


@given(st.floats(0, 1_440), st.floats(241, 720), st.integers(0, 200))
def test_no_pause_in_the_first_or_last_hour_none_twice_at_once(start, length, rank):
    end = start + length
    pauses = pauses_by_rule(start, end, rank)
    assert [pause.kind for pause in pauses] == [REGULATED, SNACK, REGULATED]
    assert [pause.minutes for pause in pauses] == [10, 20, 10]
    assert pauses[0].at >= start + 60
    assert pauses[-1].at + pauses[-1].minutes <= end - 60 + 1e-6
    for before, after in pairwise(pauses):
        assert before.at + before.minutes <= after.at + 1e-6


def test_short_shifts_have_one_pause_and_very_short_ones_none():
    assert [pause.kind for pause in pauses_by_rule(0, 240)] == [REGULATED]
    assert pauses_by_rule(0, 125) == []


def test_people_of_one_shift_do_not_all_pause_at_once():
    away = Counter()
    for rank in range(20):
        for pause in pauses_by_rule(0, SIX_HOURS, rank):
            away.update(range(int(pause.at), int(pause.at + pause.minutes)))
    assert max(away.values()) <= 6


@pytest.mark.parametrize(
    ("breaks", "now", "over", "state"),
    [
        ([], 90, False, TO_COME),
        ([], 100, False, DUE),
        ([], 115, False, DUE),
        ([], 116, False, LATE),
        ([], 400, True, NOT_GIVEN),
        ([Break(REGULATED, 95, 105)], 110, False, GIVEN),
        ([Break(REGULATED, 120, 130)], 140, False, GIVEN_LATE),
        ([Break(REGULATED, 101)], 102, False, GIVEN),
        ([Break(REGULATED, 100, 104)], 120, False, LATE),
        ([Break(REGULATED, 100, 104), Break(REGULATED, 110, 120)], 121, False, GIVEN),
        ([Break(SNACK, 100, 120)], 121, False, LATE),
    ],
)
def test_what_became_of_a_pause(breaks, now, over, state):
    assert pause_states([Pause(REGULATED, 100, 10)], breaks, now, over)[0][0] == state


def test_each_break_is_one_pause_only():
    pauses = pauses_by_rule(0, SIX_HOURS)
    breaks = [Break(REGULATED, 80, 90), Break(SNACK, 150, 171)]
    states = [state for state, _at in pause_states(pauses, breaks, 200, False)]
    assert states == [GIVEN, GIVEN, TO_COME]


@pytest.mark.parametrize(
    ("logged", "now", "expected"),
    [
        ([], -10, (PLANNED, None, None)),
        ([], 5, (PLANNED, None, None)),
        ([], 6, (MISSING, None, None)),
        ([], 360, (ABSENT, None, None)),
        ([(12, None)], 20, (HERE, 12, None)),
        ([(-3, None)], -1, (HERE, -3, None)),
        ([(0, 100)], 120, (LEFT, 0, 100)),
        ([(0, 100), (130, None)], 140, (HERE, 0, None)),
        ([(0, 355)], 360, (OVER, 0, 355)),
        ([(0, None)], 365, (OVER, 0, None)),
    ],
)
def test_presence_follows_the_login(logged, now, expected):
    assert presence(0, SIX_HOURS, logged, now) == expected


@pytest.mark.parametrize(
    ("agents", "leaders"),
    [(0, (0, 0)), (1, (1, 1)), (20, (1, 1)), (21, (2, 1)), (300, (15, 1)), (301, (16, 2))],
)
def test_one_supervisor_for_twenty_one_coordinator_for_fifteen(agents, leaders):
    assert leaders_needed(agents) == leaders
