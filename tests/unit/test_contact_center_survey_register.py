# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from itertools import product

import pytest

from contact_center.core import lifecycle, survey_register
from contact_center.core.survey_register import at_the_end, why_refused

OUTCOMES = ("resolved", "self_service", "abandoned", "expired", "failed")


@pytest.mark.parametrize(
    ("refusal", "why"),
    [("", "message"), ("opted_out", "opted_out"), ("window", "window"), ("served", "other")],
)
def test_why_it_could_not_be_asked(refusal, why):
    assert why_refused(refusal) == why


def test_every_answered_contact_is_registered():
    cases = product(
        set(lifecycle.STATES) - {lifecycle.CLOSED},
        (False, True),
        (False, True),
        ("", "opted_out"),
        OUTCOMES,
    )
    for state, rated, asks, refused, outcome in cases:
        result, why = at_the_end(state, rated, True, asks, refused, outcome)
        assert result in (
            survey_register.ANSWERED,
            survey_register.UNANSWERED,
            survey_register.NOT_ASKED,
        )
        # A reason stands exactly where nobody was asked.
        assert bool(why) == (result == survey_register.NOT_ASKED)


def test_contacts_that_nobody_answered_are_left_out_unless_the_bot_asked():
    for state in (lifecycle.BOT, lifecycle.QUEUED):
        assert at_the_end(state, False, False, True, "", "abandoned") == ("", "")
    assert at_the_end(lifecycle.SURVEY, True, False, False, "", "self_service")[0] == "answered"


@pytest.mark.parametrize(
    ("asks", "refused", "outcome", "why"),
    [
        (False, "", "resolved", "queue"),
        (True, "", "abandoned", "left"),
        (True, "", "expired", "silence"),
        (True, "window", "expired", "window"),
        (True, "", "failed", "other"),
    ],
)
def test_why_it_was_not_asked(asks, refused, outcome, why):
    assert at_the_end("in_service", False, True, asks, refused, outcome) == ("not_asked", why)
