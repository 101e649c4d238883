# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""GLPI sessions that outlive a job: opened once, shared, ended when not needed.

They live in the memory of this process and nowhere else: a session token is as good as a password,
and a process that ends takes its sessions with it.
"""

import atexit
import threading
import time

# GLPI forgets a session after 24 minutes without a call (PHP's usual lifetime)
IDLE_LIMIT = 20 * 60


class SessionPool:
    """Tokens of open sessions by key. Thread safe.

    A key names server, credentials and place (entity, profile): clients with the same key may share
    the session. Calls may run in parallel on one session.
    """

    def __init__(self, idle_limit=IDLE_LIMIT, clock=time.monotonic):
        self._idle_limit = idle_limit
        self._clock = clock
        self._lock = threading.Lock()
        self._open = {}  # key -> (token, end, last used)

    def take(self, key):
        """Return the token of an open session, "" if there is none or it idled too long."""
        with self._lock:
            token, end, used = self._open.get(key, ("", None, 0))
            now = self._clock()
            if token and now - used > self._idle_limit:
                del self._open[key]
                return ""
            if token:
                self._open[key] = (token, end, now)
            return token

    def keep(self, key, token, end):
        """Remember an open session; `end` closes it, given the token, and never raises."""
        with self._lock:
            self._open[key] = (token, end, self._clock())

    def lose(self, key, token):
        """Forget a session that GLPI no longer knows (unless a new one took its place)."""
        with self._lock:
            if self._open.get(key, ("",))[0] == token:
                del self._open[key]

    def close(self, chosen=lambda key: True):
        """End the sessions whose key is `chosen`, all of them by default."""
        with self._lock:
            keys = [key for key in self._open if chosen(key)]
            ended = [self._open.pop(key) for key in keys]
        for token, end, _used in ended:
            end(token)

    def forget(self):
        """Drop everything without telling GLPI (for tests, and after a fork)."""
        with self._lock:
            self._open.clear()


POOL = SessionPool()
atexit.register(POOL.close)
