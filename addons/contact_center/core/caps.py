# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Caps on how much work one person may cause in a period: counted, answered once, never lost.

A period begins with the first request counted in it; the caller says how long it is. Over the cap
the system does no work for this person until the period ends; their messages are kept.
"""

from dataclasses import dataclass

MESSAGES, FILES, TICKETS = "messages", "files", "tickets"
KINDS = (MESSAGES, FILES, TICKETS)
#: Seconds
PERIODS = {MESSAGES: 60.0, FILES: 3600.0, TICKETS: 3600.0}


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
    """Return whether this was the first request over the cap: the one that gets an answer."""
    return is_over(count, most) and count.number == most + 1
