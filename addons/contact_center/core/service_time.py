"""Time as a queue lives it: only while people serve. Nights, lunch, holidays do not count.

Ranges are what `schedule.apply_days` returns: aware UTC (start, end), in order, without overlaps.
Nothing here knows a time zone: whoever makes the ranges does, changes of the clock included.

    ranges of a queue Mon-Fri 8-18, from Friday 17:50 to Monday 08:05  ->  15 minutes
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from .schedule import Range

NOTHING = timedelta()


def service_time(ranges: Iterable[Range], start: datetime, end: datetime) -> timedelta:
    """Return how long people served between two moments; nothing when `end` is not later.

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
    """Return the moment at which people will have served for `amount` since `start`.

    None when the ranges end before. Nothing to add leads to `start` itself.

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
    """Return the last moment from which people have served for `amount` until `end`.

    None when the ranges begin later. Whatever happened at this moment or before lies at least
    `amount` of service back.

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
