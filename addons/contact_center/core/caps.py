# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Caps on how much work one person may cause in a period.

Requests are counted, the first one over a cap is answered once, none is lost.

A period begins with the first request counted in it; the caller says how long it is. Over the cap
the system does no work for this person until the period ends; their messages are kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass

MESSAGES, FILES, TICKETS = "messages", "files", "tickets"
#: Messages once more, over a longer period
HOURLY = "hourly_messages"
#: Size of what is fetched: no counter, since what was fetched is on record
MEGABYTES = "megabytes"
KINDS = (MESSAGES, HOURLY, FILES, TICKETS, MEGABYTES)
#: Seconds
PERIODS = {MESSAGES: 60.0, HOURLY: 3600.0, FILES: 3600.0, TICKETS: 3600.0, MEGABYTES: 86400.0}
#: The kinds that a request of a kind is counted as, the longest period last
COUNTED_AS = {MESSAGES: (MESSAGES, HOURLY), FILES: (FILES,), TICKETS: (TICKETS,)}


@dataclass(frozen=True, slots=True)
class Count:
    """The number of requests since the moment ``since`` (seconds of any clock)."""

    since: float = 0.0
    number: int = 0


def add(count: Count, at: float, period: float) -> Count:
    """Return the count with one more request, made at ``at``.

    A request a whole period away, before or after, begins a new one, so neither a clock jump nor a
    message with a wrong time counts against somebody for longer than that.

    >>> add(Count(100.0, 2), 130.0, 60.0), add(Count(100.0, 2), 160.0, 60.0)
    (Count(since=100.0, number=3), Count(since=160.0, number=1))
    """
    if not count.number or abs(at - count.since) >= period:
        return Count(at, 1)
    return Count(count.since, count.number + 1)


def is_over(count: Count, most: int) -> bool:
    """Return whether the last request exceeded the cap; 0 means that there is no cap."""
    return most > 0 and count.number > most


def is_first_over(count: Count, most: int) -> bool:
    """Return whether this was the first request over the cap: it gets an answer."""
    return is_over(count, most) and count.number == most + 1


def exceeded(counts: Mapping[str, Count], most: Mapping[str, int]) -> tuple[str, bool]:
    """Return which cap the last request exceeded, and whether it gets an answer.

    Over several caps the longest period speaks: whoever was told of the hour is not told of each
    minute in it.

    :param counts: as `COUNTED_AS` orders them
    :return: "" when no cap was exceeded

    >>> exceeded({MESSAGES: Count(0.0, 31), HOURLY: Count(0.0, 301)}, {MESSAGES: 30, HOURLY: 300})
    ('hourly_messages', True)
    """
    over = [kind for kind, count in counts.items() if is_over(count, most[kind])]
    return (over[-1], is_first_over(counts[over[-1]], most[over[-1]])) if over else ("", False)
