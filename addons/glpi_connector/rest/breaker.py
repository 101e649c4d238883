# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A circuit breaker: when to stop calling a GLPI, how long to wait to retry.

Pure values: the caller passes the time and the random number (0 to 1), so that every path can be
tested. Each GLPI has its own breaker:

    closed ──(THRESHOLD failures in a row)──► open ──(its time is over)──► half open
       ▲                                        ▲                             │ one try
       └────────────── it went well ────────────┼─────────────────────────────┤
                                                └───────── it failed ─────────┘

While it is open nobody calls. Half open lets exactly one attempt through; only if it succeeds do
the others follow. So a recovering GLPI gets one request, not the whole backlog.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

CLOSED, OPEN, HALF_OPEN = "closed", "open", "half_open"
# One slow response is not an outage; three failures in a row, on any tickets, are.
THRESHOLD = 3
# Seconds before the next attempt, by attempts so far; the last value applies from then on.
WAITS = (5, 10, 20, 40, 60, 120, 300)
# Only a person can fix a wrong token: no point in retrying every few seconds.
SETUP_WAIT = 300
# Share of a wait by which random jitter may shorten or lengthen it.
JITTER = 0.2
# A caller that makes the half-open attempt and never reports is considered dead after this.
PROBE_SECONDS = 120


def wait(tries: int, chance: float) -> float:
    """Return the seconds until the next try after ``tries`` failed ones.

    ``chance`` (0 to 1) spreads them.

    >>> wait(0, 0.5), wait(99, 0.5), wait(0, 0), wait(0, 1)
    (5.0, 300.0, 4.0, 6.0)
    """
    base = WAITS[min(max(tries, 0), len(WAITS) - 1)]
    return round(base * (1 + JITTER * (2 * chance - 1)), 3)


@dataclass(frozen=True)
class Breaker:
    """The state of one GLPI; times may be naive UTC or aware.

    failures: in a row; opened: how often it was opened in a row; until: when somebody may ask
    again (open) or when the one try is taken for lost (half open).
    """

    state: str = CLOSED
    failures: int = 0
    opened: int = 0
    until: datetime | None = None

    def ask(self, now: datetime) -> tuple["Breaker", float]:
        """Return (the new breaker, seconds to wait); 0 means go."""
        if self.state == CLOSED:
            return self, 0.0
        if self.until is not None and now < self.until:
            return self, (self.until - now).total_seconds()
        probing = replace(self, state=HALF_OPEN, until=now + timedelta(seconds=PROBE_SECONDS))
        return probing, 0.0

    def idle(self, now: datetime) -> "Breaker":
        """Release an attempt that had nothing to send, so that another caller may try."""
        return replace(self, state=OPEN, until=now) if self.state == HALF_OPEN else self

    def succeeded(self) -> "Breaker":
        """Record a success."""
        return Breaker()

    def failed(self, now: datetime, chance: float, *, setup: bool = False) -> "Breaker":
        """Record a failure; with ``setup`` somebody must fix the connection first."""
        failures = self.failures + 1
        if self.state == CLOSED and failures < THRESHOLD and not setup:
            return replace(self, failures=failures)
        seconds = wait(self.opened, chance)
        if setup:
            seconds = max(seconds, SETUP_WAIT)
        until = now + timedelta(seconds=seconds)
        return Breaker(OPEN, failures, self.opened + 1, until)
