"""Bands of indicators: each edge, a ten-thousandth to both sides, no hole between."""

import doctest
import importlib
import pkgutil
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_indicator import measure
from contact_center_indicator.measure import (
    DEFAULT,
    FOURTEEN,
    INDICATORS,
    PRINTED,
    SWITCHES,
    Bands,
    Figure,
    Goal,
    Reading,
    Tally,
    WrongBands,
    WrongReading,
    cents,
    exact,
    handling_goal,
    judge,
    shown,
)

STEP = Fraction(1, 10_000)
MET, LOW, MEDIUM, HIGH = "met", "low", "medium", "high"
# (code, edge, band a ten-thousandth below it, at it, above it)
EDGES = [
    ("INS", "80", LOW, MET, MET),
    ("INS", "70", MEDIUM, LOW, LOW),
    ("INS", "60", HIGH, MEDIUM, MEDIUM),
    ("IAL", "4", MET, MET, LOW),
    ("IAL", "5", LOW, MEDIUM, MEDIUM),
    ("IAL", "6", MEDIUM, HIGH, HIGH),
    ("TME", "20", MET, MET, LOW),
    ("TME", "21", LOW, LOW, LOW),
    ("TME", "30", LOW, MEDIUM, MEDIUM),
    ("TME", "31", MEDIUM, MEDIUM, MEDIUM),
    ("TME", "35", MEDIUM, HIGH, HIGH),
    ("IQA", "90", LOW, MET, MET),
    ("IQA", "85", MEDIUM, LOW, LOW),
    ("IQA", "80", HIGH, MEDIUM, MEDIUM),
    ("ITO", "5", MET, MET, LOW),
    ("ITO", "6", LOW, MEDIUM, MEDIUM),
    ("ITO", "7", MEDIUM, HIGH, HIGH),
    ("IAR", "100", LOW, MET, MET),
    ("IAR", "90", MEDIUM, LOW, LOW),
    ("IAR", "80", HIGH, MEDIUM, MEDIUM),
    ("TMA", "100", MET, MET, LOW),
    ("TMA", "110", LOW, MEDIUM, MEDIUM),
    ("TMA", "120", MEDIUM, HIGH, HIGH),
    ("IPS", "90", LOW, MET, MET),
    ("IPS", "80", MEDIUM, LOW, LOW),
    ("IPS", "70", HIGH, MEDIUM, MEDIUM),
]
COUNTS = [(0, MET), (1, LOW), (5, LOW), (6, MEDIUM), (10, MEDIUM), (11, HIGH), (400, HIGH)]


def test_examples_in_the_docstrings():
    for module in pkgutil.iter_modules(measure.__path__, f"{measure.__name__}."):
        assert not doctest.testmod(importlib.import_module(module.name)).failed, module.name


@pytest.mark.parametrize(("code", "edge", "below", "at", "above"), EDGES)
def test_each_edge_and_a_ten_thousandth_beside_it(code, edge, below, at, above):
    bands = PRINTED[code]
    assert bands.band(exact(edge) - STEP) == below
    assert bands.band(exact(edge)) == at
    assert bands.band(exact(edge) + STEP) == above


@pytest.mark.parametrize("code", ["IMN", "IRM"])
@pytest.mark.parametrize(("count", "band"), COUNTS)
def test_counts_of_news_and_complaints(code, count, band):
    assert PRINTED[code].band(Fraction(count)) == band


@given(
    st.sampled_from(sorted(PRINTED)),
    st.lists(st.fractions(min_value=-5, max_value=500), min_size=2, max_size=30),
)
def test_bands_cover_the_line_in_order(code, values):
    """Whatever the value, it is in one band, and a worse value is never in a better one."""
    bands, order = PRINTED[code], (MET, LOW, MEDIUM, HIGH)
    worse_last = sorted(values, reverse=INDICATORS[code].better == "up")
    places = [order.index(bands.band(value)) for value in worse_last]
    assert places == sorted(places)


def test_a_value_is_not_rounded_before_it_is_compared():
    """4.004 % is shown as the goal, and still misses it."""
    value = INDICATORS["IAL"].value(4_004, 100_000)
    assert shown(value) == "4,00"
    assert PRINTED["IAL"].band(value) == LOW


