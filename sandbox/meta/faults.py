"""Faults of the real Meta that can be switched on."""

import threading
import time

_EVERY = 10**9


class Faults:
    """The faults in force, set from JSON by the control API.

    See the README for what each does.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._checks = {
            "duplicate_webhooks": _count,
            "disorder": bool,
            "send_timeout": _times,
            "error": _error,
            "delay_ms": _count,
            "token_expired": bool,
            "no_statuses": bool,
            "down": bool,
            "pair_rate": _rate(45, 6.0),
            "number_rate": _rate(80, 1 / 80),
        }
        self.clear()

    def clear(self):
        """Switch all faults off."""
        self.set({})

    def set(self, values):
        """Replace all faults by `values`.

        Raises ValueError for an unknown or malformed one.
        """
        checked = {}
        for name, value in values.items():
            if name not in self._checks:
                raise ValueError(f"unknown fault {name!r}; known: {', '.join(self._checks)}")
            if value not in (None, False):
                checked[name] = self._checks[name](value)
        with self._lock:
            self._values = checked
            self._buckets = {}

    def as_dict(self):
        """Return the faults in force, with their remaining counts."""
        with self._lock:
            return {name: value for name, value in self._values.items() if value}

    def get(self, name):
        """Return the value of a fault, or None when it is off."""
        with self._lock:
            return self._values.get(name) or None

    def take(self, name, **conditions):
        """Use up one of a counted fault and return it, or None when it is off or used up.

        Taken only if the fault's own keys agree with `conditions` (a key it has not, agrees).
        """
        with self._lock:
            fault = self._values.get(name)
            if not fault or fault["count"] <= 0:
                return None
            if any(fault.get(key, wanted) != wanted for key, wanted in conditions.items()):
                return None
            fault["count"] -= 1
            return fault

    def over_rate(self, name, key):
        """Return whether one more for `key` exceeds fault `name`'s rate; else count it."""
        with self._lock:
            rate = self._values.get(name)
            if not rate:
                return False
            now = time.monotonic()
            free_at = max(self._buckets.get((name, key), 0.0), now)
            if free_at - now > (rate["burst"] - 1) * rate["seconds"] + 1e-6:
                return True
            self._buckets[name, key] = free_at + rate["seconds"]
            return False


def _count(value):
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"a number of 0 or more is wanted, not {value!r}")
    return value


def _object(value):
    if not isinstance(value, dict):
        raise ValueError(f"an object is wanted, not {value!r}")
    return value


def _times(value):
    value = {"after_accept": True, "count": _EVERY, "seconds": 15.0, **_object(value)}
    _count(value["count"])
    return value


def _error(value):
    value = {"count": _EVERY, "async": False, "details": "", **_object(value)}
    if "code" not in value:
        raise ValueError("error: code is missing")
    _count(value["code"])
    _count(value["count"])
    return value


def _rate(burst, seconds):
    def check(value):
        default = {"burst": burst, "seconds": seconds}
        return default if value is True else {**default, **_object(value)}

    return check
