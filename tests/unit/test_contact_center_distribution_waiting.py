"""The estimated wait: its formula, what it learns, how right it is on days.

The days are simulated.
"""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_distribution.routing import (
    Agent,
    Contact,
    Correction,
    Forecast,
    Forecaster,
    Loan,
    Membership,
    OpenOffer,
    QueueSettings,
    Settings,
    Snapshot,
    Told,
    Traffic,
    agent_share,
    balanced,
    estimate,
    mean_patience,
    shrunk_mean,
    tell,
)
from contact_center_distribution.routing.waiting import BANDS, NORMAL, SHARES, gamma_quantile

from .distribution_days import Centre, error, play_days

ONE = frozenset((0,))
NOW = 1_000.0


# The formula


def test_without_people_who_give_up_it_is_the_place_times_the_pace():
    assert estimate(Traffic(4, 10, 200)).seconds == pytest.approx(5 * 200 / 10)


def test_with_people_who_give_up_each_place_has_its_pace():
    """Three ahead, 2 agents, 100 s of service, 300 s of patience: by hand."""
    expected = sum(1 / (2 / 100 + place / 300) for place in range(4))
    assert estimate(Traffic(3, 2, 100, 300)).seconds == pytest.approx(expected)


def test_no_agents_no_forecast():
    assert estimate(Traffic(3, 0, 100)) is None
    assert estimate(Traffic(0, -1, 100)) is None
    assert estimate(Traffic(3, 2, 0)) is None


def test_somebody_free_means_no_wait():
    assert estimate(Traffic(0, 2, 100, free=True)) == Forecast(0.0, 0, 0)
    assert estimate(Traffic(1, 2, 100, free=True)).seconds > 0


@given(st.integers(0, 200), st.floats(0.1, 200), st.floats(10, 2_000), st.floats(30, 5_000))
def test_sensible_for_all_figures(ahead, agents, service, patience):
    forecast = estimate(Traffic(ahead, agents, service, patience))
    assert 1 <= forecast.low <= forecast.high
    assert forecast.basis == tuple(sorted(forecast.basis))
    assert estimate(Traffic(ahead + 1, agents, service, patience)).seconds > forecast.seconds
    assert estimate(Traffic(ahead, agents + 1, service, patience)).seconds < forecast.seconds
    assert estimate(Traffic(ahead, agents, service)).seconds >= forecast.seconds


@pytest.mark.parametrize("shape", [1, 2, 5, 20])
def test_the_range_is_that_of_the_sum_of_the_places(shape):
    """Against a hundred thousand drawn sums of exponential times."""
    rnd = random.Random(shape)
    drawn = sorted(rnd.gammavariate(shape, 1 / shape) for _draw in range(100_000))
    for share, normal in zip(SHARES, NORMAL, strict=True):
        exact = drawn[int(share * len(drawn))]
        assert gamma_quantile(shape, normal) == pytest.approx(exact, abs=0.03)


def test_minutes_are_rounded_up():
    forecast = estimate(Traffic(20, 10, 60))
    low, _middle, high = forecast.basis
    assert (forecast.low, forecast.high) == (math.ceil(low / 60), math.ceil(high / 60))
    assert estimate(Traffic(0, 50, 60)).high == 1


# What is told


def test_a_longer_time_is_told_once_at_most():
    told = tell(Forecast(0, 2, 4))
    assert told == Told(2, 4)
    told = tell(Forecast(0, 3, 6), told)
    assert told == Told(3, 6, 1)
    assert tell(Forecast(0, 9, 12), told) == told
    told = tell(Forecast(0, 1, 3), told)
    assert told == Told(1, 3, 1)
    assert tell(Forecast(0, 2, 4), told) == told


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 9)), min_size=1))
def test_whatever_is_forecast_it_grows_once_at_most(ranges):
    told, grown = None, 0
    for low, width in ranges:
        now = tell(Forecast(0.0, low, low + width), told)
        grown += bool(told) and now.high > told.high
        assert now.low <= now.high
        told = now
    assert grown == told.longer <= 1


# What it is made of


