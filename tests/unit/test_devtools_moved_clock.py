import os
import random
import subprocess
import sys
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devtools.errors import Problem
from devtools.moved_clock import CITY, KINDS, MovedClock, choose, draw, parse

MOMENTS = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2080, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=CITY)
)


@given(MOMENTS, st.integers())
def test_a_drawn_moment_is_never_in_the_past(now, seed):
    moment = draw(now, random.Random(seed))
    assert moment >= now - timedelta(minutes=1)
    assert moment <= now + timedelta(days=8 * 366 + 1)


@given(MOMENTS)
def test_every_kind_of_day_on_which_software_breaks_can_be_drawn(now):
    chance = random.Random(1)
    moments = [kind(now, chance) for kind in KINDS]
    assert [round((moment - now) / timedelta(days=1)) for moment in moments[:3]] == [1, 8, 365]
    leap, last, sunday, early = moments[3:7]
    assert (leap.month, leap.day) == (2, 29)
    assert (last.month, last.day, last.hour, last.minute) == (12, 31, 23, 55)
    assert sunday.weekday() == 6
    assert (early.hour, early.minute) == (3, 0)


def test_the_moment_can_be_named_to_repeat_a_run():
    clock = choose("2028-02-29T03:00")
    assert clock.moment == datetime(2028, 2, 29, 6, 0, tzinfo=timezone.utc)
    assert clock.words().endswith("repeat: --clock 2028-02-29T03:00")
    assert parse("2028-02-29T03:00") == clock.moment


@pytest.mark.parametrize("text", ["tomorrow", "2027-02-29T03:00", "2028-02-29", "03:00"])
def test_what_is_no_time_is_refused_in_words(text):
    with pytest.raises(Problem, match="is no time"):
        choose(text)


def test_the_real_clock_moves_nothing():
    clock = choose("now")
    assert clock.environment(clock.offset(datetime.now(timezone.utc))) == {}


def test_a_python_process_and_its_children_believe_the_moved_clock():
    clock = MovedClock(datetime(2028, 2, 29, 3, 0, tzinfo=CITY))
    # Of a run under a moved clock itself, the first move counts from the real time.
    real = datetime.now(timezone.utc) - timedelta(
        seconds=int(os.environ.get("MOVED_CLOCK_SECONDS", "0"))
    )
    code = (
        "import subprocess, sys, time, datetime;"
        "began = time.monotonic(); time.sleep(0.05); assert 0.04 < time.monotonic() - began < 10;"
        "print(datetime.datetime.now(datetime.timezone.utc).isoformat(), flush=True);"
        "subprocess.run([sys.executable, '-c', 'import time; print(time.time())'], check=True)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **clock.environment(clock.offset(real))},
        capture_output=True,
        text=True,
        check=True,
    )
    parent, child = done.stdout.split()
    # The clock is moved by whole seconds
    late = datetime.fromisoformat(parent) - clock.moment
    assert timedelta(seconds=-1) <= late < timedelta(minutes=1)
    assert -1 <= float(child) - clock.moment.timestamp() < 60
