"""The circuit breaker of a GLPI: permission to call after any failures and times."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_connector.rest import breaker
from glpi_connector.rest.breaker import CLOSED, HALF_OPEN, OPEN, THRESHOLD, WAITS, Breaker

NOW = datetime(2026, 11, 20, 13, 0, 0)
chances = st.floats(0, 1)


def opened(now: datetime = NOW) -> Breaker:
    """Return a breaker that has just been opened."""
    value = Breaker()
    for _failure in range(THRESHOLD):
        value = value.failed(now, 0.5)
    return value


def test_some_failures_are_no_outage():
    value = Breaker()
    for _failure in range(THRESHOLD - 1):
        value = value.failed(NOW, 0.5)
        assert value.ask(NOW) == (value, 0)
    assert value.succeeded() == Breaker()


def test_open_lets_nobody_pass_and_then_exactly_one():
    value = opened()
    assert value.state == OPEN
    assert value.ask(NOW)[1] == WAITS[0]
    later = NOW + timedelta(seconds=WAITS[0])
    probing, wait = value.ask(later)
    assert (probing.state, wait) == (HALF_OPEN, 0)
    again, wait = probing.ask(later)
    assert (again, wait > 0) == (probing, True)


def test_lost_probe_is_taken_for_dead():
    probing, _wait = opened().ask(NOW + timedelta(seconds=WAITS[0]))
    assert probing.ask(probing.until)[1] == 0


def test_probe_decides():
    probing, _wait = opened().ask(NOW + timedelta(seconds=WAITS[0]))
    assert probing.succeeded().state == CLOSED
    failed = probing.failed(NOW, 0.5)
    assert (failed.state, failed.until) == (OPEN, NOW + timedelta(seconds=WAITS[1]))


def test_nothing_to_try_lets_the_next_one_pass():
    probing, _wait = opened().ask(NOW + timedelta(seconds=WAITS[0]))
    idle = probing.idle(NOW)
    assert idle.ask(NOW)[1] == 0
    assert Breaker().idle(NOW) == Breaker()


def test_wrong_setup_is_not_asked_for_minutes():
    value = Breaker().failed(NOW, 0, setup=True)
    assert value.ask(NOW)[1] >= breaker.SETUP_WAIT


@given(st.integers(-3, 60), chances)
def test_waits_grow_to_a_limit_and_stay_near_it(tries, chance):
    seconds = breaker.wait(tries, chance)
    assert WAITS[0] * 0.8 - 0.01 <= seconds <= WAITS[-1] * 1.2 + 0.01


@pytest.mark.parametrize("chance", [0, 0.5, 1])
def test_an_hour_away_costs_few_calls(chance):
    now, value, calls = NOW, Breaker(), 0
    while now < NOW + timedelta(hours=1):
        value, seconds = value.ask(now)
        if seconds:
            now += timedelta(seconds=seconds)
            continue
        calls += 1
        value = value.failed(now, chance)
    assert calls < THRESHOLD + len(WAITS) + 3600 / (WAITS[-1] * 0.8)


@given(st.lists(st.tuples(st.sampled_from(["ask", "ok", "failed", "idle"]), chances), max_size=60))
def test_between_two_outcomes_at_most_one_passes_unless_closed(steps):
    now, value, passed = NOW, Breaker(), 0
    for step, chance in steps:
        now += timedelta(seconds=chance * 10)
        if step == "ask":
            closed = value.state == CLOSED
            value, seconds = value.ask(now)
            passed = 0 if closed else passed + (seconds == 0)
            assert passed <= 1 or now >= NOW + timedelta(seconds=breaker.PROBE_SECONDS)
        else:
            passed = 0
            value = {
                "ok": value.succeeded,
                "failed": lambda value=value, now=now, chance=chance: value.failed(now, chance),
                "idle": lambda value=value, now=now: value.idle(now),
            }[step]()