def test_the_mean_is_drawn_to_the_usual_one():
    assert shrunk_mean(0, 0, 200) == 200
    assert shrunk_mean(100 * 300, 100, 200, strength=100) == 250
    assert shrunk_mean(10_000 * 300, 10_000, 200) == pytest.approx(300, rel=0.01)


def test_patience_is_waiting_time_by_those_who_gave_up():
    assert mean_patience(0, 0) == 350
    assert mean_patience(400 * 1_000, 1_000, strength=0) == 400
    assert mean_patience(1_000_000, 2_000) == pytest.approx(500, rel=0.01)


def test_an_agents_part_by_what_was_done_in_the_last_hour():
    assert agent_share(0, 0, 4) == 0.25
    assert agent_share(3_600, 3_600, 1) == 1.0
    assert agent_share(2_400, 2_400, 2) == pytest.approx(0.9)
    assert agent_share(0, 2_400, 2) == pytest.approx(0.1)


def test_shared_agents_go_where_the_wait_is_longer():
    groups = {frozenset((1,)): 4, frozenset((1, 2)): 4, frozenset((2,)): 4}
    assert balanced(groups, {1: 9, 2: 9}) == {1: pytest.approx(6), 2: pytest.approx(6)}
    assert balanced(groups, {1: 9, 2: 0}) == {1: pytest.approx(8), 2: pytest.approx(4)}
    parts = balanced(groups, {1: 7, 2: 5})
    # Seven and five contacts in equal time
    assert parts == {1: pytest.approx(7, rel=0.02), 2: pytest.approx(5, rel=0.03)}
    assert balanced({}, {1: 3}) == {}
    assert balanced({frozenset(): 2}, {1: 3}) == {}


@given(
    st.dictionaries(st.frozensets(st.integers(1, 5), min_size=1), st.integers(1, 20), max_size=6),
    st.dictionaries(st.integers(1, 5), st.integers(0, 50)),
)
def test_no_agent_is_counted_twice_or_lost(groups, waiting):
    parts = balanced(groups, waiting)
    assert sum(parts.values()) == pytest.approx(sum(groups.values()))
    assert all(value >= 0 for value in parts.values())


# From the snapshot


HOW = Settings({queue: QueueSettings(queue) for queue in (1, 2)})


def member(number, *queues, **values):
    return Agent(number, {queue: Membership() for queue in queues}, **values)


def waiting(number, waited, queue=1, **values):
    return Contact(number, queue, NOW - waited, **values)


def traffic(snapshot, queue=1, how=HOW, **values):
    return Forecaster(snapshot, NOW, how).traffic(queue, 100.0, **values)


def test_those_ahead_are_those_the_router_looks_at_first():
    contacts = (waiting(1, 50), waiting(2, 40), waiting(3, 30), waiting(4, 99, queue=2))
    snapshot = Snapshot(contacts, (member(1, 1),), (OpenOffer(1, 9, 30, NOW),))
    assert traffic(snapshot).ahead == 2
    assert traffic(snapshot, contact=contacts[2]).ahead == 1
    assert traffic(snapshot, contact=contacts[1]).ahead == 0
    by_priority = Settings({1: QueueSettings(1, order="priority")})
    urgent = Contact(-1, 1, NOW, priority=1)
    assert traffic(snapshot, how=by_priority, contact=urgent).ahead == 0


def test_agents_count_by_the_contacts_that_they_serve_at_a_time():
    agents = (member(1, 1), member(2, 1, capacity=50), member(3, 2), member(4, 1, barred="pause"))
    assert traffic(Snapshot((), agents)).agents == 3 + 1
    call = Contact(-1, 1, NOW, weight=100)
    assert traffic(Snapshot((), agents), contact=call).agents == 1


def test_lent_agents_count_for_the_borrower():
    loans = (Loan(1, 1, 2, frozenset((1,)), 0.0),)
    lent = Snapshot((waiting(1, 5),), (member(1, 2),), (), loans)
    assert traffic(lent).agents == pytest.approx(3, abs=0.1)
    assert traffic(Snapshot((waiting(1, 5),), (member(1, 2),))).agents == 0


