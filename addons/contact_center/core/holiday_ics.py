# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Holidays from a calendar file (RFC 5545), as saved by Google, Outlook and Apple.

An entry that is not a whole day, or recurs weekly, is not a holiday: it is reported, not imported.
"""

import re
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from .holiday_errors import MAX_ROWS, MAX_SPAN, HolidayFileError
from .tidying import fold, tidy

_ZONE = ZoneInfo("America/Sao_Paulo")
#: A name on more days than this in a year is not a holiday
_MAX_IN_A_YEAR = 5
#: Entries shorter than this (in hours) are appointments
_MIN_HOURS = 12
_TOO_OFTEN = re.compile(r"FREQ=(?:HOUR|MINUTE|SECOND)LY|BY(?:HOUR|MINUTE|SECOND)=", re.I)
OPTIONAL = re.compile(r"\bfacultativ")


def days(text: str, years: range) -> list[tuple[date, str, bool]]:
    """Return (day, name, whether a decree decides it) of each entry.

    Yearly ones are repeated in `years`.

    :raise HolidayFileError: with the number of the entry that is not a holiday
    """
    found: list[tuple[date, str, bool]] = []
    entries = _entries(text)
    moved = {
        (_value(entry, "uid"), _day(_value(entry, "recurrence_id")))
        for entry in entries
        if isinstance(_value(entry, "recurrence_id"), date)
    }
    for number, entry in enumerate(entries, 1):
        if number > MAX_ROWS:
            raise HolidayFileError(number, reason="many")
        if _value(entry, "status") == "CANCELLED":
            continue
        name, start = tidy(_value(entry, "summary")), _value(entry, "dtstart")
        if not isinstance(start, date):
            raise HolidayFileError(number, name[:80])
        if not name:
            raise HolidayFileError(number, f"{start:%d/%m/%Y}", "name")
        try:
            span, starts = _span(entry, start), _starts(entry, start, years)
        except (ValueError, OverflowError, TypeError, AttributeError) as error:
            # A rule or an end that is none: the libraries say so each in its own way
            raise HolidayFileError(number, name[:80]) from error
        if not 1 <= span <= MAX_SPAN or len(starts) > _MAX_IN_A_YEAR * len(years):
            raise HolidayFileError(number, name[:80])
        if not isinstance(_value(entry, "recurrence_id"), date):
            starts = [first for first in starts if (_value(entry, "uid"), first) not in moved]
        about = f"{name} {_value(entry, 'description') or ''} {_value(entry, 'categories') or ''}"
        optional = bool(OPTIONAL.search(fold(about)))
        found += [
            (first + timedelta(days=day), name, optional) for first in starts for day in range(span)
        ]
    return found


def _entries(text: str) -> list:
    import vobject  # takes a tenth of a second: import it only when a calendar is read

    try:
        return [
            entry
            for book in vobject.readComponents(text)
            for entry in book.contents.get("vevent", [])
        ]
    except (vobject.base.ParseError, ValueError, AttributeError) as error:
        raise HolidayFileError(0) from error


def _value(entry, name: str):
    return getattr(getattr(entry, name, None), "value", None)


def _span(entry, start: date) -> int:
    """Return how many days an entry lasts, 0 for an appointment.

    The end of whole days is the day after.
    """
    end, length = _value(entry, "dtend"), _value(entry, "duration")
    if not isinstance(end, date):
        if not isinstance(length, timedelta):
            return 1
        end = start + length
    if not isinstance(start, datetime):
        return max((_day(end) - start).days, 1)
    last = end if isinstance(end, datetime) else datetime.combine(end, time.min)
    if (last.tzinfo is None) != (start.tzinfo is None):
        last, start = last.replace(tzinfo=None), start.replace(tzinfo=None)
    if last - start < timedelta(hours=_MIN_HOURS):
        return 0
    return (_day(last - timedelta(seconds=1)) - _day(start)).days + 1


def _starts(entry, start: date, years: range) -> list[date]:
    """Return an entry's start days: its own, others it lists, and with a rule those in `years`."""
    if not {"rrule", "rdate"} & entry.contents.keys():
        return [_day(start)]
    if any(_TOO_OFTEN.search(str(rule.value)) for rule in entry.contents.get("rrule", ())):
        raise ValueError("a rule by the hour, or finer")  # its dates would be counted for minutes
    rules = entry.getrruleset(addRDate=True)
    if "rrule" not in entry.contents:
        return [_day(one) for one in list(rules)[:MAX_ROWS]]
    zone = start.tzinfo if isinstance(start, datetime) else None
    # naive if the entry is: whole days have no time zone
    first = datetime(years[0], 1, 1, tzinfo=zone)
    last = datetime(years[-1], 12, 31, 23, 59, tzinfo=zone)
    return [_day(one) for one in rules.between(first, last, inc=True)[:MAX_ROWS]]


def _day(moment: date) -> date:
    """Return the day in Brazil's time zone; some programs write a whole day as midnight UTC."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        return moment.date()
    as_utc = moment.astimezone(timezone.utc)
    if moment.utcoffset() == timedelta() and as_utc.hour == as_utc.minute == as_utc.second == 0:
        return as_utc.date()
    return moment.astimezone(_ZONE).date()
