# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""When a queue is open: its usual ranges, and days with different ones.

Nothing here reads a clock or a database; times go in and out as aware UTC `datetime`s, days as the
`date` of the queue's own time zone.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from itertools import pairwise

from .tidying import fold

MINUTES_OF_A_DAY = 24 * 60
_TICK = timedelta(microseconds=1)
_TIME = r"(\d{1,2})(?:[:h.](\d{2})?)?"
_RANGE = re.compile(rf"{_TIME}\s*h?\s*(?:-|ate as|ate|as|a)\s*{_TIME}\s*h?")
#: "8hs", "8 horas", "08h00min": all are written "8h"
_HOURS = re.compile(r"(?<=\d)\s*h(?:s|rs?|oras?)?\b\.?|(?<=\dh\d\d)\s*min\b")

Range = tuple[datetime, datetime]
Minutes = tuple[int, int]


class RangesError(ValueError):
    """A text is not a list of time ranges; `part` holds what was not understood."""

    def __init__(self, part: str):
        self.part = part
        super().__init__(f"not a range of hours: {part!r}")


def parse_ranges(text: str) -> tuple[Minutes, ...]:
    """Parse the time ranges of a day into minutes since midnight, in order.

    >>> parse_ranges("7h-11h, 13:00 às 17:30")
    ((420, 660), (780, 1050))
    >>> parse_ranges("8-8")
    Traceback (most recent call last):
    ...
    contact_center.core.schedule.RangesError: not a range of hours: '8-8'
    """
    ranges = []
    for part in re.split(r"[,;\n/]| e ", text or ""):
        part = part.strip()
        if not part:
            continue
        plain = re.sub(r"^(?:das?|de) ", "", fold(part)).rstrip(".")
        match = _RANGE.fullmatch(_HOURS.sub(_hour_mark, plain))
        if not match:
            raise RangesError(part)
        opens, closes = _minutes(match[1], match[2]), _minutes(match[3], match[4])
        if opens is None or closes is None or opens >= closes:
            raise RangesError(part)
        ranges.append((opens, closes))
    ranges.sort()
    for (_opens, closes), (opens, later) in pairwise(ranges):
        if opens < closes:
            raise RangesError(ranges_text([(opens, later)]))
    return tuple(ranges)


def _hour_mark(match: re.Match) -> str:
    return "" if match[0].strip() == "min" else "h"


def _minutes(hours: str, minutes: str | None) -> int | None:
    """Return minutes since midnight, None if there is no such time."""
    total = int(hours) * 60 + int(minutes or 0)
    return total if int(minutes or 0) < 60 and total <= MINUTES_OF_A_DAY else None


def ranges_text(ranges: Iterable[Minutes]) -> str:
    """Return readable text for ranges in minutes since midnight.

    >>> ranges_text([(420, 660), (780, 1050)])
    '7h às 11h, 13h às 17h30'
    """
    return ", ".join(f"{clock(opens)} às {clock(closes)}" for opens, closes in ranges)


def clock(minutes: int) -> str:
    """Return a time of day, given in minutes since midnight, in Brazilian notation.

    >>> clock(450)
    '7h30'
    """
    hour, minute = divmod(minutes, 60)
    return f"{hour}h{minute:02d}" if minute else f"{hour}h"


def apply_days(
    usual: Iterable[Range],
    days: Mapping[date, tuple[Minutes, ...]],
    zone: tzinfo,
    start: datetime,
    end: datetime,
) -> list[Range]:
    """Return the ranges between `start` and `end`, in order and without overlaps.

    :param usual: ranges for every day that is not in `days`
    :param days: ranges that apply instead on these local days; an empty tuple means closed
    """
    pieces = []
    for opens, closes in usual:
        # A calendar stores midnight at the end of a day as its last microsecond.
        if closes.microsecond == 999999:
            closes += _TICK
        closes = _whole_day(closes, zone)
        pieces.extend(_outside(opens, closes, days, zone))
    for day, ranges in days.items():
        pieces.extend(_local_range(day, minutes, zone) for minutes in ranges)
    clipped = ((max(opens, start), min(closes, end)) for opens, closes in pieces)
    return merge((opens, closes) for opens, closes in clipped if opens < closes)


def _outside(opens: datetime, closes: datetime, days, zone: tzinfo):
    """Yield what remains of one range without the local days in `days`."""
    day = opens.astimezone(zone).date()
    while opens < closes:
        day += timedelta(days=1)
        midnight = at_utc(day, 0, zone)
        until = min(closes, midnight)
        if day - timedelta(days=1) not in days and opens < until:
            yield opens.astimezone(timezone.utc), until.astimezone(timezone.utc)
        opens = max(opens, until)


def _whole_day(closes: datetime, zone: tzinfo) -> datetime:
    """Return the end of the day instead of its last minute: people write midnight as 23:59."""
    local = closes.astimezone(zone)
    if (local.hour, local.minute) != (23, 59):
        return closes
    return at_utc(local.date(), MINUTES_OF_A_DAY, zone)


def _local_range(day: date, minutes: Minutes, zone: tzinfo) -> Range:
    opens, closes = minutes
    if closes == MINUTES_OF_A_DAY - 1:
        closes = MINUTES_OF_A_DAY
    return at_utc(day, opens, zone), at_utc(day, closes, zone)


def at_utc(day: date, minutes: int, zone: tzinfo) -> datetime:
    """Return when, in UTC, clocks of `zone` show `minutes` after midnight of `day`."""
    if minutes == MINUTES_OF_A_DAY:
        day, minutes = day + timedelta(days=1), 0
    local = datetime.combine(day, time(*divmod(minutes, 60)), tzinfo=zone)
    return local.astimezone(timezone.utc)


def merge(ranges: Iterable[Range]) -> list[Range]:
    """Return the ranges in order, merging those that touch or overlap."""
    merged: list[Range] = []
    for opens, closes in sorted(ranges):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes))
        else:
            merged.append((opens, closes))
    return merged


def after_hours(ranges: Iterable[Range], wanted: timedelta) -> datetime | None:
    """Return when `wanted` hours of `ranges` have passed; None if never.

    The ranges are ordered and do not overlap.

    >>> opens = [datetime(2026, 1, 2, 9), datetime(2026, 1, 2, 14)]
    >>> ranges = [(at, at + timedelta(hours=3)) for at in opens]
    >>> after_hours(ranges, timedelta(hours=4))
    datetime.datetime(2026, 1, 2, 15, 0)
    """
    for opens, closes in ranges:
        length = closes - opens
        if wanted <= length:
            return opens + wanted
        wanted -= length
    return None
