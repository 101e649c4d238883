"""Service time: minutes in which people serve, in any zone, lunch or holiday."""

import re
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import schedule
from contact_center.core.service_time import (
    add_service_time,
    service_time,
    subtract_service_time,
)
from tests.cases import case

# Brazil's four, and what changes the clock: back and forth, at midnight, by half an hour, at 24h
ZONES = [
    ZoneInfo(name)
    for name in (
        "America/Sao_Paulo",
        "America/Manaus",
        "America/Rio_Branco",
        "America/Noronha",
        "America/New_York",
        "Europe/Lisbon",
        "Africa/Cairo",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
    )
]
# 31 days around each change of the clock of 2026, and Brazil's last summer time
STARTS = [date(2026, 3, 1), date(2026, 10, 10), date(2018, 10, 20), date(2026, 12, 20)]
DAYS = 31
BUSINESS = ((8 * 60, 18 * 60),)
LUNCH = ((8 * 60, 12 * 60), (14 * 60, 18 * 60))
ALWAYS = ((0, 24 * 60),)


def ranges_of(zone, start, weekday_ranges, holidays=(), weekend=(), days=DAYS):
    """Return the ranges of a queue with these hours from Monday to Friday."""
    usual = []
    for offset in range(days):
        day = start + timedelta(offset)
        for minutes in weekend if day.weekday() >= 5 else weekday_ranges:
            opens = schedule.at_utc(day, minutes[0], zone)
            closes = schedule.at_utc(day, minutes[1], zone)
            if opens < closes:
                usual.append((opens, closes))
    first = schedule.at_utc(start, 0, zone)
    last = schedule.at_utc(start + timedelta(days), 0, zone)
    return schedule.apply_days(usual, dict.fromkeys(holidays, ()), zone, first, last)


@st.composite
def calendars(draw):
    """Return (zone, first day, ranges) of queues as cities have them, and of none."""
    zone = draw(st.sampled_from(ZONES))
    start = draw(st.sampled_from(STARTS))
    hours = draw(st.sampled_from([(), BUSINESS, LUNCH, ALWAYS, ((22 * 60, 24 * 60),)]))
    weekend = draw(st.sampled_from([(), ((9 * 60, 11 * 60),), ALWAYS]))
    holidays = draw(st.sets(st.integers(0, DAYS - 1), max_size=6))
    return (
        zone,
        start,
        ranges_of(zone, start, hours, [start + timedelta(day) for day in holidays], weekend),
    )


@st.composite
def moments(draw, number):
    """Return a calendar, and moments within it, in order."""
    zone, start, ranges = draw(calendars())
    first = schedule.at_utc(start, 0, zone)
    minutes = draw(st.lists(st.integers(0, DAYS * 1440), min_size=number, max_size=number))
    return ranges, [first + timedelta(minutes=minute) for minute in sorted(minutes)]


@given(moments(3))
def test_time_adds_up(given_moments):
    ranges, (first, second, third) = given_moments
    whole = service_time(ranges, first, third)
    assert whole == service_time(ranges, first, second) + service_time(ranges, second, third)
    assert timedelta() <= whole <= third - first


@given(moments(2))
def test_a_clock_that_steps_back_gives_nothing(given_moments):
    ranges, (first, second) = given_moments
    assert service_time(ranges, second, first) == timedelta()


@given(moments(1), st.integers(1, 20_000))
def test_adding_is_counting(given_moments, minutes):
    ranges, (start,) = given_moments
    amount = timedelta(minutes=minutes)
    end = add_service_time(ranges, start, amount)
    if end is None:
        assert not ranges or service_time(ranges, start, ranges[-1][1]) < amount
    else:
        assert service_time(ranges, start, end) == amount
        # and not a moment sooner
        assert service_time(ranges, start, end - timedelta(seconds=1)) < amount


