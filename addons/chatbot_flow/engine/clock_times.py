# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Times of the day as people write them: "14h30", "às 2 da tarde", "meio-dia"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .shared import cardinals, tidying

_MAX_LENGTH = 60
_BEFORE = re.compile(
    r"^(?:(?:as|a|o|ao|as?|pelas|por volta das?|la pelas|umas|de|pode ser|para as|pras?|no|na|hora|"
    r"horario|ok|sim|de preferencia|as da)\b[:.,]?\s*)+"
)
_AFTER = re.compile(r"[\s,.!]*\b(?:por favor|em ponto|ok|pode ser|obrigad[oa]|brasilia)[\s.!]*$")
_PERIOD = re.compile(
    r",? (?:d[ae]|pela|a|na|de) (manha|tarde|noite|madrugada|manhazinha|tardinha)$"
)
_AM_PM = re.compile(r" ?([ap])\.?m\.?$")
#: 14:30, 14h30, 14h, 14 horas, 14 e 30, 1430
_DIGITAL = re.compile(
    r"(\d{1,2})(?: ?(?:[:.,;]|h|hs|hrs?|horas?) ?(?:e )?(?:(\d{2})(?: ?(?:m|min|minutos))?)?"
    r"(?::00)?|(\d{2}))?(?: ?(?:h|hs|hrs?|horas?))?",
    re.ASCII,
)
_SPOKEN = re.compile(r"(.+?)(?: horas?| ?h)?(?: e (.+?))?(?: horas?| minutos?| min)?")
_MINUTES_TO = re.compile(r"(.+?)(?: minutos?)? (?:para|pras?|pro)(?: as?| o)? (.+)")
_NOON = {"meio dia": 12, "meio-dia": 12, "meiodia": 12, "meia noite": 0, "meia-noite": 0}
#: Hours without "da tarde" at which no office is open at night: two means two p.m.
_AFTERNOON = range(1, 6)


@dataclass(frozen=True, slots=True)
class Time:
    """``HH:MM``; ``completed`` if the half of the day was inferred."""

    value: str
    completed: bool = False


def read(text: str) -> Time | None:
    """Return the time in ``text``, None if there is none or it is ambiguous.

    >>> read("às 2 da tarde"), read("meio-dia e meia").value, read("2 e meia").value
    (Time(value='14:00', completed=False), '12:30', '14:30')
    """
    folded = tidying.fold(text)
    if len(folded) > _MAX_LENGTH:
        return None
    folded = _AFTER.sub("", folded.strip(" .,!\"'()"))
    folded = _BEFORE.sub("", folded)
    period = ""
    if match := _PERIOD.search(folded):
        period, folded = match[1], folded[: match.start()]
    elif (match := _AM_PM.search(folded)) and folded[:1].isdigit():
        period, folded = f"{match[1]}m", folded[: match.start()]
    folded = folded.strip()
    # "14 30"; "14 15" may be two hours
    folded = re.sub(r"^([0-9]{1,2}) (00|[3-5][0-9])$", r"\1:\2", folded)
    if match := _DIGITAL.fullmatch(folded):
        # 02:30 and 2:30 are clock notation; "2", "2h" and "2h30" are spoken forms
        said = not (match[3] or ":" in folded or "." in folded or folded.startswith("0"))
        return _time(int(match[1]), int(match[2] or match[3] or 0), period, said)
    return _spoken(folded, period)


def _spoken(folded: str, period: str) -> Time | None:
    if match := _MINUTES_TO.fullmatch(folded):
        minutes, hour = _count(match[1]), _hour(match[2])
        if minutes is None or hour is None or not 0 < minutes < 60:
            return None
        before = _time(hour, 0, period, True)
        if before is None:
            return None
        total = (int(before.value[:2]) * 60 - minutes) % (24 * 60)
        return Time(f"{total // 60:02}:{total % 60:02}", before.completed)
    match = _SPOKEN.fullmatch(folded)
    hour = _hour(match[1]) if match else None
    if hour is None:
        return None
    minutes = 0 if not match[2] else 30 if match[2] in ("meia", "meio") else _count(match[2])
    if minutes is None:
        return None
    return _time(hour, minutes, period, match[1] not in _NOON)


def _hour(text: str) -> int | None:
    return _NOON[text] if text in _NOON else _count(text)


def _count(text: str) -> int | None:
    if text.isascii() and text.isdigit() and len(text) <= 2:
        return int(text)
    return cardinals.read(text)


def _time(hour: int, minute: int, period: str, spoken: bool) -> Time | None:
    """Return the time, in the stated half of the day or, if ``spoken``, the usual one."""
    completed = False
    if period in ("tarde", "tardinha", "noite", "pm") and 1 <= hour < 12:
        hour += 12
    elif period in ("am", "madrugada", "noite") and hour == 12:
        hour = 0
    elif period in ("manha", "manhazinha", "madrugada", "am") and hour > 12:
        return None
    elif not period and spoken and hour in _AFTERNOON:
        hour, completed = hour + 12, True
    return Time(f"{hour:02}:{minute:02}", completed) if hour < 24 and minute < 60 else None
