"""A conversation's states and moves, hours in words, the purity of the core."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import hours, lifecycle, values

ADDONS = Path(__file__).parents[2] / "addons"


@given(st.sampled_from(lifecycle.STATES), st.sampled_from(lifecycle.STATES))
def test_moves_are_allowed_or_refused_in_words(old, new):
    if new in lifecycle.TRANSITIONS[old]:
        lifecycle.check_transition(old, new)
    else:
        with pytest.raises(lifecycle.LifecycleError, match=f"{old} to {new}"):
            lifecycle.check_transition(old, new)


@pytest.mark.parametrize("state", lifecycle.STATES[:-1])
def test_every_state_can_end(state):
    lifecycle.check_transition(state, lifecycle.CLOSED)


def test_closed_is_the_end():
    assert lifecycle.TRANSITIONS[lifecycle.CLOSED] == frozenset()
    with pytest.raises(lifecycle.LifecycleError):
        lifecycle.check_transition("nowhere", lifecycle.CLOSED)


PORTUGUESE = {
    entry.msgid: entry.msgstr
    for entry in polib.pofile(str(ADDONS / "contact_center/i18n/pt_BR.po"))
    if any("core/hours.py" in place for place, _line in entry.occurrences)
}


def portuguese(text, **values):
    return PORTUGUESE[text] % values


def english(text, **values):
    return text % values


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),
    st.timedeltas(timedelta(0), timedelta(days=90)),
)
def test_opening_is_said_in_words(now, wait):
    opening = now + wait
    text = hours.opening_text(now, opening, portuguese)
    assert hours.clock_text(opening, portuguese) in text
    days = (opening.date() - now.date()).days
    if days > 1:
        assert f"{opening:%d/%m}" in text
    else:
        assert text.startswith(("hoje", "amanhã")[days])


@pytest.mark.parametrize(
    ("opening", "in_portuguese", "in_english"),
    [
        (datetime(2026, 11, 20, 19), "hoje às 19h", "today at 19:00"),
        (datetime(2026, 11, 21, 1), "amanhã à 1h", "tomorrow at 1:00"),
        (datetime(2026, 11, 21, 1, 5), "amanhã à 1h05", "tomorrow at 1:05"),
        (datetime(2026, 11, 23, 7), "segunda-feira, 23/11, às 7h", "Monday, 11/23, at 7:00"),
        (
            datetime(2027, 1, 4, 7, 30),
            "segunda-feira, 04/01/2027, às 7h30",
            "Monday, 01/04/2027, at 7:30",
        ),
        (None, "em breve", "soon"),
    ],
)
def test_opening_texts(opening, in_portuguese, in_english):
    friday = datetime(2026, 11, 20, 18)
    assert hours.opening_text(friday, opening, portuguese) == in_portuguese
    assert hours.opening_text(friday, opening, english) == in_english


def test_a_holiday_in_between_is_said():
    friday, tuesday = datetime(2026, 11, 20, 18), datetime(2026, 11, 24, 7)
    assert (
        hours.opening_text(friday, tuesday, portuguese, after_holiday=True)
        == "terça-feira, 24/11, às 7h, depois do feriado"
    )


def test_two_deliveries_of_a_message_are_equal():
    first = values.Incoming(kind="text", text="oi", external_id="1", raw={"try": 1})
    second = values.Incoming(kind="text", text="oi", external_id="1", raw={"try": 2})
    assert first == second
    assert hash(values.Option("a", "A")) == hash(values.Option("a", "A"))


@pytest.mark.parametrize(
    "name", ["hours", "lifecycle", "placeholders", "protocol", "survey", "values"]
)
def test_core_needs_no_odoo(name):
    code = (
        f"import sys, contact_center.core.{name}; "
        "sys.exit(any(module.split('.')[0] == 'odoo' for module in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": str(ADDONS)})
