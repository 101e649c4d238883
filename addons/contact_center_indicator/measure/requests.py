# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Requests of the city and their clocks, and the quietest hours for a maintenance.

A message of the electronic service is live within 72 hours, a fault of it mended within 24, and its
maintenance lies where the fewest citizens come.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

MESSAGE, FAULT, MAINTENANCE, OTHER = "message", "fault", "maintenance", "other"
LIMITS: Mapping[str, timedelta] = {
    MESSAGE: timedelta(hours=72),
    FAULT: timedelta(hours=24),
}
"""Kind of request -> within which it is done. A maintenance has no clock, but an hour."""

HOURS_OF_WEEK = 7 * 24


def due(kind: str, asked: datetime) -> datetime | None:
    """Return until when a request has to be done; None if it has no clock.

    >>> due("message", datetime(2026, 3, 2, 9))
    datetime.datetime(2026, 3, 5, 9, 0)
    """
    limit = LIMITS.get(kind)
    return asked + limit if limit else None


def is_late(kind: str, asked: datetime, done: datetime | None, now: datetime) -> bool:
    """Return whether it was done after its time, or is still open after it."""
    until = due(kind, asked)
    return until is not None and (done or now) > until


def hour_of_week(moment: datetime) -> int:
    """Return a moment's hour of the week, 0 on Monday at midnight."""
    return moment.weekday() * 24 + moment.hour


def quietest(counts: Mapping[int, int], hours: int) -> int:
    """Return the hour of the week at which the quietest stretch begins.

    The first of equals.

    >>> quietest({hour: 5 for hour in range(168) if hour not in (27, 28)}, 2)
    27

    :param counts: {hour of the week: contacts}; an hour without is quiet
    :param hours: how long the stretch is, it may reach into the next week
    """
    if not 0 < hours <= HOURS_OF_WEEK:
        raise ValueError(f"{hours} hours are no part of a week")

    def load(first):
        return sum(counts.get((first + step) % HOURS_OF_WEEK, 0) for step in range(hours))

    return min(range(HOURS_OF_WEEK), key=load)


def next_at(hour: int, after: datetime) -> datetime:
    """Return the next full hour after a moment that is this hour of the week.

    >>> next_at(27, datetime(2026, 3, 2, 9, 30))
    datetime.datetime(2026, 3, 3, 3, 0)
    """
    full = after.replace(minute=0, second=0, microsecond=0)
    ahead = (hour - hour_of_week(full)) % HOURS_OF_WEEK
    found = full + timedelta(hours=ahead)
    return found if found > after else found + timedelta(hours=HOURS_OF_WEEK)
