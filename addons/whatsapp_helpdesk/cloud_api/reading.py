# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Typed reading of foreign JSON: always returns a value of the requested type."""

from datetime import UTC, datetime
from typing import Any

# Before WhatsApp existed and after the year 2200 a time stamp is a mistake
_FIRST, _LAST = 1_200_000_000, 7_258_118_400


def a_dict(value: Any) -> dict[str, Any]:
    """Return ``value`` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def a_list(value: Any) -> list[Any]:
    """Return ``value`` if it is an array, else an empty one."""
    return value if isinstance(value, list) else []


def a_text(value: Any) -> str:
    """Return ``value`` if it is text, a number as text, else ""."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def a_float(value: Any) -> float | None:
    """Return ``value`` as a finite number, None when it is none."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if abs(number) < 1e12 else None


def a_time(value: Any) -> datetime | None:
    """Return Meta's seconds since 1970 as UTC, None when they make no sense.

    They come as text or number.

    Some deliveries have milliseconds or microseconds: no date has so many seconds.
    """
    try:
        seconds = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    for scale in (1, 1_000, 1_000_000):
        if _FIRST <= seconds / scale <= _LAST:
            return datetime.fromtimestamp(int(seconds / scale), UTC)
    return None
