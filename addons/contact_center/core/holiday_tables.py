# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rows of cells from spreadsheet files: CSV, XLSX, XLS, and web pages named .xls."""

import csv
import io
import re
import struct
import zipfile
import zlib
from html.parser import HTMLParser

from . import dates
from .holiday_errors import MAX_ROWS, HolidayFileError

_MAX_COLUMNS = 100
_MAX_UNPACKED = 100_000_000
# Errors of openpyxl, zipfile, zlib and the XML parser for an invalid file
_NO_SHEET = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, SyntaxError, AttributeError),
    *(LookupError, ValueError, TypeError, OSError, RuntimeError, OverflowError),
)


def of_csv(text: str) -> list[list[str]]:
    """Return the rows of a CSV file with any delimiter.

    :raise HolidayFileError: with the row that no spreadsheet has
    """
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if match := re.match(r'"?sep=(.)"?\n', lines):
        delimiter, lines = match[1], "\n" + lines[match.end() :]
    else:
        counts = {mark: sum(mark in line for line in lines.split("\n")) for mark in ";\t|,"}
        delimiter = max(counts, key=counts.get)
    rows = []
    try:
        for row in csv.reader(io.StringIO(lines), delimiter=delimiter):
            cells = [cell.strip() for cell in row]
            # a comma in a name: "29/04,Aniversário, com desfile"
            if delimiter == "," and len(cells) > 2 and _is_day(cells[0]):
                cells = [cells[0], ", ".join(filter(None, cells[1:]))]
            rows.append(cells)
    except csv.Error as error:  # a cell of more than 128 kB
        raise HolidayFileError(len(rows) + 1) from error
    return rows


def _is_day(text: str) -> bool:
    return bool(dates.read(text) or dates.day_month(text))


class _Tables(HTMLParser):
    """Collects the cells of a page's tables."""

    def __init__(self):
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self._cell is not None:
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data):
        if self._cell is not None:
            self._cell.append(data)


def of_page(text: str) -> list[list[str]]:
    """Return the table rows of a web page, which many systems save as ".xls"."""
    page = _Tables()
    page.feed(text)
    page.close()
    return page.rows


def of_xlsx(content: bytes, most: int = MAX_ROWS) -> list[list]:
    """Return the rows of the only non-empty sheet.

    :param most: rows that are expected at most; one more shows that there are too many
    :raise HolidayFileError: the file cannot be read, or has several non-empty sheets
    """
    import openpyxl  # takes a tenth of a second: import it only when a sheet is read

    bounds = {"max_row": most + 1, "max_col": _MAX_COLUMNS}
    try:
        _check_unpacked(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [
            [list(row) for row in sheet.iter_rows(values_only=True, **bounds)]
            for sheet in book.worksheets
        ]
    except _NO_SHEET as error:
        raise HolidayFileError(0) from error
    return _only_sheet(sheets)


def _check_unpacked(content: bytes) -> None:
    """Raise ValueError if a small file becomes a huge one when it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > _MAX_UNPACKED:
            raise ValueError("unpacks to more than a sheet of holidays can be")


def of_xls(content: bytes, most: int = MAX_ROWS) -> list[list]:
    """Return the rows of a sheet of Excel 97 to 2003, as `of_xlsx` does."""
    import xlrd  # as above
    from xlrd.compdoc import CompDocError

    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
        sheets = [
            [
                [_xls_value(book, sheet.cell(row, column)) for column in range(sheet.ncols)]
                for row in range(min(sheet.nrows, most + 1))
            ]
            for sheet in book.sheets()
        ]
    except (xlrd.XLRDError, CompDocError, struct.error, AssertionError, LookupError) as error:
        raise HolidayFileError(0) from error
    except (ValueError, TypeError, AttributeError, OverflowError, OSError) as error:
        raise HolidayFileError(0) from error
    return _only_sheet(sheets)


def _xls_value(book, cell):
    """Return a cell's displayed value: a day as a date, a whole number without ".0"."""
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_NUMBER and cell.value == int(cell.value):
        return int(cell.value)
    return None if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) else cell.value


def _only_sheet(sheets: list[list[list]]) -> list[list]:
    """Return the rows of the only sheet that has any."""
    filled = [
        rows for rows in sheets if any(cell not in (None, "") for row in rows for cell in row)
    ]
    if len(filled) > 1:
        raise HolidayFileError(0, reason="sheets")
    return filled[0] if filled else []
