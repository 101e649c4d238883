"""When to leave a GLPI in peace: a circuit breaker, and how long to wait before another try.

Pure values: who asks gives the time and the chance (a number from 0 to 1), so that every path can
be tested. One breaker stands before each GLPI:

    closed ──(THRESHOLD failures in a row)──► open ──(its time is over)──► half open
       ▲                                        ▲                             │ one try
       └────────────── it went well ────────────┼─────────────────────────────┤
                                                └───────── it failed ─────────┘

While it is open nobody calls. Half open lets exactly one try pass; only after it went well do the
others follow. So a GLPI that comes back meets one request, not all that waited.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

CLOSED, OPEN, HALF_OPEN = "closed", "open", "half_open"
# One slow answer is no outage; three failures in a row, of whatever tickets, are one.
THRESHOLD = 3
# Seconds before the next try, by number of tries so far; the last one for ever after.
WAITS = (5, 10, 20, 40, 60, 120, 300)
# A wrong token is mended by a person: no use in asking every few seconds.
SETUP_WAIT = 300
# Part of a wait by which chance may shorten or lengthen it.
JITTER = 0.2
# Whoever makes the one try of a half open breaker and never reports is taken for dead after this.
PROBE_SECONDS = 120


def wait(tries: int, chance: float) -> float:
    """Seconds until the next try after ``tries`` failed ones; ``chance`` spreads them (0 to 1).

    >>> wait(0, 0.5), wait(99, 0.5), wait(0, 0), wait(0, 1)
    (5.0, 300.0, 4.0, 6.0)
    """
    base = WAITS[min(max(tries, 0), len(WAITS) - 1)]
    return round(base * (1 + JITTER * (2 * chance - 1)), 3)


@dataclass(frozen=True)
class Breaker:
    """What is known of one GLPI; times are naive UTC or aware, as the caller likes.

    failures: in a row; opened: how often it was opened in a row; until: when somebody may ask
    again (open) or when the one try is taken for lost (half open).
    """

    state: str = CLOSED
    failures: int = 0
    opened: int = 0
    until: datetime | None = None

    def ask(self, now: datetime) -> tuple["Breaker", float]:
        """Whether to call now: (the breaker afterwards, seconds to wait; 0 means go)."""
        if self.state == CLOSED:
            return self, 0.0
        if self.until is not None and now < self.until:
            return self, (self.until - now).total_seconds()
        probing = replace(self, state=HALF_OPEN, until=now + timedelta(seconds=PROBE_SECONDS))
        return probing, 0.0

    def idle(self, now: datetime) -> "Breaker":
        """Who was let through had nothing to send: whoever has something may try instead."""
        return replace(self, state=OPEN, until=now) if self.state == HALF_OPEN else self

    def succeeded(self) -> "Breaker":
        """GLPI answered as it should."""
        return Breaker()

    def failed(self, now: datetime, chance: float, *, setup: bool = False) -> "Breaker":
        """GLPI did not answer; with ``setup`` it answers, but will not until somebody mends it."""
        failures = self.failures + 1
        if self.state == CLOSED and failures < THRESHOLD and not setup:
            return replace(self, failures=failures)
        seconds = wait(self.opened, chance)
        if setup:
            seconds = max(seconds, SETUP_WAIT)
        until = now + timedelta(seconds=seconds)
        return Breaker(OPEN, failures, self.opened + 1, until)
