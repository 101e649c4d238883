# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measurement: logged time, positions, prices, orders, money."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_measurement.measurement import (
    DAY,
    HOLIDAY,
    HOUR_US,
    ITEMS,
    MONTH,
    SATURDAY,
    SUNDAY,
    WORKING,
    Logged,
    Order,
    Price,
    Spell,
    Terms,
    add_working_days,
    amount_of,
    day_class,
    days_of_month,
    earliest_acceptance,
    exact,
    hash_of,
    hours_to_bill,
    load_of,
    logged,
    month_quantity,
    ordered_on,
    positions,
    price_on,
    rounded,
    shown,
    time_once,
    total_of,
)
from contact_center_measurement.measurement.terms import PARTS

KINDS = sorted(PARTS)
SPELLS = st.lists(
    st.builds(
        lambda part, start, length: Spell(part, start, start + length),
        st.sampled_from(KINDS),
        st.integers(0, 300),
        st.integers(0, 80),
    ),
    max_size=12,
)


def moment(*parts, zone="America/Sao_Paulo"):
    """Microseconds of a moment on the city's clock."""
    at = datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return int((at - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))


def midnights(day, zone="America/Sao_Paulo"):
    following = day + timedelta(days=1)
    return (
        moment(day.year, day.month, day.day, zone=zone),
        moment(following.year, following.month, following.day, zone=zone),
    )


# ------------------------------------------------------------
# Logged time
# ------------------------------------------------------------


@given(SPELLS, st.integers(0, 200), st.integers(0, 200), st.sets(st.sampled_from(KINDS)))
def test_logged_time_is_what_a_count_tick_by_tick_says(spells, since, length, left_out):
    terms, until = Terms(frozenset(left_out)), since + length
    counted = other = 0
    ticks = []
    for tick in range(since, until):
        parts = {one.part for one in spells if one.start <= tick < one.end}
        if parts:
            ticks.append(tick)
            counted += not parts <= left_out
            other += parts <= left_out
    first, last = (ticks[0], ticks[-1] + 1) if ticks else (None, None)
    assert logged(spells, since, until, terms) == Logged(counted, other, first, last)


@given(SPELLS, st.lists(st.integers(0, 400), min_size=1, max_size=6, unique=True))
def test_days_add_up_to_the_whole_wherever_midnight_lies(spells, edges):
    terms = Terms()
    edges = sorted({0, *edges, 400})
    parts = [logged(spells, *pair, terms) for pair in pairwise(edges)]
    whole = logged(spells, 0, 400, terms)
    assert sum(one.counted for one in parts) == whole.counted
    assert sum(one.left_out for one in parts) == whole.left_out


@given(SPELLS)
def test_overlaps_count_once_in_any_order(spells):
    covered = {tick for one in spells for tick in range(one.start, one.end)}
    assert time_once(spells) == len(covered) == time_once(reversed(spells))


def test_breaks_count_and_a_lost_browser_does_not():
    hours = [
        Spell("available", 0, HOUR_US),
        Spell("break_snack", HOUR_US, 2 * HOUR_US),
        Spell("lost", 2 * HOUR_US, 3 * HOUR_US),
    ]
    found = logged(hours, 0, 4 * HOUR_US, Terms())
    assert (found.counted, found.left_out) == (2 * HOUR_US, HOUR_US)
    without = Terms(frozenset({"lost", "break_snack"}))
    assert logged(hours, 0, 4 * HOUR_US, without).counted == HOUR_US


def test_a_night_shift_over_the_end_of_a_month():
    night = [Spell("available", moment(2026, 11, 30, 22), moment(2026, 12, 1, 4))]
    november = logged(night, *midnights(date(2026, 11, 30)), Terms())
    december = logged(night, *midnights(date(2026, 12, 1)), Terms())
    assert (november.counted, december.counted) == (2 * HOUR_US, 4 * HOUR_US)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2018, 11, 4), 23), (date(2018, 2, 17), 25), (date(2018, 6, 1), 24)],
)
def test_a_position_of_24_hours_is_one_position_also_where_clocks_change(day, hours):
    since, until = midnights(day)
    assert until - since == hours * HOUR_US
    whole = logged([Spell("available", since - 5, until + 5)], since, until, Terms())
    assert positions(whole.counted, load_of(24, since, until)) == 1
    assert positions(whole.counted, load_of(6, since, until)) == Fraction(hours, 6)


def test_terms_refuse_what_does_not_exist():
    with pytest.raises(ValueError, match="no such part"):
        Terms(frozenset({"lunch"}))
    with pytest.raises(ValueError, match="no such basis"):
        Terms(basis="week")
    assert Terms().as_dict() == {"basis": "month", "left_out": ["lost"]}


# ------------------------------------------------------------
# Positions and months
# ------------------------------------------------------------


def test_a_hundred_positions_all_month_long_are_a_hundred():
    days = days_of_month(2026, 2)
    assert len(days) == 28
    assert month_quantity({day: Fraction(100) for day in days}, days, MONTH) == 100
    assert month_quantity({day: Fraction(100) for day in days}, days, DAY) == 2800


def test_a_reduced_scale_at_weekends_is_paid_in_proportion():
    days = days_of_month(2026, 11)
    scale = {day: Fraction(40 if day.weekday() > 4 else 100) for day in days}
    # 21 days of the week with 100 positions, 9 days of weekends with 40
    assert month_quantity(scale, days, MONTH) == Fraction(21 * 100 + 9 * 40, 30)


