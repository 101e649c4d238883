"""Relative periods and recurring dates: no day twice, none left out."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_report.sheet import periods

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31))
START = date(2025, 3, 10)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("today", date(2026, 3, 31), date(2026, 3, 31)),
        ("yesterday", date(2026, 3, 30), date(2026, 3, 30)),
        ("this_week", date(2026, 3, 30), date(2026, 3, 31)),
        ("last_week", date(2026, 3, 23), date(2026, 3, 29)),
        ("this_month", date(2026, 3, 1), date(2026, 3, 31)),
        ("last_month", date(2026, 2, 1), date(2026, 2, 28)),
        ("last_half", date(2025, 7, 1), date(2025, 12, 31)),
        ("this_year", date(2026, 1, 1), date(2026, 3, 31)),
        ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
        ("from_start", START, date(2026, 3, 30)),
    ],
)
def test_periods_of_a_tuesday(name, first, last):
    assert periods.period(name, date(2026, 3, 31), START) == (first, last)


def test_an_unknown_period_is_refused():
    with pytest.raises(ValueError, match="someday"):
        periods.period("someday", date(2026, 1, 1), START)


def test_from_the_start_on_its_first_day_is_one_day():
    assert periods.period("from_start", START, START) == (START - timedelta(1),) * 2


@given(DAYS)
def test_weeks_months_and_halves_follow_each_other(today):
    for name, step in (("last_week", 7), ("last_month", 31), ("last_half", 184)):
        first, last = periods.period(name, today, START)
        assert first <= last < today
        _before, earlier = periods.period(name, first, START)
        assert earlier == first - timedelta(1)
        assert (last - first).days < step


@given(MOMENTS, st.sampled_from(["daily", "weekly", "monthly", "half_yearly", "yearly"]), MOMENTS)
def test_the_following_occurrence_is_the_next_of_the_series(first, every, after):
    found = periods.following(first, every, after)
    series = []
    number = 0
    while not series or series[-1] <= max(after, first):
        series.append(periods.occurrence(first, every, number))
        number += 1
    assert found == next(one for one in series if one > after or (one == first and first > after))


@given(MOMENTS, st.sampled_from(["daily", "weekly", "monthly", "half_yearly", "yearly"]))
def test_one_after_the_other_none_is_left_out(first, every):
    moment = None
    for number in range(14):
        moment = periods.following(first, every, moment)
        assert moment == periods.occurrence(first, every, number)


def test_once_is_once():
    first = datetime(2026, 1, 1, 6)
    assert periods.following(first, "once", None) == first
    assert periods.following(first, "once", first) is None


def test_the_thirty_first_comes_back_after_a_short_month():
    days = [periods.occurrence(datetime(2026, 1, 31), "monthly", number) for number in range(3)]
    assert [one.day for one in days] == [31, 28, 31]


def test_the_hour_that_clocks_skip_or_repeat():
    zone = "America/Sao_Paulo"
    # In 2018 summer time began on 4 November at midnight and ended on 18 February
    assert periods.midnight(date(2018, 11, 4), zone) == datetime(2018, 11, 4, 3)
    assert periods.to_utc(datetime(2018, 2, 17, 23, 30), zone) == datetime(2018, 2, 18, 1, 30)
    assert periods.to_local(datetime(2026, 11, 3, 11), zone) == datetime(2026, 11, 3, 8)
