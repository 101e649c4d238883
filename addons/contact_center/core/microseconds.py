# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Moments in microseconds since 1970 (UTC), as whole numbers.

Odoo's Datetime keeps whole seconds only. A goal of 20 seconds is met up to 20.0 s, and intervals
that follow one another must add up exactly: for both, ledgers keep such a number beside their
Datetime. Datetimes here are naive UTC, as in Odoo's fields.
"""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)
MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000


def now_us() -> int:
    """Return this moment."""
    return to_us(datetime.now(UTC).replace(tzinfo=None))


def to_us(at: datetime) -> int:
    """Return a moment as a number.

    >>> to_us(datetime(1970, 1, 1, 0, 0, 20, 5))
    20000005
    """
    return (at - EPOCH) // MICROSECOND


def from_us(us: int) -> datetime:
    """Return a moment as Odoo keeps it, in whole seconds.

    >>> from_us(20000005)
    datetime.datetime(1970, 1, 1, 0, 0, 20)
    """
    return EPOCH + timedelta(seconds=us // SECOND)