@given(moments(1), st.integers(1, 20_000))
def test_subtracting_is_counting_back(given_moments, minutes):
    ranges, (end,) = given_moments
    amount = timedelta(minutes=minutes)
    start = subtract_service_time(ranges, end, amount)
    if start is None:
        assert not ranges or service_time(ranges, ranges[0][0], end) < amount
    else:
        assert service_time(ranges, start, end) == amount
        assert service_time(ranges, start + timedelta(seconds=1), end) < amount


@given(moments(2))
def test_without_hours_time_is_time(given_moments):
    _ranges, (first, second) = given_moments
    always = [(first - timedelta(days=1), second + timedelta(days=1))]
    assert service_time(always, first, second) == second - first


@given(moments(2), st.integers(0, 1000))
def test_an_empty_calendar_has_no_time(given_moments, minutes):
    _ranges, (first, second) = given_moments
    assert service_time([], first, second) == timedelta()
    expected = first if minutes == 0 else None
    assert add_service_time([], first, timedelta(minutes=minutes)) == expected
    assert subtract_service_time([], first, timedelta(minutes=minutes)) == expected


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_a_working_day_is_ten_hours_on_every_clock(zone):
    """Also on the days on which the clocks are changed, at night."""
    for start in STARTS:
        ranges = ranges_of(zone, start, BUSINESS, weekend=BUSINESS)
        for offset in range(DAYS):
            day = start + timedelta(offset)
            midnight = schedule.at_utc(day, 0, zone)
            next_midnight = schedule.at_utc(day + timedelta(1), 0, zone)
            assert service_time(ranges, midnight, next_midnight) == timedelta(hours=10)


def test_a_day_that_lasts_23_hours_where_the_clock_is_changed():
    zone = ZoneInfo("America/New_York")
    ranges = ranges_of(zone, date(2026, 3, 1), ALWAYS, weekend=ALWAYS)
    midnights = [schedule.at_utc(date(2026, 3, day), 0, zone) for day in (8, 9)]
    assert service_time(ranges, *midnights) == timedelta(hours=23)


def _at(text):
    return datetime.fromisoformat(text).astimezone(timezone.utc)


@pytest.mark.parametrize(
    ("hours", "start", "end", "minutes"),
    [
        # over a night, over a weekend, over lunch, over a holiday (Friday, 20 November)
        (BUSINESS, "2026-11-18T17:30-03:00", "2026-11-19T08:00-03:00", 30),
        (BUSINESS, "2026-11-13T17:50-03:00", "2026-11-16T08:05-03:00", 15),
        (LUNCH, "2026-11-25T11:50-03:00", "2026-11-25T14:00-03:00", 10),
        (BUSINESS, "2026-11-19T17:50-03:00", "2026-11-23T08:05-03:00", 15),
        # in the same hour; outside the hours altogether
        (BUSINESS, "2026-11-18T09:00-03:00", "2026-11-18T09:20-03:00", 20),
        (BUSINESS, "2026-11-18T19:00-03:00", "2026-11-18T23:00-03:00", 0),
    ],
)
def test_in_minutes(hours, start, end, minutes):
    zone = ZoneInfo("America/Sao_Paulo")
    ranges = ranges_of(zone, date(2026, 11, 9), hours, [date(2026, 11, 20)])
    assert service_time(ranges, _at(start), _at(end)) == timedelta(minutes=minutes)


def test_the_recorded_wait_over_a_weekend():
    given_case = case("b05-wait-over-weekend.json")
    queued = datetime.fromisoformat(given_case["input"]["queued"])
    still, taken = given_case["input"]["asked"]
    day = queued.date()
    ranges = ranges_of(ZoneInfo("America/Sao_Paulo"), day, BUSINESS, days=5)
    asked = datetime.fromisoformat(still.split()[0])
    assert service_time(ranges, queued, asked) == timedelta(minutes=given_case["expected"][0])
    accepted = re.search(r"taken (\d+):(\d+)", taken)
    accepted = asked.replace(hour=int(accepted[1]), minute=int(accepted[2]))
    most = int(re.search(r"<= (\d+)", given_case["expected"][1])[1])
    assert timedelta() < service_time(ranges, queued, accepted) <= timedelta(minutes=most)
