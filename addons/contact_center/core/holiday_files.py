# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The city's own holidays from a file: CSV, XLSX, XLS or ICS.

Every row is a holiday, a heading above the first one, or an error that names it: nothing is
silently dropped.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import chardet

from . import dates, holiday_ics, holiday_tables
from .holiday_errors import MAX_ROWS, MAX_SPAN, HolidayFileError
from .tidying import fold, tidy

__all__ = ("FileDays", "HolidayFileError", "decode", "read", "table")

MAX_BYTES = 5_000_000
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK"
_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_HEADING = frozenset(
    "data datas dia dias feriado feriados nome descricao evento eventos motivo comemoracao "
    "calendario "
    "prefeitura municipio municipal date name holiday lista decreto titulo observacao relacao mes "
    "tipo tabela planilha".split()
)
_DATE_LIKE = re.compile(r"[0-9]{1,4}\s*[-/.][0-9]{1,2}|[0-9]{1,2}[ºo°]?\s+(?:de|do)\s+[a-z]")
_WEEKDAY = re.compile(
    r"(?:segunda|terca|quarta|quinta|sexta|sabado|domingo)(?:[- ]?feira)?|"
    r"seg|ter|qua|qui|sex|sab|dom"
)
_LAW = re.compile(r"(?:decreto|lei|portaria|atualizad[oa]|emitid[oa]|publicad[oa])\b")
_OF_A_DAY = frozenset({"de", "do", "dia", "feira", "primeiro"})
#: Names that only say what kind of day it is, not which
_KIND = re.compile(
    r"(?:feriados?|pontos? facultativos?|facultativos?|recesso|data comemorativa)"
    r"(?: (?:municipa(?:l|is)|naciona(?:l|is)|estadua(?:l|is)|religioso|civil|da cidade))?|"
    r"municipal|nacional|estadual|sim|nao|fixo|movel"
)
#: The epoch of spreadsheets' day numbers, and the numbers that can be dates of our time
_SERIAL_ZERO, _SERIALS = date(1899, 12, 30), range(40_000, 62_000)
_RANGE = re.compile(r"(.{3,40}?)\s*(?:\ba\b|\bat[eé]\b|\bao\b)\s*(.{5,40})")


@dataclass
class FileDays:
    """The contents of a file.

    :ivar days: (day, name, whether a decree decides it), in order, each day once
    :ivar rows: rows that are holidays
    :ivar headings: rows above the first holiday, in words
    """

    days: list[tuple[date, str, bool]] = field(default_factory=list)
    rows: int = 0
    headings: list[str] = field(default_factory=list)


def read(content: bytes, years: range) -> FileDays:
    """Return the holidays of a file: a column of days and one of names, in any order.

    A day without a year ("08/12", "8 de dezembro") applies in each of `years`.

    :raise HolidayFileError: with the row that is not understood
    """
    rows = table(content)
    if isinstance(rows, str):
        return _gathered(holiday_ics.days(rows, years), [])
    return _of_rows(rows, years)


def table(content: bytes, most: int = MAX_ROWS) -> list[list] | str:
    """Return the rows of a CSV, XLSX or XLS file, or the text of an ICS one.

    In any common encoding and with any delimiter; other lists than that of holidays are read by
    this too.

    :param most: rows that are expected at most; up to one more comes from a workbook, so that
        the caller can tell
    :raise HolidayFileError: the file cannot be read
    """
    if len(content) > MAX_BYTES:
        raise HolidayFileError(0, reason="many")
    if content[:2] == _ZIP:
        return holiday_tables.of_xlsx(content, most)
    if content[:4] == _OLE or content[:2] == b"\x09\x08":
        return holiday_tables.of_xls(content, most)
    text = decode(content)
    if text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        return text
    page = re.match(
        r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype html|html|head|meta|table|body|div)\b",
        text,
        re.IGNORECASE,
    )
    return holiday_tables.of_page(text) if page else holiday_tables.of_csv(text)


