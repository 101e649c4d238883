# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How fast to send and when to try again.

Pure arithmetic: the caller gives the clock.

Meta allows one message in 6 seconds to one person (45 may be borrowed from the future) and 80 per
second for one number. Source: Meta, "Throughput" and "Pair rate limits".
"""

import random
import threading

PAIR_PERIOD = 6.0
PAIR_BURST = 45
NUMBER_RATE = 80.0

RETRY_FIRST = 2.0
RETRY_CAP = 900.0
PAIR_RETRY_CAP = 4.0**6


def take(full_at: float, now: float, period: float, burst: int) -> tuple[float, float]:
    """Take one message out of a leaky bucket (GCRA).

    :param full_at: the bucket's state, seconds: the moment at which it is empty again (0 at first)
    :param now: the clock, seconds, same origin as ``full_at``
    :param period: seconds that one message costs
    :param burst: messages which may be sent at once
    :return: ``(wait, new full_at)``; ``wait`` is 0 when the message may go now, else the seconds
        until it may, and then the state is unchanged.
    """
    start = max(full_at, now)
    wait = start + period - now - period * burst
    # One microsecond of tolerance: sums of floats are not exact
    if wait > 1e-6:
        return wait, full_at
    return 0.0, start + period


class RateLimiter:
    """The rate of one number within this process; safe for threads.

    Processes do not share it: with several the sum may pass Meta's rate, which then answers
    130429, a refusal that is safely tried again.
    """

    def __init__(self, rate: float = NUMBER_RATE):
        self.rate = rate
        self._full_at = 0.0
        self._lock = threading.Lock()

    def take(self, now: float) -> float:
        """Return 0 when a message may go now (counting it), else the seconds to wait."""
        with self._lock:
            period = 1.0 / self.rate
            wait, self._full_at = take(
                self._full_at, now, period, burst=max(1, int(self.rate // 4))
            )
            return wait


def retry_delay(tries: int, jitter: float | None = None) -> float:
    """Return the seconds before the next try after ``tries`` failed ones.

    2, 4, 8 ... up to 15 minutes.

    Up to a fifth is added at random, so that what failed together does not return together.
    """
    base = min(RETRY_CAP, RETRY_FIRST * 2.0 ** min(max(tries, 1) - 1, 30))
    share = random.random() if jitter is None else jitter
    return base * (1.0 + 0.2 * share)


def pair_retry_delay(tries: int) -> float:
    """Return the seconds to wait after Meta's pair rate refusal (131056): 4^tries."""
    return min(PAIR_RETRY_CAP, 4.0 ** max(tries, 1))
