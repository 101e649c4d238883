# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rate limit for all requests to the same GLPI in this process."""

import threading
import time


class Pace:
    """Let one request pass every 1/rate seconds; earlier ones wait for their turn.

    :param rate: requests a second, more than 0
    """

    def __init__(self, rate, clock=time.monotonic, sleep=time.sleep):
        self.rate = rate
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self):
        """Sleep until it is our turn."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next)
            self._next = turn + 1 / self.rate
        if turn > now:
            self._sleep(turn - now)


class Paces:
    """One Pace for each server, kept as long as its rate stays the same."""

    def __init__(self):
        self._lock = threading.Lock()
        self._paces = {}

    def of(self, key, rate):
        """Return the Pace of a server, None without a limit (rate 0)."""
        if not rate or rate <= 0:
            return None
        with self._lock:
            pace = self._paces.get(key)
            if pace is None or pace.rate != rate:
                pace = self._paces[key] = Pace(rate)
            return pace


PACES = Paces()
