"""Holidays out of a calendar file (RFC 5545), as Google, Outlook and Apple save them.

An entry that is no whole day, or that comes every week, is no holiday: it is named, not taken.
"""

import re
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from .holiday_errors import MAX_ROWS, MAX_SPAN, HolidayFileError
from .tidying import fold, tidy

_ZONE = ZoneInfo("America/Sao_Paulo")
#: More days than this in a year are no holidays of one name
_MAX_IN_A_YEAR = 5
#: An entry of fewer hours is an appointment
_MIN_HOURS = 12
OPTIONAL = re.compile(r"\bfacultativ")


def days(text: str, years: range) -> list[tuple[date, str, bool]]:
    """Return (day, name, whether a decree decides it) of each entry; yearly ones in `years`.

    :raise HolidayFileError: with the number of the entry that is none
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
        span = _span(entry, start)
        starts = _starts(entry, start, years)
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
    import vobject  # a tenth of a second that only who brings a calendar pays

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
    """How many days an entry lasts, 0 for an appointment; the end of whole days is the day
    after."""
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
    """The first days of an entry: its own and others that it lists, with a rule those in
    `years`."""
    if not {"rrule", "rdate"} & entry.contents.keys():
        return [_day(start)]
    rules = entry.getrruleset(addRDate=True)
    if "rrule" not in entry.contents:
        return [_day(one) for one in list(rules)[:MAX_ROWS]]
    zone = start.tzinfo if isinstance(start, datetime) else None
    # naive where the entry is: whole days have no zone
    first = datetime(years[0], 1, 1, tzinfo=zone)
    last = datetime(years[-1], 12, 31, 23, 59, tzinfo=zone)
    return [_day(one) for one in rules.between(first, last, inc=True)[:MAX_ROWS]]


def _day(moment: date) -> date:
    """The day on Brazil's clock; midnight in UTC is how some write a whole day."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        return moment.date()
    as_utc = moment.astimezone(timezone.utc)
    if moment.utcoffset() == timedelta() and as_utc.hour == as_utc.minute == as_utc.second == 0:
        return as_utc.date()
    return moment.astimezone(_ZONE).date()