def test_who_is_free_now():
    assert traffic(Snapshot((), (member(1, 1),))).free
    full = Snapshot((), (member(1, 1, load=80),))
    assert not traffic(full).free
    offered = Snapshot((), (member(1, 1, capacity=30),), (OpenOffer(9, 1, 30, NOW),))
    assert not traffic(offered).free


# What it learns


def test_it_learns_that_people_wait_longer_and_forgets_again():
    correction = Correction()
    plain = estimate(Traffic(4, 10, 200))
    for _contact in range(600):
        correction = correction.learn(4, plain.basis, plain.seconds * 1.5)
    assert estimate(Traffic(4, 10, 200), correction).seconds > plain.seconds * 1.3
    # Other bands know nothing of it
    assert estimate(Traffic(0, 10, 200), correction) == estimate(Traffic(0, 10, 200))
    for _contact in range(600):
        correction = correction.learn(4, plain.basis, plain.seconds)
    assert estimate(Traffic(4, 10, 200), correction).seconds < plain.seconds * 1.2


def test_factors_stay_within_bounds():
    correction = Correction()
    for _contact in range(3_000):
        correction = correction.learn(0, (10.0, 20.0, 30.0), 9_999.0)
    assert correction.of(0) == (2.0, 2.0, 2.0)
    assert Correction().learn(0, (0.0, 0.0, 0.0), 50.0) == Correction()


def test_those_who_gave_up_are_made_up_for():
    """Only the patient are seen; their waits alone would teach that waits are short."""
    rnd = random.Random(5)
    made_up, naive = Correction(), Correction()
    basis = tuple(100.0 * gamma_quantile(1, normal) for normal in NORMAL)
    for _contact in range(6_000):
        waited = rnd.expovariate(1 / 100)
        if waited <= rnd.expovariate(1 / 100):
            made_up = made_up.learn(0, basis, waited, 100.0)
            naive = naive.learn(0, basis, waited)
    assert made_up.of(0)[1] == pytest.approx(1.0, abs=0.15)
    assert naive.of(0)[1] < 0.65


def test_what_was_learned_can_be_kept():
    learned = Correction().learn(3, (1.0, 2.0, 3.0), 9.0)
    assert Correction.from_json(learned.to_json()) == learned
    assert len(learned.to_json()) == len(BANDS) + 1
    assert Correction.from_json(None) == Correction.from_json([[1, 1, 1]]) == Correction()


# How right it is


@pytest.mark.parametrize(
    ("seed", "peak", "handling", "patience", "agents"),
    [(1, 700, 199, 350, 38), (2, 700, 199, 350, 32), (3, 500, 262, 370, 22)],
    ids=["38 agents", "32 agents", "22 agents"],
)
def test_right_on_days_of_three_kinds(seed, peak, handling, patience, agents):
    waits = play_days(seed, 3, Centre((peak,), handling, patience, (ONE,) * agents))
    rmse, bias = error(waits)
    assert len(waits) > 1_500
    assert rmse <= 0.35
    assert abs(bias) <= 0.10
    # What is learned and measured on the way costs little
    assert rmse <= 1.08 * error(waits, ideal=True)[0]
    close = sum(
        abs(one.forecast.seconds - one.waited) <= max(30, 0.25 * one.waited) for one in waits
    )
    assert close >= 0.75 * len(waits)


def test_right_where_agents_share_two_queues():
    shared = (frozenset((0,)),) * 11 + (frozenset((1,)),) * 11 + (frozenset((0, 1)),) * 10
    waits = play_days(4, 6, Centre((400, 300), 199, 350, shared))
    assert error(waits)[0] <= 0.40
    for queue in (0, 1):
        _rmse, bias = error([one for one in waits if one.queue == queue])
        assert abs(bias) <= 0.10


def test_the_range_holds_what_it_says():
    """A quarter waits at most the low end, four of five at most the high one (in seconds)."""
    waits = play_days(2, 3, Centre((700,), 199, 350, (ONE,) * 32))
    for share, place in ((0.25, 0), (0.8, 2)):
        within = sum(one.waited <= one.forecast.basis[place] for one in waits)
        assert within / len(waits) == pytest.approx(share, abs=0.06)