@given(
    st.integers(2020, 2030),
    st.integers(1, 12),
    st.dictionaries(st.integers(1, 28), st.integers(0, 10**12), max_size=28),
)
def test_a_month_is_the_plain_sum_over_its_days(year, month, seconds):
    load = 6 * HOUR_US
    by_day = {date(year, month, day): positions(us, load) for day, us in seconds.items()}
    days = days_of_month(year, month)
    assert all(one.month == month for one in days)
    expected = Fraction(sum(seconds.values()), load)
    assert month_quantity(by_day, days, DAY) == expected
    assert month_quantity(by_day, days, MONTH) == expected / len(days)


def test_days_of_other_months_do_not_count():
    days = days_of_month(2026, 12)
    assert days[0] == date(2026, 12, 1)
    assert days[-1] == date(2026, 12, 31)
    assert month_quantity({date(2026, 11, 30): Fraction(5)}, days, DAY) == 0


def test_kinds_of_days():
    monday = date(2026, 11, 2)
    assert day_class(monday) == WORKING
    assert day_class(monday, {monday}) == HOLIDAY
    assert day_class(date(2026, 11, 7)) == SATURDAY
    assert day_class(date(2026, 11, 8)) == SUNDAY
    assert day_class(date(2026, 11, 8), {date(2026, 11, 8)}) == HOLIDAY


# ------------------------------------------------------------
# Money
# ------------------------------------------------------------


@given(st.fractions(min_value=0, max_value=10**9), st.integers(0, 6))
def test_rounding_goes_half_up_and_never_further_than_half(value, places):
    result = Fraction(rounded(value, places))
    assert abs(result - value) <= Fraction(1, 2 * 10**places)
    assert result * 10**places == (value * 10**places + Fraction(1, 2)).__floor__()


@given(
    st.decimals(0, 10**6, places=4, allow_nan=False, allow_infinity=False),
    st.decimals(0, 10**5, places=4, allow_nan=False, allow_infinity=False),
)
def test_amounts_are_whole_cents_nearest_to_the_product(quantity, price):
    amount = amount_of(quantity, price)
    assert amount == amount.quantize(Decimal("0.01"))
    assert Fraction(amount) == Fraction(rounded(Fraction(quantity) * Fraction(price), 2))


def test_half_a_cent_goes_up():
    assert amount_of(Decimal("0.5"), Decimal("0.01")) == Decimal("0.01")
    assert amount_of(Decimal("1"), Decimal("2.675")) == Decimal("2.68")
    assert total_of([Decimal("0.10"), Decimal("0.20")]) == Decimal("0.30")
    assert total_of([]) == 0


def test_no_float_and_nothing_negative_enters():
    with pytest.raises(TypeError):
        exact(0.05)
    for pair in ((Decimal(-1), Decimal(1)), (Decimal(1), Decimal(-1))):
        with pytest.raises(ValueError, match="negative"):
            amount_of(*pair)


def test_numbers_as_brazilians_write_them():
    assert shown(Decimal("1234567.5")) == "1.234.567,50"
    assert shown(Fraction(1, 3), 4) == "0,3333"
    assert shown(None) == "-"
    assert shown(Fraction(-1, 2), 1) == "-0,5"


# ------------------------------------------------------------
# Prices and orders
# ------------------------------------------------------------


@given(st.lists(st.integers(0, 40), unique=True, max_size=8), st.integers(0, 45))
def test_the_newest_price_that_has_begun_holds(starts, at):
    first = date(2026, 1, 1)
    prices = [Price("HL6", first + timedelta(days=n), Decimal(n + 1), n) for n in starts]
    others = [Price("SMS", first, Decimal(99))]
    found = price_on("HL6", first + timedelta(days=at), prices + others)
    begun = [n for n in starts if n <= at]
    assert (found.reference if found else None) == (max(begun) if begun else None)


def test_what_is_ordered_follows_activations_and_reductions():
    orders = [
        Order("HL6", date(2026, 11, 1), Decimal(100)),
        Order("HL6", date(2026, 11, 16), Decimal(-20)),
        Order("HL24", date(2026, 11, 1), Decimal(3)),
    ]
    expected = ((15, 100), (16, 80), (30, 80))
    assert all(ordered_on("HL6", date(2026, 11, day), orders) == n for day, n in expected)
    assert ordered_on("HL6", date(2026, 10, 31), orders) == 0
    assert ordered_on("HL6", date(2026, 11, 1), [Order("HL6", date(2026, 1, 1), Decimal(-5))]) == 0


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 40))
def test_working_days_are_counted_one_by_one(day, number):
    holidays = {date(2026, 11, 2), date(2026, 12, 25)}
    found = add_working_days(day, number, holidays)
    between = [day + timedelta(days=n + 1) for n in range((found - day).days)]
    working = [one for one in between if one.weekday() < 5 and one not in holidays]
    assert len(working) == number
    assert not number or found == working[-1]


def test_development_hours():
    assert earliest_acceptance(date(2026, 11, 1)) == date(2026, 12, 1)
    assert hours_to_bill(Decimal(40), Decimal("38.5")) == Decimal("38.5")
    assert hours_to_bill(Decimal(40), Decimal(45)) == 40


def test_the_contract_s_items():
    assert {code: item.printed for code, item in ITEMS.items()} == {
        "HL6": 100,
        "HL24": 3,
        "AE24H": 50_000,
        "SMS": 30_000,
        "HDE": 250,
    }


def test_any_change_changes_the_hash():
    one = {"total": "1.00", "lines": [{"item": "HL6"}]}
    assert hash_of(one) == hash_of({"lines": [{"item": "HL6"}], "total": "1.00"})
    assert hash_of(one) != hash_of({**one, "total": "1.01"})
    assert len(hash_of(one)) == 64
