"""Forecasts by half hour: on made-up centers, and on a public series of arrivals.

`taxi_half_hours.txt` holds the taxi passengers of New York by half hour, July 2014 to January 2015,
in hundreds: published by the city's Taxi and Limousine Commission, known from the Numenta Anomaly
Benchmark. Christmas, New Year and a blizzard lie in its last eight weeks.
"""

import math
import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from contact_center_workforce.workforce import Memory, best_forecast, judge
from contact_center_workforce.workforce.forecast import SLOTS, Forecast

FIRST = date(2026, 1, 5)
HOLIDAYS = frozenset(FIRST + timedelta(days=offset) for offset in (40, 41, 88, 116, 150, 178))
TAXI_HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        "2014-07-04",
        "2014-09-01",
        "2014-10-13",
        "2014-11-11",
        "2014-11-27",
        "2014-12-25",
        "2015-01-01",
        "2015-01-19",
    )
)
WEEKDAYS = (1.15, 1.05, 1.0, 0.98, 0.95, 0.45, 0.3)


def poisson(rnd, mean):
    """Return a Poisson number (by the normal distribution where the mean is large)."""
    if mean > 60:
        return max(round(rnd.gauss(mean, math.sqrt(mean))), 0)
    limit, count, product = math.exp(-mean), 0, rnd.random()
    while product > limit:
        count += 1
        product *= rnd.random()
    return count


def expected(day, daily, trend=0.0):
    """Return what a made-up center gets on average.

    It has two humps, weekdays, holidays, a trend.
    """
    factor = 0.35 if day in HOLIDAYS else WEEKDAYS[day.weekday()]
    factor *= (1 + trend) ** ((day - FIRST).days / 7)
    humps = [
        math.exp(-(((slot - 20) / 4) ** 2)) + 0.8 * math.exp(-(((slot - 30) / 5) ** 2))
        for slot in range(SLOTS)
    ]
    return [daily * factor * hump / sum(humps) for hump in humps]


def made_up(seed, weeks=26, daily=4_000.0, trend=0.0, noise=0.08):
    """Return a made-up center's history: noise by day, Poisson by half hour."""
    rnd, history = random.Random(seed), {}
    for number in range(7 * weeks):
        day = FIRST + timedelta(days=number)
        busy = rnd.gauss(1, noise)
        history[day] = [poisson(rnd, busy * mean) for mean in expected(day, daily, trend)]
    return history


def taxis():
    """Return the public series."""
    lines = Path(__file__).with_name("taxi_half_hours.txt").read_text(encoding="utf-8").split("\n")
    rows = [line.split() for line in lines if line]
    return {date.fromisoformat(day): [float(count) for count in counts] for day, *counts in rows}


@pytest.mark.parametrize("daily", [4_000.0, 300.0])
@pytest.mark.parametrize("trend", [0.0, 0.02, -0.015])
def test_eight_held_out_weeks_are_closer_than_the_same_time_last_week(daily, trend):
    found = judge(made_up(7, daily=daily, trend=trend), HOLIDAYS)
    assert found.weeks == 8
    assert found.error < 0.9 * found.last_week


def test_a_public_series_is_closer_too_blizzard_and_christmas_included():
    found = judge(taxis(), TAXI_HOLIDAYS)
    assert found.weeks == 8
    assert found.error < 0.9 * found.last_week
    assert found.error == pytest.approx(0.142, abs=0.002)
    assert found.last_week == pytest.approx(0.163, abs=0.002)


def test_the_error_is_close_to_that_of_knowing_the_truth():
    history = made_up(3, weeks=26)
    known = {day: slots for day, slots in history.items() if day < FIRST + timedelta(days=7 * 25)}
    model = best_forecast(known, HOLIDAYS)
    ours = truth = came = 0.0
    for day in sorted(history)[-7:]:
        came += sum(history[day])
        ours += sum(abs(x - y) for x, y in zip(history[day], model.of(day), strict=True))
        best = expected(day, 4_000.0)
        truth += sum(abs(x - y) for x, y in zip(history[day], best, strict=True))
    assert ours / came < 1.3 * truth / came


def test_a_holiday_is_expected_to_be_one():
    history = made_up(5, weeks=20, noise=0.02)
    holiday = max(history) + timedelta(days=3)
    model = best_forecast(history, HOLIDAYS | {holiday})
    usual = best_forecast(history, HOLIDAYS).of(holiday)
    assert 0.25 < sum(model.of(holiday)) / sum(usual) < 0.45


def test_without_a_holiday_in_the_history_it_is_taken_for_a_sunday():
    history = made_up(5, weeks=5, noise=0.0)
    holiday = max(history) + timedelta(days=2)
    model = Forecast(history, {holiday}, Memory(12.0, 4.0, trend=False))
    assert model.of(holiday) == pytest.approx(model.of(max(history)))


def test_a_trend_is_followed():
    history = made_up(9, weeks=20, trend=0.04, noise=0.0)
    day = max(history) + timedelta(days=7)
    flat = Forecast(history, HOLIDAYS, Memory(12.0, 4.0, trend=False))
    risen = Forecast(history, HOLIDAYS, Memory(12.0, 4.0, trend=True))
    real = sum(expected(day, 4_000.0, 0.04))
    assert abs(sum(risen.of(day)) - real) < abs(sum(flat.of(day)) - real)
    assert sum(risen.of(day)) == pytest.approx(real, rel=0.08)


def test_a_step_in_the_level_is_followed_within_two_weeks():
    history = made_up(11, weeks=20, noise=0.02)
    step = FIRST + timedelta(days=7 * 18)
    history = {
        day: [2 * count for count in slots] if day >= step else slots
        for day, slots in history.items()
    }
    day = max(history) + timedelta(days=1)
    assert sum(best_forecast(history, HOLIDAYS).of(day)) == pytest.approx(
        2 * sum(expected(day, 4_000.0)), rel=0.2
    )


def test_a_history_with_holes_or_without_contacts_has_a_forecast_and_a_short_one_none():
    history = made_up(1, weeks=8)
    holes = {day: slots for number, (day, slots) in enumerate(history.items()) if number % 5}
    assert sum(best_forecast(holes, ()).of(max(history) + timedelta(days=1))) > 0
    silent = {day: [0.0] * SLOTS for day in history}
    assert sum(best_forecast(silent, ()).of(max(history))) == 0
    assert judge(silent, ()).error == math.inf
    with pytest.raises(ValueError, match="too few"):
        best_forecast(dict(list(history.items())[:13]), ())
