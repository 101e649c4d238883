# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Service time counts only while agents are serving: no nights, lunch or holidays.

Ranges are what `schedule.apply_days` returns: aware UTC (start, end), in order, without overlaps.
Nothing here knows about time zones: the code that makes the ranges handles them, including daylight
saving time.

    ranges of a queue Mon-Fri 8-18, from Friday 17:50 to Monday 08:05  ->  15 minutes
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from .schedule import Range

NOTHING = timedelta()


def service_time(ranges: Iterable[Range], start: datetime, end: datetime) -> timedelta:
    """Return the service time between two moments; zero if `end` is not later.

    >>> from datetime import timezone
    >>> at = lambda hour: datetime(2026, 11, 25, hour, tzinfo=timezone.utc)
    >>> service_time([(at(8), at(12)), (at(14), at(18))], at(11), at(15))
    datetime.timedelta(seconds=7200)
    """
    total = NOTHING
    for opens, closes in ranges:
        total += max(min(closes, end) - max(opens, start), NOTHING)
    return total


def add_service_time(
    ranges: Iterable[Range], start: datetime, amount: timedelta
) -> datetime | None:
    """Return the moment at which `amount` of service time has passed since `start`.

    None if the ranges end before that. A zero amount gives `start` itself.

    >>> from datetime import timezone
    >>> at = lambda hour: datetime(2026, 11, 25, hour, tzinfo=timezone.utc)
    >>> add_service_time([(at(8), at(12)), (at(14), at(18))], at(11), timedelta(hours=2))
    datetime.datetime(2026, 11, 25, 15, 0, tzinfo=datetime.timezone.utc)
    """
    if amount <= NOTHING:
        return start
    for opens, closes in ranges:
        opens = max(opens, start)
        if opens >= closes:
            continue
        if closes - opens >= amount:
            return opens + amount
        amount -= closes - opens
    return None


def subtract_service_time(
    ranges: Iterable[Range], end: datetime, amount: timedelta
) -> datetime | None:
    """Return the last moment from which `amount` of service time passed until `end`.

    None if the ranges begin later. Anything at or before this moment is at least `amount` of
    service time ago.

    >>> from datetime import timezone
    >>> at = lambda hour: datetime(2026, 11, 25, hour, tzinfo=timezone.utc)
    >>> subtract_service_time([(at(8), at(12)), (at(14), at(18))], at(15), timedelta(hours=2))
    datetime.datetime(2026, 11, 25, 11, 0, tzinfo=datetime.timezone.utc)
    """
    if amount <= NOTHING:
        return end
    for opens, closes in reversed(list(ranges)):
        closes = min(closes, end)
        if opens >= closes:
            continue
        if closes - opens >= amount:
            return closes - amount
        amount -= closes - opens
    return None
