"""The city's own holidays out of a file that somebody kept: CSV, XLSX, XLS or ICS.

Every row is a holiday, a heading above the first one, or an error that names it: nothing is left
out in silence.
"""

import csv
import io
import re
import struct
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import chardet

from . import dates
from .tidying import fold, tidy

# A city has a dozen; a file with more is something else.
MAX_ROWS = 1000
MAX_BYTES = 5_000_000
# An entry of a calendar over more days than this is no holiday
MAX_SPAN = 15
_ZONE = ZoneInfo("America/Sao_Paulo")
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
    "tipo".split()
)
_DATE_LIKE = re.compile(r"[0-9]{1,4}\s*[-/.][0-9]{1,2}|[0-9]{1,2}[ºo°]?\s+(?:de|do)\s+[a-z]")
_WEEKDAY = re.compile(
    r"(?:segunda|terca|quarta|quinta|sexta|sabado|domingo)(?:[- ]?feira)?|"
    r"seg|ter|qua|qui|sex|sab|dom"
)
_OF_A_DAY = frozenset({"de", "do", "dia", "feira", "primeiro"})
_OPTIONAL = re.compile(r"\bfacultativ")


class HolidayFileError(ValueError):
    """A row of a file is no holiday: `row` is its number as a spreadsheet shows it (0: the file
    itself), `value` what was not understood.

    `reason` is "row" (no day in it), "name" (no name), "many" (too many rows), "file" (no such file
    can be read), "empty" (no holiday in it), "sheets" (rows on more than one sheet).
    """

    def __init__(self, row: int, value: str = "", reason: str = ""):
        self.row = row
        self.value = value
        self.reason = reason or ("row" if row else "file")
        super().__init__(f"row {row}: {value!r} ({self.reason})")


@dataclass
class FileDays:
    """What is in a file.

    :ivar days: (day, name, whether a decree decides it), in order, each day once
    :ivar rows: rows that are holidays
    :ivar headings: rows above the first holiday, in words
    """

    days: list[tuple[date, str, bool]] = field(default_factory=list)
    rows: int = 0
    headings: list[str] = field(default_factory=list)


def read(content: bytes, years: range) -> FileDays:
    """Return the holidays of a file: a column of days and one of names, in any order.

    A day without its year ("08/12", "8 de dezembro") holds in each of `years`.

    :raise HolidayFileError: with the row that is not understood
    """
    if len(content) > MAX_BYTES:
        raise HolidayFileError(0, reason="many")
    if content[:2] == _ZIP:
        rows = _xlsx_rows(content)
    elif content[:4] == _OLE or content[:2] == b"\x09\x08":
        rows = _xls_rows(content)
    else:
        text = decode(content)
        if text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
            return _gathered(_ics_days(text, years), [])
        rows = _csv_rows(text)
    return _of_rows(rows, years)


def decode(content: bytes) -> str:
    """Return the text of a file, whatever wrote it: UTF-8, UTF-16 or 32, Windows, DOS, old Mac.

    :raise HolidayFileError: it is no text
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    for encoding, nulls in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
        # half of the bytes of European words are nulls in it
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
    """The holidays of numbered rows; headings may stand above the first."""
    found: list[tuple[date, str, bool]] = []
    headings: list[str] = []
    for number, row in enumerate(rows, 1):
        cells = [cell for cell in row if str(cell if cell is not None else "").strip()]
        if not cells:
            continue
        if number > MAX_ROWS:
            raise HolidayFileError(number, reason="many")
        words = " ".join(tidy(str(cell)) for cell in cells)
        days = _days_of(cells, years)
        if days is None:
            if found or not _is_heading(cells):
                raise HolidayFileError(number, words[:80])
            headings.append(words[:80])
        elif not days:
            raise HolidayFileError(number, words[:80], "name")
        else:
            found.append(days)
    return _gathered([day for days in found for day in days], headings, len(found))


def _gathered(days: list[tuple[date, str, bool]], headings: list[str], rows: int = 0) -> FileDays:
    """The days in order; two names of one day are kept together."""
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


def _days_of(cells: list, years: range) -> list[tuple[date, str, bool]] | None:
    """The days of one row with their name; None without a day, empty without a name."""
    if len(cells) == 1:
        cells = _split(str(cells[0]))
    read = [(position, _dates(cell, years)) for position, cell in enumerate(cells)]
    dated = [(position, days) for position, days in read if days]
    # "07/09;7 de setembro": a name that says the same day is a name
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
    optional = any(_OPTIONAL.search(fold(text)) for text in named)
    return [(day, named[0], optional) for day in days]


def _split(text: str) -> list[str]:
    """A line of one cell, "29/04/2026 - Aniversário", as day and name."""
    match = re.fullmatch(r"\s*(.*?\d\S*)\s*(?:[-–—:]\s|\t|\s{2,})\s*(.+)", text)
    return [match[1].rstrip(":"), match[2]] if match else [text]


def _is_broken(cell) -> bool:
    """Whether a cell looks like a day, and is none."""
    return isinstance(cell, str) and bool(re.match(r"\s*\d{1,2}/\d{1,2}(?:/\d+)?\s*$", cell))


def _is_heading(cells: list) -> bool:
    words = [fold(str(cell)) for cell in cells]
    if any(_DATE_LIKE.search(text) for text in words):
        return False
    return any(_HEADING.intersection(re.findall(r"[a-z]+", text)) for text in words)


def _dates(cell, years: range) -> list[date] | None:
    """The days that a cell means, None when it is no day."""
    if isinstance(cell, datetime):
        return [cell.date()]
    if isinstance(cell, date):
        return [cell]
    text = tidy(str(cell))
    if len(text) > 60:
        return None
    if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})[T ][\d:.]+Z?", text):
        text = match[1]
    if found := dates.read(text):
        return [found.value] if _only_a_day(text) else None
    day_month = dates.day_month(text)
    if day_month is None:
        return None
    day, month = day_month
    # 29 February is in leap years only
    return [found for year in years if (found := dates.of(year, month, day))] or None


def _only_a_day(text: str) -> bool:
    """Whether nothing but a day, and the day of the week, is in it ("Lei de 08/12/2026" is no "
    "day)."""
    rest = re.sub(r"\d+o\b|[\d/.\-\s,º°|\\]+", " ", fold(text))
    return all(
        word in _OF_A_DAY or word in dates.MONTHS or _WEEKDAY.fullmatch(word)
        for word in rest.split()
    )


# ------------------------------------------------------------
# Kinds of files
# ------------------------------------------------------------


def _csv_rows(text: str) -> list[list[str]]:
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if match := re.match(r'"?sep=(.)"?\n', lines):
        delimiter, lines = match[1], "\n" + lines[match.end() :]
    else:
        counts = {mark: sum(mark in line for line in lines.split("\n")) for mark in ";\t|,"}
        delimiter = max(counts, key=counts.get)
    rows = []
    for row in csv.reader(io.StringIO(lines), delimiter=delimiter):
        cells = [cell.strip() for cell in row]
        # a comma in a name: "29/04,Aniversário, com desfile"
        if delimiter == "," and len(cells) > 2 and _dates(cells[0], range(2000, 2004)):
            cells = [cells[0], ", ".join(filter(None, cells[1:]))]
        rows.append(cells)
    return rows


def _xlsx_rows(content: bytes) -> list[list]:
    import openpyxl  # a tenth of a second that only who brings a sheet pays

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [
            [list(row) for row in sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 1)]
            for sheet in book.worksheets
        ]
    except (zipfile.BadZipFile, LookupError, ValueError, TypeError, OSError) as error:
        raise HolidayFileError(0) from error
    return _only_sheet(sheets)


