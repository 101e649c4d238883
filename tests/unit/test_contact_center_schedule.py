"""Hours of a queue: what is typed, and ranges against a look at the clock."""

from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contact_center.core import schedule

ZONES = st.sampled_from(
    ["America/Sao_Paulo", "America/Rio_Branco", "America/Noronha", "UTC", "Europe/Lisbon"]
)
MINUTES = st.integers(0, schedule.MINUTES_OF_A_DAY)
RANGE = st.tuples(MINUTES, MINUTES).filter(lambda pair: pair[0] < pair[1])
FIRST = date(2026, 10, 20)
DAYS = 8


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("8h-12h", ((480, 720),)),
        ("07:00-11:00, 13:00-17:00", ((420, 660), (780, 1020))),
        ("13h às 17h; 7h até 11h30", ((420, 690), (780, 1020))),
        ("8-12 e 13-15", ((480, 720), (780, 900))),
        ("0-24", ((0, 1440),)),
        ("8hs às 12hs / 14:00hs às 18:00hs", ((480, 720), (840, 1080))),
        ("das 8h às 12h e das 14h às 18h.", ((480, 720), (840, 1080))),
        ("08h00min às 12h00min", ((480, 720),)),
        ("8.30\u201111.30\u00a0", ((510, 690),)),
        ("8 horas ATÉ AS 12 horas", ((480, 720),)),
        ("", ()),
    ],
)
def test_what_people_type(text, ranges):
    assert schedule.parse_ranges(text) == ranges


@pytest.mark.parametrize("text", ["manhã", "12-8", "8-8", "8h-25h", "8:70-9", "8-12, 11-13", "8"])
def test_what_is_no_range_is_named(text):
    with pytest.raises(schedule.RangesError) as caught:
        schedule.parse_ranges(text)
    assert caught.value.part


@given(st.lists(RANGE, max_size=4))
def test_ranges_are_read_as_they_are_written(ranges):
    ranges.sort()
    apart = [r for i, r in enumerate(ranges) if not i or ranges[i - 1][1] <= r[0]]
    try:
        parsed = schedule.parse_ranges(schedule.ranges_text(apart))
    except schedule.RangesError:
        # The filter above looks at neighbours only: three may still overlap
        assert any(b[0] < a[1] for i, a in enumerate(apart) for b in apart[i + 1 :])
    else:
        assert list(parsed) == apart


@st.composite
def weeks(draw):
    """Return a time zone, ranges by weekday, and days with ranges of their own."""
    zone = ZoneInfo(draw(ZONES))
    weekly = draw(st.lists(st.lists(RANGE, max_size=2), min_size=7, max_size=7))
    special = draw(
        st.dictionaries(
            st.integers(0, DAYS - 1), st.lists(RANGE, max_size=2).map(tuple), max_size=3
        )
    )
    return zone, weekly, {FIRST + timedelta(day): ranges for day, ranges in special.items()}


def usual_ranges(zone, weekly):
    """Yield a calendar's weekly ranges, midnight as the day's last microsecond."""
    for offset in range(-1, DAYS + 1):
        day = FIRST + timedelta(offset)
        for opens, closes in weekly[day.weekday()]:
            start = datetime.combine(day, time(*divmod(opens, 60)), tzinfo=zone)
            if closes == schedule.MINUTES_OF_A_DAY:
                end = datetime.combine(day, time.max, tzinfo=zone)
            else:
                end = datetime.combine(day, time(*divmod(closes, 60)), tzinfo=zone)
            yield start.astimezone(timezone.utc), end.astimezone(timezone.utc)


def open_on_the_clock(at, zone, weekly, special):
    """Return whether it is open, by the clock on the wall."""
    local = at.astimezone(zone)
    minute = local.hour * 60 + local.minute
    ranges = special.get(local.date(), weekly[local.weekday()])
    # 23:59 means midnight
    last = schedule.MINUTES_OF_A_DAY - 1
    return any(
        opens <= minute < (closes + 1 if closes == last else closes) for opens, closes in ranges
    )


@settings(max_examples=150)
@given(weeks(), st.lists(st.integers(0, DAYS * 24 * 60 - 1), min_size=20, max_size=20))
def test_against_the_clock_on_the_wall(week, minutes):
    zone, weekly, special = week
    start = schedule.at_utc(FIRST, 0, zone)
    end = start + timedelta(days=DAYS)
    ranges = schedule.apply_days(usual_ranges(zone, weekly), special, zone, start, end)
    for minute in minutes:
        at = start + timedelta(minutes=minute)
        found = any(opens <= at < closes for opens, closes in ranges)
        # The night on which clocks go back shows an hour twice: a wall clock cannot tell
        if at.astimezone(zone).utcoffset() == start.astimezone(zone).utcoffset():
            assert found == open_on_the_clock(at, zone, weekly, special), at


@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "America/Rio_Branco", "UTC"])
@pytest.mark.parametrize("last", [(23, 59, 0), (23, 59, 24), (23, 59, 59)])
def test_a_day_that_ends_at_2359_has_no_closed_minute(zone, last):
    zone = ZoneInfo(zone)
    days = [FIRST + timedelta(offset) for offset in range(3)]
    usual = [
        (
            datetime.combine(day, time(0), tzinfo=zone).astimezone(timezone.utc),
            datetime.combine(day, time(*last), tzinfo=zone).astimezone(timezone.utc),
        )
        for day in days
    ]
    start, end = schedule.at_utc(days[0], 0, zone), schedule.at_utc(days[-1], 1440, zone)
    assert schedule.apply_days(usual, {}, zone, start, end) == [(start, end)]
    typed = schedule.parse_ranges("0h-23h59")
    assert schedule.apply_days([], dict.fromkeys(days, typed), zone, start, end) == [(start, end)]


@given(weeks())
def test_ranges_are_in_order_and_apart(week):
    zone, weekly, special = week
    start = schedule.at_utc(FIRST, 0, zone)
    end = start + timedelta(days=DAYS)
    ranges = schedule.apply_days(usual_ranges(zone, weekly), special, zone, start, end)
    assert all(start <= opens < closes <= end for opens, closes in ranges)
    assert all(a[1] < b[0] for a, b in pairwise(ranges))
