"""The text about a transfer is true, whether anybody is there or not."""

from itertools import product

import pytest

from contact_center.core import transfer

BOTH = (True, False)


@pytest.mark.parametrize(("is_open", "online", "pausing"), list(product(BOTH, BOTH, BOTH)))
def test_nobody_is_promised_a_person_who_is_not_there(is_open, online, pausing):
    reasons = transfer.absence(is_open, online, pausing)
    said = transfer.said_to_person(reasons)
    there = online and not pausing
    assert (said == "agent_joined") == there
    assert (not reasons) == (there and is_open)
    if not there:
        assert (said == "transferred_closed") == (not is_open)


@pytest.mark.parametrize(("is_open", "available"), list(product(BOTH, BOTH)))
def test_a_queue_is_only_said_to_answer_when_it_can(is_open, available):
    said = transfer.said_to_queue(is_open, available)
    assert (said == "transferred") == (is_open and available)
    assert (said == "transferred_closed") == (not is_open)