def _xls_rows(content: bytes) -> list[list]:
    import xlrd  # as above
    from xlrd.compdoc import CompDocError

    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
        sheets = [
            [
                [_xls_value(book, sheet.cell(row, column)) for column in range(sheet.ncols)]
                for row in range(min(sheet.nrows, MAX_ROWS + 1))
            ]
            for sheet in book.sheets()
        ]
    except (xlrd.XLRDError, CompDocError, struct.error, AssertionError, LookupError) as error:
        raise HolidayFileError(0) from error
    except (ValueError, TypeError, AttributeError, OverflowError, OSError) as error:
        raise HolidayFileError(0) from error
    return _only_sheet(sheets)


def _xls_value(book, cell):
    """What a cell shows: a day as a date, a whole number without its ".0"."""
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_NUMBER and cell.value == int(cell.value):
        return int(cell.value)
    return None if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) else cell.value


def _only_sheet(sheets: list[list[list]]) -> list[list]:
    """The rows of the one sheet that has some."""
    filled = [
        rows for rows in sheets if any(cell not in (None, "") for row in rows for cell in row)
    ]
    if len(filled) > 1:
        raise HolidayFileError(0, reason="sheets")
    return filled[0] if filled else []


def _ics_days(text: str, years: range) -> list[tuple[date, str, bool]]:
    """The days of a calendar's entries; yearly ones in each of `years`."""
    import vobject  # as above

    try:
        entries = [
            entry
            for book in vobject.readComponents(text)
            for entry in book.contents.get("vevent", [])
        ]
    except (vobject.base.ParseError, ValueError, AttributeError) as error:
        raise HolidayFileError(0) from error
    found: list[tuple[date, str, bool]] = []
    for number, entry in enumerate(entries, 1):
        if number > MAX_ROWS:
            raise HolidayFileError(number, reason="many")
        if getattr(getattr(entry, "status", None), "value", "") == "CANCELLED":
            continue
        name = tidy(getattr(getattr(entry, "summary", None), "value", ""))
        start = getattr(getattr(entry, "dtstart", None), "value", None)
        if not isinstance(start, date):
            raise HolidayFileError(number, name[:80])
        if not name:
            raise HolidayFileError(number, f"{start:%d/%m/%Y}", "name")
        span = _span(entry, start)
        if not 1 <= span <= MAX_SPAN:
            raise HolidayFileError(number, name[:80])
        for first in _starts(entry, start, years):
            found += [(first + timedelta(days=day), name, False) for day in range(span)]
    return found


def _span(entry, start: date) -> int:
    """How many days an entry lasts; the end of whole days is the day after."""
    end = getattr(getattr(entry, "dtend", None), "value", None)
    if not isinstance(end, date):
        return 1
    if isinstance(end, datetime) or isinstance(start, datetime):
        last = end - timedelta(seconds=1) if isinstance(end, datetime) else end
        return max((_day(last) - _day(start)).days + 1, 1)
    return max((end - start).days, 1)


def _starts(entry, start: date, years: range) -> list[date]:
    """The first days of an entry: its own, or with a rule those in `years`."""
    rules = entry.getrruleset(addRDate=True) if "rrule" in entry.contents else None
    if rules is None:
        return [_day(start)]
    zone = start.tzinfo if isinstance(start, datetime) else None
    # naive where the entry is: whole days have no zone
    first = datetime(years[0], 1, 1, tzinfo=zone)
    last = datetime(years[-1], 12, 31, 23, 59, tzinfo=zone)
    return [_day(one) for one in rules.between(first, last, inc=True)[:MAX_ROWS]]


def _day(moment: date) -> date:
    """The day on Brazil's clock, which is what a whole day in UTC is meant for."""
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(_ZONE) if moment.tzinfo else moment).date()
