"""Rows of cells out of what spreadsheets save: CSV, XLSX, XLS, and a web page named .xls."""

import csv
import io
import re
import struct
import zipfile
from html.parser import HTMLParser

from . import dates
from .holiday_errors import MAX_ROWS, HolidayFileError


def of_csv(text: str) -> list[list[str]]:
    """Return the rows of a CSV file, whatever separates its cells."""
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
        if delimiter == "," and len(cells) > 2 and _is_day(cells[0]):
            cells = [cells[0], ", ".join(filter(None, cells[1:]))]
        rows.append(cells)
    return rows


def _is_day(text: str) -> bool:
    return bool(dates.read(text) or dates.day_month(text))


class _Tables(HTMLParser):
    """The cells of a page's tables."""

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
    """Return the rows of the tables of a web page, which many systems save as ".xls"."""
    page = _Tables()
    page.feed(text)
    page.close()
    return page.rows


def of_xlsx(content: bytes) -> list[list]:
    """Return the rows of the one sheet with something in it.

    :raise HolidayFileError: it is no such file, or has several sheets
    """
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


def of_xls(content: bytes) -> list[list]:
    """Return the rows of a sheet of Excel 97 to 2003, as `of_xlsx` does."""
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
