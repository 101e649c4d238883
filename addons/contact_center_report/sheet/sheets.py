# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reports as spreadsheets, xlsx and xls: real numbers, days and durations."""

from collections.abc import Sequence
from datetime import date

import xlsxwriter
import xlwt

from .table import Table, Writer
from .values import LONGEST, SECONDS_A_DAY, words

# How figures are shown; a duration is a part of a day. Excel writes commas where the reader does.
FORMATS = {
    "number": "#,##0",
    "decimal": "#,##0.00",
    "percent": "0.00",
    "duration": "[h]:mm:ss",
    "day": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm:ss",
}
XLSX_ROWS = 1_048_576
XLS_ROWS = 65_536
XLS_CACHE = 1000
# Days before it are no days in a spreadsheet
_FIRST = date(1900, 3, 1)
_NOT_IN_A_NAME = str.maketrans("[]:*?/\\", "-------")


def is_written_out(kind: str, value) -> bool:
    """Return whether a value is written as words.

    Texts are, days before 1900 and negative times.
    """
    if kind == "text":
        return True
    if kind in ("day", "moment"):
        return (value.date() if kind == "moment" else value) < _FIRST
    return kind == "duration" and value < 0


def in_cell(kind: str, value, guard) -> str:
    """Return a value in words: guarded, and no longer than a cell takes."""
    text = guard(words(kind, value))
    if len(text) * 2 <= LONGEST:
        return text
    units = text.encode("utf-16-le")[: LONGEST * 2]
    return units.decode("utf-16-le", "ignore")


class _Sheets(Writer):
    """One sheet after the other, each with the headings."""

    most_rows = 0

    def __init__(self, path: str, table: Table):
        super().__init__(path, table)
        self._sheets = 0
        self._next = 0

    def _name(self) -> str:
        """Return a name for the next sheet: the title, as far as names of sheets may go."""
        number = f" ({self._sheets})" if self._sheets > 1 else ""
        title = self.table.title.translate(_NOT_IN_A_NAME).strip("' ") or "Report"
        return title[: 31 - len(number)] + number

    def _begin_sheet(self) -> None:
        """Begin a sheet with title and headings."""
        self._sheets += 1
        self._new_sheet(self._name())
        self._next = 0
        for number, line in enumerate((self.table.title, *self.table.lines)):
            self._text(self._next, 0, self.table.guard(line), "title" if not number else "")
            self._next += 1
        self._next += 1
        for place, heading in enumerate(self.table.headings):
            self._text(self._next, place, self.table.guard(heading), "heading")
        self._next += 1
        self._freeze(self._next)

    def _values(self, values: Sequence, bold: bool = False) -> None:
        if self._next >= self.most_rows:
            self._begin_sheet()
        for place, (kind, value) in enumerate(zip(self.kinds, values, strict=True)):
            if value is None:
                continue
            style = ("bold " if bold else "") + kind
            if is_written_out(kind, value):
                self._text(self._next, place, in_cell(kind, value, self.table.guard), style)
            else:
                self._figure(self._next, place, kind, value, style)
        self._next += 1

    def row(self, values: Sequence) -> None:
        """Write a row; when a sheet is full, a further one begins."""
        self._values(values)
        self._row_written()

    def _row_written(self):
        """Do what is due after a row."""

    def end(self, totals: Sequence | None) -> None:
        """Write the totals and the file."""
        if totals:
            self._values(totals, bold=True)
        self._save()

    def _new_sheet(self, name):
        raise NotImplementedError

    def _text(self, row, column, text, style):
        raise NotImplementedError

    def _figure(self, row, column, kind, value, style):
        raise NotImplementedError

    def _freeze(self, row):
        raise NotImplementedError

    def _save(self):
        raise NotImplementedError


class Xlsx(_Sheets):
    """Excel since 2007; rows go to the disk as they come."""

    suffix = "xlsx"
    mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __init__(self, path: str, table: Table, most_rows: int = XLSX_ROWS):
        """Open the file and write the headings."""
        super().__init__(path, table)
        self.most_rows = most_rows
        self._book = xlsxwriter.Workbook(path, {"constant_memory": True})
        self._styles = {
            "": None,
            "title": self._book.add_format({"bold": True, "font_size": 14}),
            "heading": self._book.add_format({"bold": True, "border": 1, "text_wrap": True}),
            "text": None,
            "bold text": self._book.add_format({"bold": True}),
        }
        for kind, shown in FORMATS.items():
            self._styles[kind] = self._book.add_format({"num_format": shown})
            self._styles[f"bold {kind}"] = self._book.add_format(
                {"num_format": shown, "bold": True}
            )
        self._begin_sheet()

    def _new_sheet(self, name):
        self._sheet = self._book.add_worksheet(name)
        for place, column in enumerate(self.table.columns):
            self._sheet.set_column(place, place, column.width)

    def _text(self, row, column, text, style):
        self._sheet.write_string(row, column, text, self._styles[style])

    def _figure(self, row, column, kind, value, style):
        if kind in ("day", "moment"):
            self._sheet.write_datetime(row, column, value, self._styles[style])
        else:
            number = value / SECONDS_A_DAY if kind == "duration" else value
            self._sheet.write_number(row, column, number, self._styles[style])

    def _freeze(self, row):
        self._sheet.freeze_panes(row, 0)

    def _save(self):
        self._book.close()

    def abandon(self) -> None:
        """Close the file with what it has: the library keeps rows in files of its own."""
        self._book.close()


class Xls(_Sheets):
    """Excel until 2003: at most 65,536 rows to a sheet."""

    suffix = "xls"
    mimetype = "application/vnd.ms-excel"

    def __init__(self, path: str, table: Table, most_rows: int = XLS_ROWS):
        """Begin the file with the headings."""
        super().__init__(path, table)
        self.most_rows = most_rows
        self._book = xlwt.Workbook(encoding="utf-8")
        self._styles = {
            "": xlwt.easyxf(""),
            "title": xlwt.easyxf("font: bold on, height 280"),
            "heading": xlwt.easyxf("font: bold on; align: wrap on; borders: bottom thin"),
            "text": xlwt.easyxf(""),
            "bold text": xlwt.easyxf("font: bold on"),
        }
        for kind, shown in FORMATS.items():
            self._styles[kind] = xlwt.easyxf("", num_format_str=shown)
            self._styles[f"bold {kind}"] = xlwt.easyxf("font: bold on", num_format_str=shown)
        self._begin_sheet()

    def _new_sheet(self, name):
        if self._sheets > 1:
            self._sheet.flush_row_data()
        self._sheet = self._book.add_sheet(name)
        for place, column in enumerate(self.table.columns):
            self._sheet.col(place).width = min(256 * column.width, 65_535)

    def _text(self, row, column, text, style):
        self._sheet.write(row, column, text, self._styles[style])

    def _figure(self, row, column, kind, value, style):
        number = value / SECONDS_A_DAY if kind == "duration" else value
        self._sheet.write(row, column, number, self._styles[style])

    def _row_written(self):
        """Let complete rows go to the disk now and then."""
        if self._next % XLS_CACHE == 0:
            self._sheet.flush_row_data()

    def _freeze(self, row):
        self._sheet.set_panes_frozen(True)
        self._sheet.set_horz_split_pos(row)

    def _save(self):
        self._book.save(self.path)
        self.abandon()

    def abandon(self) -> None:
        """Close the files in which the library keeps rows."""
        for number in range(self._sheets):
            kept = self._book.get_sheet(number).row_tempfile
            if kept:
                kept.close()
