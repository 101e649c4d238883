# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Outages and the clocks that begin with them."""

from datetime import datetime, timedelta
from typing import NamedTuple

# The city is told in writing of every interruption within so many hours (requirement D4).
NOTICE_HOURS = 24
REMINDERS = (12, 20)
# Hours in which each kind is to be mended (requirements B45, B52): what the center itself is made
# of within two hours of its diagnosis, a link to a system of others within four.
REPAIR_HOURS = {
    "channel": 2,
    "integration": 4,
    "worker": 2,
    "node": 2,
    "database": 2,
    "platform": 2,
}
# A thing that stops again so soon is the same outage going on.
AGAIN = timedelta(minutes=10)
# An outage that ended so soon is told in one e-mail, with its end.
TELL_AFTER = timedelta(minutes=2)
SOON = 0.75


class Clock(NamedTuple):
    """A clock: `state` is "ok", "soon", "late", "met" or "missed".

    `left` is its time, or less.
    """

    state: str
    left: timedelta


def clock(began: datetime, hours: float, now: datetime, stopped: datetime | None = None) -> Clock:
    """Return how a clock of so many hours stands, `stopped` when its duty was done.

    >>> clock(datetime(2026, 1, 1, 8), 2, datetime(2026, 1, 1, 9, 45))
    Clock(state='soon', left=datetime.timedelta(seconds=900))
    """
    allowed = timedelta(hours=hours)
    left = began + allowed - (stopped or now)
    if stopped:
        return Clock("met" if left >= timedelta() else "missed", left)
    if left < timedelta():
        return Clock("late", left)
    return Clock("soon" if left <= allowed * (1 - SOON) else "ok", left)


def due_reminders(began: datetime, now: datetime, done) -> list[int]:
    """Return the hours that have passed and are not `done`.

    Of `REMINDERS` and `NOTICE_HOURS`.
    """
    passed = (now - began) / timedelta(hours=1)
    return [hours for hours in (*REMINDERS, NOTICE_HOURS) if passed >= hours and hours not in done]


def gap(last_beat: datetime | None, now: datetime, longest: timedelta):
    """Return (begin, end) of a silence longer than `longest`, or None.

    A clock that was put back is no silence.
    """
    if last_beat is None or now - last_beat <= longest:
        return None
    return last_beat, now