def decode(content: bytes) -> str:
    """Return a file's text in any common encoding.

    UTF-8, UTF-16 or 32, Windows, DOS, old Mac.

    :raise HolidayFileError: it is not a text file
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    for encoding, nulls in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
        # in this encoding half of the bytes of European text are nulls
        if nulls and nulls.count(0) > 0.7 * len(nulls):
            return _decoded(content, encoding)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        guess = chardet.detect(content)["encoding"] or "cp1252"
        text = _decoded(content, guess)
    if "\x00" in text:
        raise HolidayFileError(0)
    return text


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise HolidayFileError(0) from error


# ------------------------------------------------------------
# Rows
# ------------------------------------------------------------


def _of_rows(rows: list[list], years: range) -> FileDays:
    """Return the holidays of numbered rows, which may begin with headings."""
    found: list[tuple[date, str, bool]] = []
    headings: list[str] = []
    # next to written dates such a number means something else
    serials = not any(_dates(cell, years) for row in rows[:MAX_ROWS] for cell in row)
    for number, row in enumerate(rows, 1):
        cells = [cell for cell in row if str(cell if cell is not None else "").strip()]
        if not cells:
            continue
        if number > MAX_ROWS:
            raise HolidayFileError(number, reason="many")
        words = " ".join(tidy(str(cell)) for cell in cells)
        days = _days_of(cells, years, serials)
        if days is None:
            if not _is_month(cells) and (found or not _is_heading(cells)):
                raise HolidayFileError(number, words[:80])
            headings.append(words[:80])
        elif not days:
            raise HolidayFileError(number, words[:80], "name")
        else:
            found.append(days)
    return _gathered([day for days in found for day in days], headings, len(found))


def _gathered(days: list[tuple[date, str, bool]], headings: list[str], rows: int = 0) -> FileDays:
    """Return the days in order; two names of the same day are joined."""
    if not days:
        raise HolidayFileError(0, reason="empty")
    by_day: dict[date, tuple[str, bool]] = {}
    for day, name, optional in days:
        before = by_day.get(day)
        if before and fold(name) not in fold(before[0]):
            by_day[day] = (f"{before[0]} / {name}", before[1] and optional)
        else:
            by_day.setdefault(day, (name, optional))
    ordered = [(day, name, optional) for day, (name, optional) in sorted(by_day.items())]
    return FileDays(ordered, rows or len(days), headings)


def _days_of(
    cells: list, years: range, serials: bool = False
) -> list[tuple[date, str, bool]] | None:
    """Return a row's days with their name; None if there is no day, empty if there is no name."""
    if len(cells) == 1:
        cells = _split(str(cells[0]))
    cells = _joined(cells)
    read = [(position, _dates(cell, years, serials)) for position, cell in enumerate(cells)]
    dated = [(position, days) for position, days in read if days]
    # "07/09;7 de setembro": a name that repeats the date is still a name
    if (
        not dated
        or any(days != dated[0][1] for _position, days in dated)
        or any(_is_broken(cell) for cell in cells[: dated[0][0]])
    ):
        return None
    position, days = dated[0]
    rest = [tidy(str(cell)) for at, cell in enumerate(cells) if at != position]
    named = [
        text
        for text in rest
        if re.search(r"[^\W\d_]", text) and not _WEEKDAY.fullmatch(fold(text).rstrip("."))
    ]
    if not named:
        return []
    optional = any(holiday_ics.OPTIONAL.search(fold(text)) for text in named)
    name = next((text for text in named if not _KIND.fullmatch(fold(text))), named[0])
    return [(day, name, optional) for day in days]


def _joined(cells: list) -> list:
    """Return the cells with day, month and year joined if they are separate ("8", "dezembro")."""
    words = [fold(str(cell)) for cell in cells]
    for place in range(len(words) - 1):
        if re.fullmatch(r"[0-9]{1,2}", words[place]) and words[place + 1] in dates.MONTHS:
            year = words[place + 2 : place + 3]
            size = 3 if year and re.fullmatch(r"(?:19|20)[0-9]{2}", year[0]) else 2
            day = " de ".join(words[place : place + size])
            return [*cells[:place], day, *cells[place + size :]]
    return cells


