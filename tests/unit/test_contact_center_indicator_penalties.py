"""Penalties: days, ceiling, grace, repair clocks, goals with dates."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_indicator.measure import (
    CLOCKS,
    INDICATORS,
    PERCENTS,
    PRINTED,
    Bands,
    Fine,
    Goal,
    NotAMonth,
    Reading,
    Tally,
    TooSoon,
    band_fine,
    check_next,
    daily_fines,
    days_of_month,
    first_judged_day,
    goal_on,
    in_force,
    judged_days,
    missed_days,
    month_figure,
    occurrence_fines,
    park_goal,
    settle,
    verdict,
    without_grace,
)

INVOICE = Decimal("1234567.89")
DIAGNOSED = datetime(2026, 3, 2, 8, 30)


# Days


@pytest.mark.parametrize(
    ("days", "percent"), [(0, None), (1, "0.05"), (30, "1.50"), (31, "1.55"), (40, "1.55")]
)
def test_each_missed_day_costs_and_a_month_at_most_thirty_one(days, percent):
    fines = daily_fines({"IPL": days})
    assert [fine.percent for fine in fines] == ([Fraction(percent)] if percent else [])


def test_each_of_the_two_losses_has_its_own_limit():
    missed = {"ILNR": 31, "IPL": 31}
    assert sum(fine.percent for fine in daily_fines(missed)) == Fraction("3.10")
    together = daily_fines(missed, Reading({"loss_ceiling": "together"}))
    assert [fine.percent for fine in together] == [Fraction("1.55")]


def test_a_day_at_the_goal_is_not_missed():
    days = {
        date(2026, 3, 1): Tally(40, 8_000),
        date(2026, 3, 2): Tally(41, 8_000),
        date(2026, 3, 3): Tally(0, 0),
    }
    goal = PRINTED["IPL"].goal
    assert missed_days(INDICATORS["IPL"], days, goal) == [date(2026, 3, 2)]


# The ceiling


def test_twelve_missed_indicators_come_to_the_ceiling():
    fines = [band_fine(code, "high") for code in PRINTED]
    assert len(fines) == 12
    settled = settle(INVOICE, fines)
    assert settled.inside == 24
    assert settled.ceiling == Decimal("246913.58")
    assert settled.total == settled.ceiling
    assert settled.cut == Decimal("296296.32") - settled.ceiling


def test_other_duties_stand_beside_the_ceiling_unless_read_otherwise():
    fines = [band_fine(code, "high") for code in PRINTED]
    duty = [("duty", "notice")]
    beside = settle(INVOICE, fines + occurrence_fines(duty))
    assert beside.total == Decimal("246913.58") + Decimal("6172.84")
    inside = settle(INVOICE, fines + occurrence_fines(duty, Reading({"other_duties": "inside"})))
    assert inside.total == Decimal("246913.58")


@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.lists(st.tuples(st.sampled_from(sorted(PERCENTS)), st.booleans()), max_size=40),
)
def test_nobody_pays_more_than_the_ceiling_and_lines_add_up(invoice, drawn):
    fines = [Fine("band", "INS", PERCENTS[band], band, inside=inside) for band, inside in drawn]
    settled = settle(invoice, fines)
    inside = sum(amount for fine, amount in settled.lines if fine.inside)
    outside = sum(amount for fine, amount in settled.lines if not fine.inside)
    assert settled.total == min(inside, settled.ceiling) + outside
    assert settled.total + settled.cut == inside + outside
    assert settled.cut >= 0


@pytest.mark.parametrize(
    ("occurrences", "answer", "percent"),
    [
        ([("repair", "central")] * 3, "once", "1"),
        ([("repair", "central")] * 3, "each", "3"),
        ([("repair", "central"), ("repair", "equipment")], "once", "2"),
        ([("duty", "notice")] * 2, "once", "0.5"),
        ([("duty", "notice")] * 2, "each", "1"),
        ([], "each", "0"),
    ],
)
def test_occurrences_count_once_a_month_and_kind_or_each(occurrences, answer, percent):
    fines = occurrence_fines(occurrences, Reading({"occurrences": answer}))
    assert sum(fine.percent for fine in fines) == Fraction(percent)


# Repair clocks


@pytest.mark.parametrize("kind", sorted(CLOCKS))
def test_the_limit_keeps_a_clock_and_a_microsecond_more_does_not(kind):
    limit = CLOCKS[kind].limit
    at_limit = verdict(kind, DIAGNOSED, DIAGNOSED + limit, DIAGNOSED)
    assert (at_limit.late, at_limit.fine) == (False, "none")
    after = verdict(kind, DIAGNOSED, DIAGNOSED + limit + timedelta(microseconds=1), DIAGNOSED)
    assert (after.late, after.fine) == (True, CLOCKS[kind].fine)


def test_two_hours_and_a_second_are_fined():
    mended = DIAGNOSED + timedelta(hours=2, seconds=1)
    assert verdict("central", DIAGNOSED, mended, mended).fine == "repair"


@pytest.mark.parametrize(
    ("kind", "limit"),
    [
        ("equipment", timedelta(hours=2)),
        ("central", timedelta(hours=2)),
        ("link", timedelta(hours=4)),
        ("flow", timedelta(hours=24)),
        ("notice", timedelta(hours=24)),
        ("park_small", timedelta(days=5)),
        ("park_large", timedelta(days=10)),
    ],
)
def test_limits(kind, limit):
    assert CLOCKS[kind].limit == limit


def test_the_longer_clocks_are_fined_only_if_read_so():
    late = DIAGNOSED + timedelta(hours=4, seconds=1)
    assert verdict("link", DIAGNOSED, late, late).fine == "none"
    assert verdict("link", DIAGNOSED, late, late, Reading({"repair_fines": "all"})).fine == "repair"


def test_what_is_not_mended_is_judged_now():
    now = DIAGNOSED + timedelta(hours=3)
    open_one = verdict("central", DIAGNOSED, None, now)
    assert (open_one.elapsed, open_one.late) == (timedelta(hours=3), True)


@pytest.mark.parametrize(("units", "percent"), [(1, 2), (50, 2), (51, 2), (100, 2), (101, 5)])
def test_equipment_that_may_be_stopped(units, percent):
    assert park_goal(units) == percent


def test_a_middle_park_may_be_read_loosely():
    loose = Reading({"medium_park": "loose"})
    assert [park_goal(units, loose) for units in (50, 51, 100, 101)] == [2, 5, 5, 5]


# Grace

START = date(2026, 1, 15)


def test_the_ninety_first_day_is_the_first_that_counts():
    assert first_judged_day(START) == date(2026, 4, 15)
    assert judged_days([date(2026, 4, 14)], START) == []
    assert judged_days([date(2026, 4, 15)], START) == [date(2026, 4, 15)]
    leap = date(2028, 1, 1)
    assert (first_judged_day(leap) - leap).days == 90
    assert first_judged_day(leap) == date(2028, 3, 31)


def test_a_month_cut_by_grace_averages_its_later_days():
    month = days_of_month(2026, 4)
    tallies = {(day, 1): Tally(0 if day.day < 15 else 90, 100) for day in month}
    counting = judged_days(month, START)
    assert len(counting) == 16
    days = without_grace(tallies, counting)
    assert month_figure(INDICATORS["INS"], days, counting).billed == 90
    assert judged_days(month, START, Reading({"cut_month": "free"})) == []
    assert len(judged_days(days_of_month(2026, 5), START, Reading({"cut_month": "free"}))) == 31


def test_a_new_service_leaves_numerator_and_denominator_until_its_own_grace_is_over():
    month = days_of_month(2026, 6)
    tallies = {(day, 1): Tally(90, 100) for day in month}
    tallies |= {(day, 2): Tally(0, 100) for day in month}
    services = {2: [(date(2026, 3, 20), 90)]}
    assert first_judged_day(date(2026, 3, 20)) == date(2026, 6, 18)
    days = without_grace(tallies, month, services)
    assert days[date(2026, 6, 17)] == Tally(90, 100)
    assert days[date(2026, 6, 18)] == Tally(90, 200)


def test_an_adjustment_spares_the_days_after_it_and_not_those_before():
    month = days_of_month(2026, 6)
    tallies = {(day, 1): Tally(1, 2) for day in month}
    days = without_grace(tallies, month, {1: [(date(2026, 1, 1), 90), (date(2026, 6, 20), 90)]})
    assert sorted(days) == month[:19]


def test_a_service_may_have_another_grace_than_the_contract():
    month = days_of_month(2026, 6)
    tallies = {(day, 1): Tally(1, 2) for day in month}
    days = without_grace(tallies, month, {1: [(date(2026, 6, 1), 10)]})
    assert sorted(days) == month[10:]
    assert without_grace(tallies, month, {1: [(date(2026, 6, 1), 0)]}).keys() == set(month)


# Months


def test_mean_of_worked_days_and_total_over_total_stand_side_by_side():
    days = {
        date(2026, 3, 1): Tally(10, 10),
        date(2026, 3, 2): Tally(500, 1_000),
        date(2026, 3, 3): Tally(0, 0),
    }
    figure = month_figure(INDICATORS["INS"], days)
    assert (figure.mean, figure.total) == (75, Fraction(51_000, 1_010))
    assert figure.worked_days == 2
    assert figure.billed == figure.mean
    assert figure.difference == 75 - Fraction(51_000, 1_010)
    total = month_figure(INDICATORS["INS"], days, reading=Reading({"billed_value": "total"}))
    assert total.billed == total.total
    assert month_figure(INDICATORS["IPS"], days).billed == Fraction(51_000, 1_010)


def test_a_worked_day_may_be_every_day():
    days = {date(2026, 3, 1): Tally(10, 10)}
    month = days_of_month(2026, 3)
    reading = Reading({"worked_day": "calendar"})
    assert month_figure(INDICATORS["INS"], days, month, reading).mean == Fraction(100, 31)


def test_counts_add_up():
    days = {date(2026, 3, 1): Tally(2, 0), date(2026, 3, 9): Tally(4, 0)}
    assert month_figure(INDICATORS["IRM"], days).billed == 6
    assert month_figure(INDICATORS["IRM"], {}).billed == 0


def test_a_month_without_contacts_has_no_figure():
    figure = month_figure(INDICATORS["INS"], {})
    assert (figure.mean, figure.total, figure.billed, figure.difference) == (None,) * 4


# Goals and readings with dates


def test_a_goal_holds_from_its_start_and_a_queue_may_have_its_own():
    easier = Bands.of("70", "60", "50", "up")
    own = Bands.of("90", "80", "70", "up")
    versions = [Goal(date(2026, 7, 1), easier, 30), Goal(date(2026, 3, 1), own, 10, queue=7)]
    assert goal_on("INS", date(2026, 6, 30), versions).bands == PRINTED["INS"]
    assert goal_on("INS", date(2026, 6, 30), versions).seconds == 20
    assert goal_on("INS", date(2026, 7, 1), versions).bands == easier
    assert goal_on("INS", date(2026, 7, 1), versions, queue=7).seconds == 10
    assert goal_on("INS", date(2026, 7, 1), versions, queue=8).seconds == 30
    assert goal_on("IPD", date(2026, 7, 1)) is None


@pytest.mark.parametrize(
    ("start", "accepted"),
    [(date(2026, 8, 1), False), (date(2026, 9, 1), True), (date(2025, 9, 1), True)]
    + [(date(2025, 10, 1), False), (date(2026, 3, 1), False)],
)
def test_a_goal_changes_every_six_months_at_most(start, accepted):
    if accepted:
        check_next([date(2026, 3, 1)], start)
        return
    with pytest.raises(TooSoon):
        check_next([date(2026, 3, 1)], start)


def test_a_goal_begins_with_a_month():
    with pytest.raises(NotAMonth):
        check_next([], date(2026, 3, 2))


def test_readings_hold_from_their_start():
    total = Reading({"billed_value": "total"})
    free = Reading({"cut_month": "free"})
    versions = [(date(2026, 3, 1), total), (date(2026, 5, 1), free)]
    assert in_force(versions, date(2026, 2, 28)) == Reading()
    assert in_force(versions, date(2026, 4, 30)) == total
    assert in_force(versions, date(2026, 5, 1)) == free
    assert [switch.number for switch, _a, _b in Reading().differences(free)] == ["C21"]
    assert free.changed() == {"cut_month": "free"}
