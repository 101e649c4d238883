# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What agents' time went into: intervals of states, in microseconds.

They follow one another without a gap.

A ledger of one agent has neither gaps nor overlaps from the first login on: a state ends at the
very moment at which the next begins, so that the parts add up to the whole exactly. While logged
out there is an interval as well; it is no part of the logged time.

State time counts once, however many conversations an agent serves meanwhile; contact time counts
for each conversation (`contact_time`), and once where they overlap (`busy_time`).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

LOGGED_OUT = "logged_out"


@dataclass(frozen=True, slots=True)
class Interval:
    """One state of an agent, or one service, in microseconds.

    `end` is None while it lasts.
    """

    kind: str
    start: int
    end: int | None = None


def clipped(intervals: Iterable[Interval], since: int, until: int) -> list[Interval]:
    """Return the parts of `intervals` between two moments.

    What lasts still ends at `until`.

    >>> clipped([Interval("break", 10, 30), Interval("available", 30)], 20, 50)
    [Interval(kind='break', start=20, end=30), Interval(kind='available', start=30, end=50)]
    """
    found = []
    for one in intervals:
        start = max(one.start, since)
        end = until if one.end is None else min(one.end, until)
        if start < end:
            found.append(Interval(one.kind, start, end))
    return found


def time_by_kind(intervals: Iterable[Interval], since: int, until: int) -> dict[str, int]:
    """Return {kind: microseconds} between two moments, without the time logged out.

    >>> time_by_kind([Interval("break", 10, 30), Interval("logged_out", 30)], 0, 50)
    {'break': 20}
    """
    times = Counter()
    for one in clipped(intervals, since, until):
        if one.kind != LOGGED_OUT:
            times[one.kind] += one.end - one.start
    return dict(times)


def shares(times: dict[str, int]) -> dict[str, float]:
    """Return {kind: percent of the logged time}.

    >>> shares({"available": 30, "break": 10})
    {'available': 75.0, 'break': 25.0}
    """
    logged = sum(times.values())
    return {kind: 100 * time / logged for kind, time in times.items()} if logged else {}


def whole_shares(times: dict[str, int]) -> dict[str, int]:
    """Return `shares` as whole numbers that add up to 100.

    A bar of them is full.

    >>> whole_shares({"available": 2, "break": 1})
    {'available': 67, 'break': 33}
    """
    exact = shares(times)
    whole = {kind: int(share) for kind, share in exact.items()}
    # The largest remainders are rounded up
    missing = 100 - sum(whole.values()) if whole else 0
    for kind in sorted(exact, key=lambda kind: whole[kind] - exact[kind])[:missing]:
        whole[kind] += 1
    return whole


def contact_time(services: Iterable[Interval], since: int, until: int) -> int:
    """Return the time of all services together, each counted for itself."""
    return sum(one.end - one.start for one in clipped(services, since, until))


def busy_time(services: Iterable[Interval], since: int, until: int) -> int:
    """Return the time in which there was at least one service.

    >>> both = [Interval("service", 0, 30), Interval("service", 20, 40)]
    >>> contact_time(both, 0, 100), busy_time(both, 0, 100)
    (50, 40)
    """
    total = 0
    reached = since
    for one in sorted(clipped(services, since, until), key=lambda one: one.start):
        total += max(one.end - max(one.start, reached), 0)
        reached = max(reached, one.end)
    return total


def faults(intervals: Iterable[Interval]) -> list[tuple[int, int]]:
    """Return where a ledger has a gap or an overlap: (end, next start).

    There is none in a sound one.

    >>> faults([Interval("available", 0, 10), Interval("break", 10, 20), Interval("away", 21)])
    [(20, 21)]
    """
    ordered = list(intervals)
    return [
        (one.end, following.start)
        for one, following in pairwise(ordered)
        if one.end != following.start
    ]


def moment_of_switch(started: int, now: int) -> int:
    """Return when a state that began at `started` ends: now, or never before it began.

    If the clock was set back, the ledger waits until the clock has caught up.
    """
    return max(started, now)
