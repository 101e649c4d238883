# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What stands in a cell: plain values, and how they are written in Brazil."""

import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

LONGEST = 32_767
"""Characters that a cell of a spreadsheet takes."""
# Letters that belong to no text: XML and spreadsheets refuse them, printers stop at them
_REFUSED = {"Cc", "Cs"}
_NOT_CHARACTERS = {0xFFFE, 0xFFFF}
SECONDS_A_DAY = 86_400


def clean(text: str) -> str:
    """Return a text as every format can hold it: one line, without control characters.

    Line breaks and tabs become blanks. Emojis, right-to-left letters and their marks stay.

    >>> clean("a\x00b\nc\td"), clean("olá 👍🏽"), clean("\ud800x\uffff")
    ('ab c d', 'olá 👍🏽', 'x')
    """
    text = text.replace("\r\n", " ")
    if text.isascii() and text.isprintable():
        return text[:LONGEST]
    kept = []
    for char in text:
        if char in "\n\r\t\u2028\u2029\x85\x0b\x0c":
            kept.append(" ")
        elif unicodedata.category(char) not in _REFUSED and ord(char) & 0xFFFF not in (
            _NOT_CHARACTERS
        ):
            kept.append(char)
    return "".join(kept)[:LONGEST]


def plain(kind: str, value):
    """Return a value in the one form that all writers take, or None.

    Texts are cleaned, figures become int or float (percentages and decimals to two places, half
    up), durations whole seconds.

    >>> plain("number", True), plain("percent", 12.345), plain("duration", 59.5), plain("text", "")
    (1, 12.35, 60, None)
    >>> plain("decimal", float("nan")) is None
    True
    """
    if value is None or value is False or value == "":
        return 0 if value is False and kind == "number" else None
    if kind == "text":
        return clean(str(value)) or None
    if kind == "day":
        return value.date() if isinstance(value, datetime) else _date(value)
    if kind == "moment":
        return _moment(value)
    number = Decimal(str(value))
    if not number.is_finite():
        return None
    if kind in ("number", "duration"):
        return int(number.quantize(Decimal(1), ROUND_HALF_UP))
    return float(number.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _date(value: date) -> date:
    if not isinstance(value, date):
        raise TypeError(f"no day: {value!r}")
    return value


def _moment(value: datetime) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError(f"no moment: {value!r}")
    return value.replace(microsecond=0, tzinfo=None)


def words(kind: str, value, grouped: bool = True) -> str:
    """Return a plain value as people read it.

    :param grouped: thousands with points; without for programs that read the text again

    >>> words("number", 1234567), words("decimal", -1234.5), words("percent", 80.0)
    ('1.234.567', '-1.234,50', '80,00 %')
    >>> words("duration", 3 * 86400 + 61), words("number", 1234, grouped=False), words("text", None)
    ('72:01:01', '1234', '')
    """
    if value is None:
        return ""
    if kind == "text":
        return value
    if kind == "day":
        return f"{value:%d/%m/}{value.year:04}"
    if kind == "moment":
        return f"{value:%d/%m/}{value.year:04}{value: %H:%M:%S}"
    if kind == "duration":
        return duration(value)
    return _number(kind, value, grouped)


def _number(kind: str, value: int | float, grouped: bool) -> str:
    digits = 0 if kind == "number" else 2
    text = f"{value:,.{digits}f}" if grouped else f"{value:.{digits}f}"
    text = text.translate(str.maketrans(",.", ".,"))
    return f"{text} %" if kind == "percent" and grouped else text


def duration(seconds: int) -> str:
    """Return seconds as hours, minutes and seconds, however many hours there are.

    >>> duration(61), duration(-3600), duration(360000)
    ('0:01:01', '-1:00:00', '100:00:00')
    """
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
