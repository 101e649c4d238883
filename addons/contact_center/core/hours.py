# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The time people will be back, in words that fit into a sentence.

The words are English message ids, marked with ``_`` so that they are exported; the caller gives the
function that translates and fills them in, such as Odoo's ``env._``.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

#: Translates a message id and fills in its ``%(name)s`` places
Translate = Callable[..., str]


def _(text: str) -> str:
    """Mark ``text`` for translation; the caller's function translates it."""
    return text


WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
SOON = _("soon")
# Portuguese says "à 1h" but "às 7h", and leaves full hours without minutes
_AT_ONE, _AT_ONE_PAST = _("at 1:00"), _("at 1:%(minute)s")
_AT, _AT_PAST = _("at %(hour)s:00"), _("at %(hour)s:%(minute)s")
_TODAY, _TOMORROW = _("today %(time)s"), _("tomorrow %(time)s")
_DAY, _DAY_OF_YEAR = _("%(month)s/%(day)s"), _("%(month)s/%(day)s/%(year)s")
_ON = _("%(weekday)s, %(date)s, %(time)s")
_AFTER_HOLIDAY = _("%(weekday)s, %(date)s, %(time)s, after the holiday")


def clock_text(at: datetime, say: Translate) -> str:
    """Return the time of day with its preposition: "at 7:00", in Portuguese "às 7h"."""
    if at.hour == 1:
        return say(_AT_ONE_PAST, minute=f"{at.minute:02d}") if at.minute else say(_AT_ONE)
    if at.minute:
        return say(_AT_PAST, hour=at.hour, minute=f"{at.minute:02d}")
    return say(_AT, hour=at.hour)


def date_text(day: datetime, now: datetime, say: Translate) -> str:
    """Return a day and month in the language's order, with the year if it differs."""
    parts = {"day": f"{day:%d}", "month": f"{day:%m}"}
    if day.year == now.year:
        return say(_DAY, **parts)
    return say(_DAY_OF_YEAR, **parts, year=day.year)


def opening_text(
    now: datetime, opening: datetime | None, say: Translate, after_holiday: bool = False
) -> str:
    """Say when service opens; both times are in the queue's zone, None when unknown.

    :param say: translates one of the message ids here and fills it in
    :param after_holiday: whether a day in between is a holiday

    >>> def english(text, **values):
    ...     return text % values
    >>> opening_text(datetime(2026, 11, 20, 12), datetime(2026, 11, 20, 13), english)
    'today at 13:00'
    >>> opening_text(datetime(2026, 11, 20, 18), datetime(2026, 11, 24, 7, 30), english, True)
    'Tuesday, 11/24, at 7:30, after the holiday'
    """
    if opening is None:
        return say(SOON)
    time = clock_text(opening, say)
    if opening.date() == now.date():
        return say(_TODAY, time=time)
    if opening.date() == (now + timedelta(days=1)).date():
        return say(_TOMORROW, time=time)
    return say(
        _AFTER_HOLIDAY if after_holiday else _ON,
        weekday=say(WEEKDAYS[opening.weekday()]),
        date=date_text(opening, now, say),
        time=time,
    )
