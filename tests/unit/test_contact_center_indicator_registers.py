"""Turnover, stoppages, tables from outside, requests of the city."""

import random
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_indicator.measure import (
    INDICATORS,
    Line,
    Reading,
    Spell,
    Stop,
    Tally,
    Unreadable,
    days_of_month,
    decoded,
    joined,
    read_lines,
    requests,
    stopped_seconds,
    stopped_units,
    turnover,
)

NOVEMBER = days_of_month(2026, 11)
START = date(2020, 1, 1)
NOON = datetime(2026, 11, 2, 12)
DAY = (datetime(2026, 11, 2), datetime(2026, 11, 3))


# Turnover


def value(tally):
    return INDICATORS["ITO"].value(tally.numerator, tally.denominator)


def test_half_of_entries_and_exits_over_the_mean_headcount():
    """Eighty stay, four enter on the first, six leave on the last day: 5 of 90."""
    stay = [Spell(person, START) for person in range(80)]
    enter = [Spell(100 + person, NOVEMBER[0]) for person in range(4)]
    leave = [Spell(200 + person, START, NOVEMBER[-1]) for person in range(6)]
    tally = turnover([*stay, *enter, *leave], NOVEMBER)
    assert value(tally) == pytest.approx(100 * 5 / 90)
    assert turnover(stay, NOVEMBER).numerator == 0
    exits = turnover([*stay, *enter, *leave], NOVEMBER, Reading({"turnover": "exits"}))
    assert value(exits) == pytest.approx(100 * 6 / 90)


def test_the_headcount_is_the_mean_of_the_days():
    """One is there all month, one half of it."""
    spells = [Spell(1, START), Spell(2, NOVEMBER[15])]
    assert value(turnover(spells, NOVEMBER)) == pytest.approx(100 * 0.5 / 1.5)


def test_a_new_supervisor_is_no_entry_and_no_exit():
    spells = [Spell(1, START, NOVEMBER[9]), Spell(1, NOVEMBER[10])]
    assert turnover(spells, NOVEMBER).numerator == 0
    # A day in between is both
    spells = [Spell(1, START, NOVEMBER[9]), Spell(1, NOVEMBER[11])]
    assert turnover(spells, NOVEMBER).numerator == 2 * len(NOVEMBER)
    # Nor is one that follows in another month
    spells = [Spell(1, START, NOVEMBER[-1]), Spell(1, NOVEMBER[-1] + timedelta(days=1))]
    assert turnover(spells, NOVEMBER).numerator == 0


def test_nobody_is_nothing():
    assert turnover([], NOVEMBER) == Tally(0, 0)
    gone = [Spell(1, START, date(2026, 9, 1))]
    assert turnover(gone, NOVEMBER) == Tally(0, 0)


@given(st.integers(0, 10_000))
def test_joined_spells_are_the_same_days(seed):
    draw = random.Random(seed)
    spells, at = [], START
    for _ in range(draw.randrange(1, 8)):
        first = at + timedelta(days=draw.randrange(0, 3))
        at = first + timedelta(days=draw.randrange(1, 5))
        spells.append(Spell(1, first, at - timedelta(days=1)))

    def days(some):
        return {
            one.first + timedelta(days=step)
            for one in some
            for step in range((one.last - one.first).days + 1)
        }

    draw.shuffle(spells)
    found = joined(spells)
    assert days(found) == days(spells)
    for earlier, later in pairwise(found):
        assert later.first > earlier.last + timedelta(days=1)


# Stoppages


def test_units_that_stood_still_on_a_day_are_never_more_than_there_are():
    stops = [Stop(NOON, NOON + timedelta(hours=1), 6), Stop(NOON, None, 200)]
    assert stopped_units(stops[:1], 120, *DAY) == Tally(6, 120)
    assert stopped_units(stops, 120, *DAY) == Tally(120, 120)
    before = Stop(DAY[0] - timedelta(hours=3), DAY[0])
    after = Stop(DAY[1], None)
    assert stopped_units([before, after], 120, *DAY) == Tally(0, 120)


def test_a_link_is_down_once_however_many_say_so():
    hour = timedelta(hours=1)
    stops = [Stop(NOON, NOON + 2 * hour), Stop(NOON + hour, NOON + 3 * hour)]
    assert stopped_seconds(stops, *DAY) == Tally(3 * 3600, 86_400)
    over_night = [Stop(DAY[0] - 5 * hour, None)]
    assert stopped_seconds(over_night, *DAY) == Tally(86_400, 86_400)
    assert stopped_seconds([], *DAY) == Tally(0, 86_400)


# Tables from outside


def test_a_carriers_table_is_read():
    text = 'Data;"Não entregues";Oferecidas\r\n01/11/2026;48;8.000\n2026-11-02;0;7900;Saúde\n\n'
    assert read_lines(text) == [
        Line(date(2026, 11, 1), 48, 8000),
        Line(date(2026, 11, 2), 0, 7900, "Saúde"),
    ]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("31/02/2026;1;2", "date"),
        ("01/11/2026;1", "columns"),
        ("01/11/2026;1;2;x;y", "columns"),
        ("01/11/2026;-1;2", "number"),
        ("01/11/2026;1,5;2", "number"),
        ("01/11/2026;;2", "number"),
        ("01/11/2026;3;2", "above"),
        ("02/11/2026;1;2", "twice"),
        ("01/11/2026;1;9999999999999999", "number"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_line(row, fault):
    with pytest.raises(Unreadable) as refused:
        read_lines(f"02/11/2026;1;2\n{row}\n")
    assert refused.value.faults == [(2, fault)]


def test_an_empty_or_endless_table_is_refused():
    for text in ("", "\n;;\n", "dia;a;b"):
        with pytest.raises(Unreadable):
            read_lines(text)
    with pytest.raises(Unreadable) as refused:
        read_lines("01/11/2026;1;2\n" * 6000)
    assert refused.value.faults == [(5001, "long")]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    try:
        found = read_lines(decoded(content))
    except Unreadable as refused:
        found = refused.faults
    assert found


# Requests of the city


def test_clocks_of_requests():
    exactly = NOON + timedelta(hours=72)
    assert not requests.is_late("message", NOON, exactly, exactly)
    assert requests.is_late("message", NOON, exactly + timedelta(microseconds=1), exactly)
    assert requests.is_late("fault", NOON, None, NOON + timedelta(hours=24, seconds=1))
    assert not requests.is_late("fault", NOON, NOON + timedelta(hours=24), NOON)
    assert not requests.is_late("maintenance", NOON, None, NOON + timedelta(days=99))


@given(
    st.dictionaries(st.integers(0, 167), st.integers(1, 1000)),
    st.integers(1, 12),
)
def test_no_other_stretch_is_quieter(counts, hours):
    def load(first):
        return sum(counts.get((first + step) % 168, 0) for step in range(hours))

    found = requests.quietest(counts, hours)
    assert load(found) == min(load(first) for first in range(168))


@given(st.integers(0, 167), st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)))
def test_the_next_such_hour_lies_within_a_week(hour, after):
    found = requests.next_at(hour, after)
    assert after < found <= after + timedelta(days=7)
    assert requests.hour_of_week(found) == hour


def test_a_maintenance_takes_a_part_of_a_week():
    for hours in (0, 169):
        with pytest.raises(ValueError, match="part of a week"):
            requests.quietest({}, hours)
