"""Moments: the city's days, naive UTC as Odoo keeps it, and microseconds."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the begin of a day of the city, as naive UTC.

    >>> midnight(date(2026, 11, 20), ZoneInfo("America/Sao_Paulo"))
    datetime.datetime(2026, 11, 20, 3, 0)
    """
    return datetime.combine(day, time(), zone).astimezone(UTC).replace(tzinfo=None)


def microseconds(at: datetime) -> int:
    """Return a moment (naive UTC) as the ledgers measure it."""
    return (at - EPOCH) // timedelta(microseconds=1)


def whole(at: datetime) -> datetime:
    """Return a moment as Odoo's fields keep it, in whole seconds."""
    return at.replace(microsecond=0)
