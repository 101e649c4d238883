"""How much one person may ask of the machine in a period: counted, answered once, never lost.

A period begins with the first thing counted in it and is as long as the caller says. Beyond the
cap the machine stops working for this person until the period is over; what they sent is kept.
"""

from dataclasses import dataclass

MESSAGES, FILES, TICKETS = "messages", "files", "tickets"
KINDS = (MESSAGES, FILES, TICKETS)
#: Seconds
PERIODS = {MESSAGES: 60.0, FILES: 3600.0, TICKETS: 3600.0}


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted since the moment ``since`` (seconds of any clock)."""

    since: float = 0.0
    number: int = 0


def add(count: Count, at: float, period: float) -> Count:
    """Return the count with one more, which happened at ``at``.

    What is as far away as a period, before or after, begins a new one: so neither a clock that
    jumped nor one message with a wrong time counts against somebody for longer than that.

    >>> add(Count(100.0, 2), 130.0, 60.0), add(Count(100.0, 2), 160.0, 60.0)
    (Count(since=100.0, number=3), Count(since=160.0, number=1))
    """
    if not count.number or abs(at - count.since) >= period:
        return Count(at, 1)
    return Count(count.since, count.number + 1)


def is_over(count: Count, most: int) -> bool:
    """Whether the last one counted was one too many; 0 means that there is no cap."""
    return most > 0 and count.number > most


def is_first_over(count: Count, most: int) -> bool:
    """Whether it was the first one too many: the one that is answered."""
    return is_over(count, most) and count.number == most + 1
