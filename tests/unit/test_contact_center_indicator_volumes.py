"""A city's published volumes of nine years and 24 months come out to the digit.

They were counted as our default readings count: abandoned over those who entered the queue, the
mean wait over all who entered it, the mean service over those who were answered.
"""

from calendar import isleap
from datetime import date
from fractions import Fraction
from itertools import repeat
from typing import NamedTuple

import pytest

from contact_center_indicator.measure import (
    ABANDONED,
    ANSWERED,
    DEFAULT,
    INDICATORS,
    Reading,
    Service,
    Tallies,
    Tally,
    Wait,
    days_of_month,
    month_figure,
    rounded,
)

SECOND = 1_000_000


class Row(NamedTuple):
    """A year (month 0) or a month."""

    year: int
    month: int
    received: int
    answered: int
    abandoned: int
    percent: str
    tma: int
    tme: int


ROWS = [
    Row(2008, 0, 52986, 43919, 9067, "17.11", 203, 30),
    Row(2009, 0, 660378, 631224, 29154, "4.41", 191, 32),
    Row(2010, 0, 2294521, 2132461, 162060, "7.06", 150, 20),
    Row(2011, 0, 2024001, 1901476, 122525, "6.05", 155, 11),
    Row(2012, 0, 1950058, 1856132, 93926, "4.82", 160, 8),
    Row(2013, 0, 1966491, 1848402, 118089, "6.01", 168, 15),
    Row(2014, 0, 1784711, 1701551, 83160, "4.66", 176, 13),
    Row(2015, 0, 1543515, 1498276, 45239, "2.93", 199, 10),
    Row(2016, 0, 1198004, 935458, 262546, "21.92", 262, 83),
    Row(2015, 1, 149806, 144256, 5550, "3.70", 187, 12),
    Row(2015, 2, 140479, 132744, 7735, "5.51", 183, 17),
    Row(2015, 3, 172074, 165399, 6675, "3.88", 187, 13),
    Row(2015, 4, 135570, 132700, 2870, "2.12", 193, 7),
    Row(2015, 5, 126914, 124653, 2261, "1.78", 197, 6),
    Row(2015, 6, 126539, 123250, 3289, "2.60", 195, 10),
    Row(2015, 7, 120931, 119231, 1700, "1.41", 209, 5),
    Row(2015, 8, 125065, 122527, 2538, "2.03", 201, 6),
    Row(2015, 9, 111131, 109239, 1892, "1.70", 209, 6),
    Row(2015, 10, 112432, 109551, 2881, "2.56", 204, 7),
    Row(2015, 11, 112398, 108088, 4310, "3.83", 216, 12),
    Row(2015, 12, 110176, 106638, 3538, "3.21", 228, 12),
    Row(2016, 1, 121502, 118864, 2638, "2.17", 234, 9),
    Row(2016, 2, 116974, 110454, 6520, "5.57", 249, 19),
    Row(2016, 3, 131410, 119439, 11971, "9.11", 241, 27),
    Row(2016, 4, 115857, 77172, 38685, "33.39", 265, 87),
    Row(2016, 5, 120602, 78967, 41635, "34.52", 268, 139),
    Row(2016, 6, 94407, 71605, 22802, "24.15", 273, 104),
    Row(2016, 7, 94935, 72386, 22549, "23.75", 262, 99),
    Row(2016, 8, 96138, 62193, 33945, "35.31", 292, 126),
    Row(2016, 9, 87294, 61136, 26158, "29.97", 271, 112),
    Row(2016, 10, 75706, 53072, 22634, "29.90", 296, 129),
    Row(2016, 11, 74918, 55475, 19443, "25.95", 280, 113),
    Row(2016, 12, 68261, 54695, 13566, "19.87", 269, 90),
]
YEARS = [row for row in ROWS if not row.month]
# The means of a day; the first two years began late and on a day that is not told.
DAILY = {
    2008: (2119, 1757, 25),
    2009: (2464, 2355, 268),
    2010: (6286, 5842, None),
    2011: (5545, 5210, None),
    2012: (5328, 5071, None),
    2013: (5388, 5064, None),
    2014: (4890, 4662, None),
    2015: (4229, 4105, None),
    2016: (3273, 2556, None),
}


def months(year):
    return {date(row.year, row.month, 1): row for row in ROWS if row.year == year and row.month}


