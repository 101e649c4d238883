# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Periods that are said relative to a day, and dates that recur."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

TODAY, YESTERDAY = "today", "yesterday"
THIS_WEEK, LAST_WEEK = "this_week", "last_week"
THIS_MONTH, LAST_MONTH = "this_month", "last_month"
LAST_HALF, THIS_YEAR, LAST_YEAR = "last_half", "this_year", "last_year"
FROM_START, CHOSEN = "from_start", "chosen"

ONCE, DAILY, WEEKLY, MONTHLY, HALF_YEARLY, YEARLY = (
    "once",
    "daily",
    "weekly",
    "monthly",
    "half_yearly",
    "yearly",
)
_STEPS = {
    DAILY: relativedelta(days=1),
    WEEKLY: relativedelta(weeks=1),
    MONTHLY: relativedelta(months=1),
    HALF_YEARLY: relativedelta(months=6),
    YEARLY: relativedelta(years=1),
}


def period(name: str, today: date, start: date) -> tuple[date, date]:
    """Return the first and the last day of a relative period.

    Weeks begin on Monday; halves of a year in January and July; from the start means until
    yesterday, so that no day is cut.

    :param today: the day from which it is meant
    :param start: when the contract began
    :raise ValueError: there is no such period

    >>> period("last_month", date(2026, 3, 31), date(2026, 1, 1))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    >>> period("last_half", date(2026, 3, 31), date(2026, 1, 1))
    (datetime.date(2025, 7, 1), datetime.date(2025, 12, 31))
    """
    day = timedelta(days=1)
    week = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    year = today.replace(month=1, day=1)
    half = year if today.month < 7 else year.replace(month=7)
    before = half - relativedelta(months=6)
    periods = {
        TODAY: (today, today),
        YESTERDAY: (today - day, today - day),
        THIS_WEEK: (week, today),
        LAST_WEEK: (week - 7 * day, week - day),
        THIS_MONTH: (month, today),
        LAST_MONTH: ((month - day).replace(day=1), month - day),
        LAST_HALF: (before, half - day),
        THIS_YEAR: (year, today),
        LAST_YEAR: (year - relativedelta(years=1), year - day),
        FROM_START: (min(start, today - day), today - day),
    }
    if name not in periods:
        raise ValueError(f"no period is called {name}")
    return periods[name]


def occurrence(first: datetime, every: str, number: int) -> datetime:
    """Return the date of an occurrence, the first being number 0 (local time).

    The 31st is the last day of shorter months, and the 31st again afterwards.

    >>> [occurrence(datetime(2026, 1, 31, 6), "monthly", n).day for n in range(4)]
    [31, 28, 31, 30]
    """
    return first + number * _STEPS[every] if every != ONCE else first


def following(first: datetime, every: str, after: datetime | None) -> datetime | None:
    """Return the first occurrence later than `after` (local time), or None.

    :param after: None: the first occurrence of all

    >>> following(datetime(2026, 1, 31, 6), "monthly", datetime(2026, 2, 28, 6))
    datetime.datetime(2026, 3, 31, 6, 0)
    """
    if after is None or first > after:
        return first
    if every == ONCE:
        return None
    days = {DAILY: 1, WEEKLY: 7, MONTHLY: 31, HALF_YEARLY: 184, YEARLY: 366}[every]
    number = max((after - first).days // days, 0)
    while occurrence(first, every, number) <= after:
        number += 1
    return occurrence(first, every, number)


def midnight(day: date, zone: str) -> datetime:
    """Return when a day begins in a time zone, as naive UTC."""
    return to_utc(datetime.combine(day, time()), zone)


def to_utc(local: datetime, zone: str) -> datetime:
    """Return a local time as naive UTC; of an hour that comes twice, the first."""
    aware = local.replace(tzinfo=ZoneInfo(zone))
    return aware.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


def to_local(moment: datetime, zone: str) -> datetime:
    """Return a moment (naive UTC) as naive local time."""
    aware = moment.replace(tzinfo=ZoneInfo("UTC"))
    return aware.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
