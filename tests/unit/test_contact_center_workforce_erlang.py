"""Erlang B, C and A against reference values; the search for the number of agents."""

import itertools
import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contact_center_workforce.workforce import (
    Goal,
    Load,
    agents_needed,
    erlang_a,
    erlang_b,
    erlang_c,
    from_report,
    mean_patience,
    rostered,
    waiting_share,
)

# contacts/h, handling, patience, agents; C: waiting, level in 20 s, wait;
# A: waiting, abandoned, wait of all, level in 20 s of all, occupancy
REFERENCES = (
    ((2880, 60, 120, 50), (0.6945, None, 20.83), (0.4678, 0.0309, 3.71, 0.9430, 0.9303)),
    ((300, 199, 350, 18), (0.6499, 0.4364, 91.29), (0.4424, 0.0506, 17.72, 0.6892, 0.8747)),
    ((500, 199, 350, 30), (0.5633, 0.5557, 47.48), (0.3929, 0.0333, 11.67, 0.7642, 0.8906)),
    ((700, 199, 350, 42), (0.4996, 0.6417, 30.07), (0.3557, 0.0246, 8.59, 0.8156, 0.8987)),
    ((700, 262, 350, 52), (0.8328, 0.2316, 206.7), (0.4903, 0.0425, 14.86, 0.6943, 0.9381)),
    ((120, 180, 350, 5), None, (0.7994, 0.2274, 79.60, 0.2647, 0.9271)),
)


@pytest.mark.parametrize(("given_", "patient", "impatient"), REFERENCES)
def test_the_reference_table_holds_to_the_printed_digit(given_, patient, impatient):
    per_hour, handling, patience, agents = given_
    load = Load(per_hour, handling, patience)
    service = erlang_c(load, agents, 20)
    if patient is None:
        assert service.level == 0 and math.isinf(service.wait)
    else:
        waiting, level, wait = patient
        assert service.waiting == pytest.approx(waiting, abs=5.1e-5)
        assert level is None or service.level == pytest.approx(level, abs=5.1e-5)
        assert service.wait == pytest.approx(wait, rel=5e-4)
    service = erlang_a(load, agents, 20)
    waiting, abandoned, wait, level, occupancy = impatient
    assert service.waiting == pytest.approx(waiting, abs=5.1e-5)
    assert service.abandoned == pytest.approx(abandoned, abs=5.1e-5)
    assert service.wait == pytest.approx(wait, abs=5.1e-3)
    assert service.level == pytest.approx(level, abs=5.1e-5)
    assert service.occupancy == pytest.approx(occupancy, abs=5.1e-5)


@pytest.mark.parametrize(
    ("erlangs", "agents", "waiting"),
    [(10, 11, 0.682118), (10, 13, 0.285270), (10, 14, 0.174132), (100, 108, 0.328330)],
)
def test_points_of_erlang_c(erlangs, agents, waiting):
    assert waiting_share(agents, erlangs) == pytest.approx(waiting, abs=5.1e-7)


def test_erlang_b_is_the_sum_it_abbreviates():
    for erlangs, agents in itertools.product((0.5, 7.0, 30.0), (1, 8, 35)):
        terms = [erlangs**count / math.factorial(count) for count in range(agents + 1)]
        assert erlang_b(agents, erlangs) == pytest.approx(terms[-1] / math.fsum(terms))


def _beta_share(first, second, at):
    """Return the beta distribution's distribution function, as the integral it is."""
    steps = 4_000
    points = [(step + 0.5) * at / steps for step in range(steps)]
    area = at / steps * math.fsum(x ** (first - 1) * (1 - x) ** (second - 1) for x in points)
    return area * math.exp(math.lgamma(first + second) - math.lgamma(first) - math.lgamma(second))


def test_the_level_agrees_with_the_long_way():
    """Each state by the birth-death process, each wait by its own beta distribution."""
    agents, goal = 5, 20
    shape, at = agents * 350 / 180, math.exp(-goal / 350)
    weights = [1.0]
    for number in range(1, 60):
        rate = min(number, agents) / 180 + max(number - agents, 0) / 350
        weights.append(weights[-1] * (120 / 3600) / rate)
    shares = [weight / math.fsum(weights) for weight in weights]
    level = math.fsum(shares[:agents])
    for number, share in enumerate(shares[agents:], start=1):
        within = _beta_share(number, shape + 1, 1 - at)
        level += share * shape / (shape + number) * within
    assert erlang_a(Load(120, 180, 350), agents, goal).level == pytest.approx(level, abs=1e-6)


loads = st.builds(
    Load,
    per_hour=st.floats(1, 3_000),
    handling=st.floats(20, 900),
    patience=st.floats(15, 3_000),
)


@settings(max_examples=300, deadline=None)
@given(loads, st.integers(1, 300), st.floats(0, 600))
def test_figures_are_shares_and_agree_with_each_other(load, agents, goal):
    service = erlang_a(load, agents, goal)
    for share in (service.waiting, service.abandoned, service.level, service.occupancy):
        assert -1e-9 <= share <= 1 + 1e-9
    assert service.level <= 1 - service.abandoned + 1e-9
    assert service.queue == pytest.approx(service.wait * load.per_hour / 3600)
    assert service.abandoned * load.patience == pytest.approx(service.wait, abs=1e-6)
    assert 1 - service.waiting <= service.level + 1e-9


@settings(max_examples=200, deadline=None)
@given(loads, st.integers(1, 200))
def test_one_agent_more_never_makes_it_worse(load, agents):
    few, many = (erlang_a(load, count, 20) for count in (agents, agents + 1))
    assert many.level >= few.level - 1e-9
    assert many.abandoned <= few.abandoned + 1e-9
    assert many.occupancy <= few.occupancy + 1e-9


def test_never_one_agent_too_many_in_three_thousand_cases():
    rnd = random.Random(15)
    for _case in range(3_000):
        load = Load(rnd.uniform(5, 900), rnd.uniform(60, 400), rnd.uniform(60, 900))
        goal = Goal(rnd.choice((10, 20, 60)), rnd.uniform(0.5, 0.98))
        formula = rnd.choice((erlang_a, erlang_c))
        agents = agents_needed(load, goal, formula)
        assert goal.met(formula(load, agents, goal.seconds))
        assert agents == 1 or not goal.met(formula(load, agents - 1, goal.seconds))


def test_nothing_that_comes_needs_nobody_and_the_impossible_is_said():
    assert agents_needed(Load(0, 200, 350), Goal(20, 0.8)) == 0
    assert agents_needed(Load(100, 200, 350), Goal(20, 1.01)) is None


def test_shrinkage_adds_people():
    assert rostered(10, 0.2) == 13
    assert rostered(8, 0.2) == 10
    assert rostered(0, 0.5) == 0
    with pytest.raises(ValueError, match="leaves nobody"):
        rostered(8, 1.0)


def test_patience_is_all_waiting_per_person_who_gave_up():
    # A month of the city: 149,806 received, 5,550 abandoned, mean wait 12 s
    assert from_report(12, 149_806, 5_550) == pytest.approx(323.9, abs=0.1)
    assert mean_patience(500.0, 3) == 350.0


def test_patience_of_erlang_a_is_found_again():
    service = erlang_a(Load(120, 180, 222), 5, 20)
    assert from_report(service.wait, 100_000, round(100_000 * service.abandoned)) == pytest.approx(
        222, rel=1e-3
    )
