# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A month of days that are known by their averages."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from contact_center_indicator.measure import (
    DEFAULT,
    INDICATORS,
    Averages,
    Reading,
    Tally,
    days_of_month,
    exact,
    goal_on,
    judge,
    judge_such_days,
    month_figure,
    unsaid,
)
from contact_center_indicator.measure.expected import BY_AVERAGES, tallies_of

MONTH = date(2026, 11, 1)
DAYS = days_of_month(2026, 11)


def judged(queues, reading=DEFAULT, days=DAYS, services=None, handling=None):
    services = services or {}
    found = judge_such_days(queues, MONTH, days, services, {}, lambda _queue: handling, reading)
    return {(code, queue): one for code, queue, one in found}


@given(st.integers(1, 400), st.data())
def test_averages_are_judged_as_measured(offered, data):
    """Counts of a day, and the averages of the same day, come to the same bands."""
    lost = data.draw(st.integers(0, offered))
    within = data.draw(st.integers(0, offered - lost))
    waited = data.draw(st.integers(0, 60))
    day = Averages(offered, 100 * within / offered, waited, 100 * lost / offered)
    found = judged({1: day})
    counted = {
        "INS": Tally(within, offered),
        "TME": Tally(waited * offered * 1_000_000, offered),
        "IAL": Tally(lost, offered),
    }
    for code, tally in counted.items():
        figure = month_figure(INDICATORS[code], dict.fromkeys(DAYS, tally), DAYS)
        measured = judge(INDICATORS[code], figure, goal_on(code, MONTH))
        assert abs(found[code, None].compared - measured.compared) < Fraction(1, 10**6)
        if abs(measured.compared - goal_on(code, MONTH).bands.goal) > Fraction(1, 10**6):
            assert found[code, None].band == measured.band


def test_queues_are_weighed_by_their_contacts():
    """300 of 400 and 80 of 100 in time."""
    queues = {1: Averages(400, 75.0, 10, 0), 2: Averages(100, 80.0, 10, 0)}
    assert judged(queues)["INS", None].compared == 76


def test_the_handling_time_is_weighed_by_who_was_answered():
    """50 of 100 for 200 seconds, 100 of 100 for 100: 133 and a third."""
    queues = {1: Averages(100, 50.0, 10, 50.0, 200.0), 2: Averages(100, 100.0, 10, 0.0, 100.0)}
    found = judged(queues, handling=exact(100))["TMA", None]
    assert (found.compared, found.fine.percent) == (Fraction(400, 3), 2)


def test_of_the_answered_only():
    """72 of 90 in time: 80 %."""
    reading = Reading({"service_base": "answered"})
    assert judged({1: Averages(100, 72.0, 10, 10.0)}, reading)["INS", None].compared == 80


def test_once_for_each_queue_where_the_reading_says_so():
    reading = Reading({"fine_scope": "queue"})
    queues = {1: Averages(10, 50.0, 10, 0), 2: Averages(1000, 100.0, 10, 0)}
    found = judged(queues, reading)
    assert found["INS", 1].fine.percent == 2
    assert found["INS", 1].fine.queue == 1
    assert found["INS", 2].fine is None


def test_nothing_counts_in_grace():
    """Neither in that of the contract nor in that of the queue's service."""
    bad = {1: Averages(10, 0.0, 90, 50)}
    for found in (judged(bad, days=[]), judged(bad, services={1: [(MONTH, 90)]})):
        assert not any(one.fine for one in found.values())


def test_a_day_without_contacts_has_no_value():
    found = judged({1: Averages(0.0, None, 0.0, 0.0)})
    assert all(one.compared is None for one in found.values())


def test_what_averages_do_not_say_is_left_out():
    for code, key, answer in (
        ("INS", "service_population", "all"),
        ("INS", "service_base", "without_short"),
        ("TME", "wait_from", "opened"),
        ("TME", "wait_population", "answered"),
        ("IAL", "abandon_population", "all"),
        ("IAL", "short_abandon", "20"),
    ):
        reading = Reading({key: answer})
        assert unsaid(code, reading), key
        codes = {code for code, _queue in judged({1: Averages(10, 50.0, 9, 5)}, reading)}
        assert codes == set(BY_AVERAGES) - {code}, key


def test_tallies_are_whole_numbers():
    for tally in tallies_of(Averages(99.95, 33.3333333, 12.7, 4.1, 180.25)).values():
        assert type(tally.numerator) is int and type(tally.denominator) is int