def _split(text: str) -> list[str]:
    """Split a single-cell line, "29/04/2026 - Aniversário", into day and name."""
    text = re.sub(r"^\s*(?:[-–—•*·▪●]|[0-9]{1,2}[.)](?=\s))\s*", "", text)
    match = re.fullmatch(r"\s*(.*?\d\S*)\s*(?:[-–—:]\s|\t|\s{2,})\s*(.+)", text)
    if match:
        return [match[1].rstrip(":"), match[2]]
    # "8 de dezembro: Padroeira", "29/04/2026 Aniversário"
    for pattern in (
        r"\s*([^:–—]*?\d[^:–—]*?)\s*(?:[:–—]|\s-\s)\s*(.+)",
        r"\s*(\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d{2}))?)\s+([^\W\d_].*)",
    ):
        match = re.fullmatch(pattern, text)
        if match and (dates.read(match[1]) or dates.day_month(match[1])):
            return [match[1], match[2]]
    return [text]


def _is_broken(cell) -> bool:
    """Return whether a cell looks like a date but is not valid."""
    return isinstance(cell, str) and bool(re.match(r"\s*\d{1,2}/\d{1,2}(?:/\d+)?\s*$", cell))


def _is_month(cells: list) -> bool:
    """Return whether a row only names the month of the following rows."""
    words = fold(" ".join(str(cell) for cell in cells))
    match = re.fullmatch(r"([a-z]{4,9})(?:(?: de|/)? ?20[0-9]{2})?", words)
    return bool(match) and match[1] in dates.MONTHS


def _is_heading(cells: list) -> bool:
    words = [fold(str(cell)) for cell in cells]
    # "Decreto nº 123 de 10/12/2025": the decree, not a holiday on that date
    if any(_DATE_LIKE.search(text) and not _LAW.match(text) for text in words):
        return False
    return any(_HEADING.intersection(re.findall(r"[a-z]+", text)) for text in words)


def _dates(cell, years: range, serials: bool = False) -> list[date] | None:
    """Return the dates in a cell, None if there are none.

    :param serials: whether 46141 is a date as spreadsheets count them
    """
    if isinstance(cell, datetime):
        return [cell.date()]
    if isinstance(cell, date):
        return [cell]
    text = tidy(str(cell))
    if len(text) > 60:
        return None
    if serials and re.fullmatch(r"[0-9]{5}", text) and int(text) in _SERIALS:
        return [_SERIAL_ZERO + timedelta(days=int(text))]
    text = re.sub(r"\s*\(([a-zA-ZçÇáÁ-]+)\.?\)$", r", \1", text)
    if (match := _RANGE.fullmatch(text)) and (span := _days_between(match[1], match[2])):
        return span
    if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})[T ][\d:.]+Z?", text):
        text = match[1]
    if found := dates.read(text):
        return [found.value] if _only_a_day(text) else None
    day_month = dates.day_month(text)
    if day_month is None:
        return None
    day, month = day_month
    # 29 February exists in leap years only
    return [found for year in years if (found := dates.of(year, month, day))] or None


def _days_between(first: str, last: str) -> list[date] | None:
    """Return every day of a range, "16/02/2026 a 18/02/2026"; None if it cannot be a holiday."""
    start, end = dates.read(first), dates.read(last)
    if not (start and end and _only_a_day(first) and _only_a_day(last)):
        return None
    span = (end.value - start.value).days + 1
    return (
        [start.value + timedelta(days=day) for day in range(span)] if 0 < span <= MAX_SPAN else None
    )


def _only_a_day(text: str) -> bool:
    """Return whether a text holds nothing but a day and the day of the week.

    "Lei de 08/12/2026" is no day.
    """
    rest = re.sub(r"\d+o\b|[\d/.\-\s,º°|\\]+", " ", fold(text))
    return all(
        word in _OF_A_DAY or word in dates.MONTHS or _WEEKDAY.fullmatch(word)
        for word in rest.split()
    )