def counted(row, reading=DEFAULT):
    """Return the row's contacts through the core: {code: tally}.

    Equal contacts are counted together.
    """
    tallies = Tallies(reading, lambda queue, is_call: 20)
    waited = row.tme * SECOND
    for how, number in ((ANSWERED, row.answered), (ABANDONED, row.abandoned)):
        one = Tallies(reading, tallies.seconds)
        one.add_wait(Wait(1, 1, 1, 0, waited, how, is_call=True))
        for (code, *key), tally in one.found.items():
            tallies.add(code, *key, Tally(tally.numerator * number, tally.denominator * number))
    tallies.add("TMA", 1, None, Tally(row.tma * SECOND * row.answered, row.answered))
    return {code: tally for (code, _queue, _agent), tally in tallies.found.items()}


def test_all_rows_are_there():
    assert len(ROWS) == 33


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.year}-{row.month}")
def test_each_row(row):
    """Received less answered is abandoned; the percentage is of those who entered the queue."""
    assert row.received - row.answered == row.abandoned
    found = counted(row)
    day = date(row.year, row.month or 1, 1)
    figures = {code: month_figure(INDICATORS[code], {day: found[code]}).billed for code in found}
    assert found["IAL"] == Tally(row.abandoned, row.received)
    assert str(rounded(figures["IAL"], 2)) == row.percent
    assert rounded(figures["TME"], 0) == row.tme
    assert rounded(figures["TMA"], 0) == row.tma


@pytest.mark.parametrize("year", [2015, 2016])
def test_a_year_is_total_over_total_of_its_months(year):
    """The mean wait by received, the mean service by answered contacts."""
    (printed,) = [row for row in YEARS if row.year == year]
    found = {start: counted(row) for start, row in months(year).items()}
    assert len(found) == 12
    for code, expected in (("TME", printed.tme), ("TMA", printed.tma)):
        days = {start: tallies[code] for start, tallies in found.items()}
        assert rounded(month_figure(INDICATORS[code], days).total, 0) == expected
    lost = month_figure(INDICATORS["IAL"], {start: one["IAL"] for start, one in found.items()})
    assert str(rounded(lost.total, 2)) == printed.percent


def test_other_readings_would_print_other_figures():
    """2016: 83 by received and 76 by answered; 21.92 % in total and 22.81 % as a mean."""
    by_answered = Reading({"wait_population": "answered"})
    found = {start: counted(row, by_answered) for start, row in months(2016).items()}
    wait = month_figure(INDICATORS["TME"], {start: one["TME"] for start, one in found.items()})
    assert str(rounded(wait.total, 1)) == "76.3"
    lost = month_figure(INDICATORS["IAL"], {start: one["IAL"] for start, one in found.items()})
    assert str(rounded(lost.total, 2)) == "21.92"
    assert str(rounded(lost.mean, 2)) == "22.81"


@pytest.mark.parametrize("row", YEARS, ids=lambda row: str(row.year))
def test_means_of_a_day(row):
    received, answered, days = DAILY[row.year]
    days = days or 365 + isleap(row.year)
    assert rounded(Fraction(row.received, days), 0) == received
    assert rounded(Fraction(row.answered, days), 0) == answered


def test_a_whole_month_contact_by_contact():
    """March 2015: 172,074 contacts on 31 days, each with a wait and a service of its own."""
    row = next(row for row in ROWS if (row.year, row.month) == (2015, 3))
    by_day = {}
    for number, day in zip(range(row.received), _around(days_of_month(2015, 3)), strict=False):
        tallies = by_day.setdefault(day, Tallies(Reading(), lambda queue, is_call: 20))
        lost = number < row.abandoned
        # In pairs around the mean, so that the total is that of the row
        apart = _apart(number, row.received)
        left = (row.tme + apart) * SECOND
        how = ABANDONED if lost else ANSWERED
        tallies.add_wait(Wait(number, 1, 1, 0, left, how, None if lost else 9, is_call=True))
        if not lost:
            apart = _apart(number - row.abandoned, row.answered)
            ended = (row.tma + apart) * SECOND
            tallies.add_service(Service(1, 9, 0, ended, is_call=True))
    figures = {}
    for code in ("IAL", "TME", "TMA"):
        days = {}
        for day, tallies in by_day.items():
            found = [tally for (name, *_key), tally in tallies.found.items() if name == code]
            days[day] = sum(found, Tally())
        figures[code] = month_figure(INDICATORS[code], days)
    assert figures["IAL"].tally == Tally(6_675, 172_074)
    assert figures["TMA"].tally.denominator == 165_399
    assert (rounded(figures["TME"].total, 0), rounded(figures["TMA"].total, 0)) == (13, 187)
    assert str(rounded(figures["IAL"].total, 2)) == "3.88"
    assert figures["IAL"].worked_days == 31


def _around(days):
    return (day for round_ in repeat(days) for day in round_)


def _apart(number, count):
    if number == count - 1 and count % 2:
        return 0
    step = (number // 2) % 12
    return step if number % 2 else -step