@pytest.mark.parametrize("code", ["IAL", "ITO", "TMA", "TME"])
def test_the_goal_itself_misses_if_the_parties_read_it_so(code):
    bands = PRINTED[code]
    assert bands.band(bands.goal, Reading({"goal_edge": "misses"})) == LOW
    assert bands.band(bands.goal - STEP, Reading({"goal_edge": "misses"})) == MET


@pytest.mark.parametrize(
    ("value", "band"),
    [("20", "no_band"), ("20.9999", "no_band"), ("21", LOW), ("29.9999", LOW)]
    + [("30", "no_band"), ("30.9999", "no_band"), ("31", MEDIUM), ("34.9999", MEDIUM), ("35", HIGH)]
    + [("19.9999", MET)],
)
def test_bands_of_the_wait_as_printed(value, band):
    reading = Reading({"band_gaps": "printed", "goal_edge": "misses"})
    assert PRINTED["TME"].band(exact(value), reading, gaps=True) == band


def _judged(code, numerator, denominator, reading=DEFAULT, **more):
    value = INDICATORS[code].value(numerator, denominator)
    figure = Figure(value, value, value, 1, Tally(numerator, denominator))
    goal = Goal(None, PRINTED[code]) if code in PRINTED else None
    return judge(INDICATORS[code], figure, goal, reading, **more)


def test_registered_contacts_are_not_fined_until_that_is_confirmed():
    open_question = _judged("IAR", 89, 100)
    assert (open_question.band, open_question.fine) == (MEDIUM, None)
    assert open_question.why
    confirmed = _judged("IAR", 89, 100, Reading({"registration_fined": "mirrored"}))
    assert confirmed.fine.percent == 1


def test_handling_time_is_a_percentage_of_its_goal():
    goal = handling_goal([Fraction(180), Fraction(170), Fraction(190), Fraction(999)])
    assert goal == 180
    assert _judged("TMA", 180_000_000, 1, handling=goal).band == MET
    assert _judged("TMA", 180_000_001, 1, handling=goal).band == LOW
    assert _judged("TMA", 198_000_000, 1, handling=goal).band == MEDIUM
    assert _judged("TMA", 216_000_000, 1, handling=goal).band == HIGH
    shorter = Reading({"handling_direction": "shorter"})
    assert _judged("TMA", 216_000_000, 1, shorter, handling=goal).band == MET
    assert _judged("TMA", 161_999_999, 1, shorter, handling=goal).band == MEDIUM


@pytest.mark.parametrize("months", [[], [Fraction(1)], [Fraction(1), None, Fraction(3)]])
def test_handling_time_is_not_judged_before_there_are_three_months(months):
    assert handling_goal(months) is None
    assert _judged("TMA", 900_000_000, 1).fine is None


def test_a_month_without_data_is_not_judged():
    assert _judged("INS", 0, 0).band == ""
    assert _judged("IPE", 9, 10).fine is None


def test_bands_out_of_order_are_refused():
    for limits in (("4", "6", "5"), ("4", "4", "6"), ("80", "70", "60")):
        with pytest.raises(WrongBands):
            Bands.of(*limits, "down")


def test_there_are_fourteen_indicators_and_twenty_two_readings():
    assert [INDICATORS[code].number for code in FOURTEEN] == [f"K{i}" for i in range(1, 15)]
    numbers = {switch.number for switch in SWITCHES.values()}
    # And one formula that the contract does not print: the turnover's
    assert numbers == {f"C{i}" for i in range(1, 23)} | {"K7"}
    for indicator in INDICATORS.values():
        assert indicator.words and indicator.example


def test_unknown_answers_are_refused():
    for answers in ({"no_such": "x"}, {"cut_month": "no such"}):
        with pytest.raises(WrongReading):
            Reading(answers)


def test_floats_are_refused_and_half_a_cent_goes_up():
    with pytest.raises(TypeError):
        exact(0.1)
    assert str(cents(Fraction(5, 1000))) == "0.01"
    assert str(cents(Fraction(-5, 1000))) == "-0.01"
    assert str(cents(Fraction(4999, 1_000_000))) == "0.00"
