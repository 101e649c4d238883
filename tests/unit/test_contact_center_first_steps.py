"""How far the first steps are, for any outcome of their checks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import first_steps
from contact_center.core.first_steps import DONE, LEVELS, PROBLEM, SKIPPED, TODO

STATES = (DONE, TODO, PROBLEM, SKIPPED)
levels = st.lists(st.sampled_from(LEVELS))


@given(levels, st.booleans())
def test_a_step_is_done_when_nothing_is_left_or_wrong_whatever_was_said(found, skipped):
    state = first_steps.state_of(found, skipped)
    assert (state == DONE) == (not {TODO, PROBLEM} & set(found))
    if state != DONE:
        assert state == (SKIPPED if skipped else PROBLEM if PROBLEM in found else TODO)


def test_a_level_that_does_not_exist_is_a_mistake():
    with pytest.raises(ValueError, match="wrong"):
        first_steps.state_of(["wrong"])


@given(st.dictionaries(st.text(min_size=1), st.sampled_from(STATES)))
def test_the_next_step_is_the_first_open_one_and_the_bar_is_full_without_one(states):
    found = first_steps.progress(states)
    open_ones = [key for key, state in states.items() if state in (TODO, PROBLEM)]
    assert found["next"] == (open_ones[0] if open_ones else "")
    assert found["done"] + len(open_ones) == found["total"] == len(states)
    assert 0 <= found["percent"] <= 100
    assert (found["percent"] == 100) == (not open_ones)
