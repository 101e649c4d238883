"""The moved clock of `./dev test`: the suite must pass on any day and at any hour.

The unit and the Odoo part run as if it were another moment, drawn anew for each commit and printed,
so that a test that mixes a fixed date with the real one cannot go unnoticed. `time-machine` moves
the clock of every Python process of that part (`clock/sitecustomize.py`); Odoo asks PostgreSQL for
the time as well (`create_date`), whose `now()` is moved in the test's own database by the same
number of seconds. Not libfaketime: under it `time.sleep` of Python 3.11 fails.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from .errors import Problem

CITY = ZoneInfo("America/Sao_Paulo")
"""The moments below are local times of a city that the product is made for."""

REAL = "now"
"""Value of `--clock` that leaves the clock alone."""

FORM = "%Y-%m-%dT%H:%M"


FOLDER = Path(__file__).with_name("clock")
"""Has the `sitecustomize` that moves the clock."""


@dataclass(frozen=True)
class MovedClock:
    """A moment at which a part of the tests begins.

    :param moment: with time zone; None leaves the clock alone
    """

    moment: datetime | None = None

    def offset(self, now: datetime) -> int:
        """Return the seconds from the real time to the moment; 0 for the real clock."""
        return round((self.moment - now).total_seconds()) if self.moment else 0

    def environment(self, offset: int, python_path: str = "") -> dict[str, str]:
        """Return variables that move a Python process's clock by `offset` seconds.

        And its children's.

        :param python_path: what the process has in PYTHONPATH already
        """
        if not self.moment:
            return {}
        path = os.pathsep.join(filter(None, (str(FOLDER), python_path)))
        return {"PYTHONPATH": path, "MOVED_CLOCK_SECONDS": str(offset)}

    def words(self) -> str:
        """Return what a run prints, with how to repeat it."""
        if not self.moment:
            return "clock: the real one"
        local = self.moment.astimezone(CITY)
        return f"clock: begins at {local:%A, %d %B %Y, %H:%M}, repeat: --clock {local:{FORM}}"


def choose(wanted: str, seed: int = 0, now: datetime | None = None) -> MovedClock:
    """Return the clock of this run.

    :param wanted: the value of `--clock`: a local time, "now", or "" to draw one
    :param seed: of the drawing (`chance.seed`)
    :raise Problem: the value is no time
    """
    if wanted == REAL:
        return MovedClock()
    now = now or datetime.now(tz=CITY)
    if wanted:
        return MovedClock(parse(wanted))
    # No secret: the same commit shall get the same moment
    return MovedClock(draw(now, random.Random(seed)))  # nosec B311


def parse(text: str) -> datetime:
    """Read a local time such as `2028-02-29T03:00`.

    :raise Problem: it is none
    """
    try:
        return datetime.strptime(text, FORM).replace(tzinfo=CITY)
    except ValueError:
        raise Problem(
            f"--clock: {text!r} is no time.", "write it as 2028-02-29T03:00, or `now`"
        ) from None


def draw(now: datetime, chance: random.Random) -> datetime:
    """Draw a moment from now on: a date on which software breaks, or any other."""
    return chance.choice(KINDS)(now.astimezone(CITY), chance).replace(second=0, microsecond=0)


def _days_later(days: int) -> Callable[[datetime, random.Random], datetime]:
    return lambda now, chance: now + timedelta(days=days)


def _leap_day(now: datetime, chance: random.Random) -> datetime:
    year = now.year + -now.year % 4
    leap = datetime(year, 2, 29, chance.randrange(24), chance.randrange(60), tzinfo=CITY)
    return leap if leap >= now else leap.replace(year=year + 4)


def _end_of_the_year(now: datetime, chance: random.Random) -> datetime:
    last = now.replace(month=12, day=31, hour=23, minute=55)
    return last if last >= now else last.replace(year=now.year + 1)


def _sunday(now: datetime, chance: random.Random) -> datetime:
    sunday = now + timedelta(days=6 - now.weekday() or 7)
    return sunday.replace(hour=chance.randrange(24), minute=chance.randrange(60))


def _three_in_the_morning(now: datetime, chance: random.Random) -> datetime:
    return (now + timedelta(days=chance.randrange(1, 400))).replace(hour=3, minute=0)


def _any_time(now: datetime, chance: random.Random) -> datetime:
    return now + timedelta(minutes=chance.randrange(5 * 366 * 24 * 60))


KINDS = (
    *(_days_later(days) for days in (1, 8, 365)),
    *(_leap_day, _end_of_the_year, _sunday, _three_in_the_morning, _any_time),
)
