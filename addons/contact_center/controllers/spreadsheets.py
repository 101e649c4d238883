# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Makes Odoo's exports of lists and pivots safe: no cell is read as a formula."""

import csv
import io
import json

from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import UnprocessableEntity
from xlsxwriter.exceptions import XlsxWriterException

from odoo import http

from odoo.addons.web.controllers.export import CSVExport, ExcelExport
from odoo.addons.web.controllers.pivot import TableExporter

from ..core import spreadsheets


def _texts(row):
    """Return a row of exported data with harmless texts; numbers and dates stay unchanged."""
    return [spreadsheets.cell(_text(value)) if _is_text(value) else value for value in row]


def _is_text(value):
    return isinstance(value, str | bytes | list | tuple | dict)


def _text(value):
    """Return a value as Odoo writes it into an xlsx cell."""
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return value if isinstance(value, str) else str(value)


class SafeCSVExport(CSVExport):
    """Exports lists as CSV: Odoo mangles "+55 31 ..." and lets "@" and tabs through."""

    def from_data(self, fields, columns_headers, rows):
        """Write the file as Odoo does, with our own rule for possible formulas."""
        text = io.StringIO()
        writer = csv.writer(text, quoting=csv.QUOTE_ALL)
        writer.writerow(_texts(columns_headers))
        for row in rows:
            # None and False become empty cells, as in Odoo's own export
            writer.writerow(
                _texts("" if value is None or value is False else value for value in row)
            )
        return text.getvalue()


class SafeExcelExport(ExcelExport):
    """Exports lists as xlsx without formulas.

    The library turns any text that begins with "=" into one.
    """

    def from_data(self, fields, columns_headers, rows):
        """Write the file with harmless texts."""
        return super().from_data(fields, _texts(columns_headers), [_texts(row) for row in rows])

    def from_group_data(self, fields, columns_headers, groups):
        """Write the grouped file with harmless titles and texts."""
        self._harmless(groups)
        return super().from_group_data(fields, _texts(columns_headers), groups)

    def _harmless(self, group):
        """Make the titles and rows below `group` harmless."""
        group.data = [_texts(row) for row in group.data]
        children = list(group.children.items())
        group.children.clear()
        for title, child in children:
            self._harmless(child)
            group.children[_title(title)] = child


def _title(title):
    """Return a group's title; a record's is (id, name)."""
    if isinstance(title, tuple) and len(title) > 1:
        return (title[0], spreadsheets.cell(_text(title[1])))
    return spreadsheets.cell(title) if isinstance(title, str) else title


class SafeTableExporter(TableExporter):
    """Exports pivots, whose row and column titles contain citizens' names and words."""

    @http.route()
    def export_xlsx(self, data="", **kw):
        """Write the file with harmless titles."""
        try:
            content = json.load(data) if isinstance(data, FileStorage) else json.loads(data)
        except (ValueError, RecursionError) as error:
            raise UnprocessableEntity from error
        # The title is the sheet's name, which must not begin with an apostrophe
        title = content.get("title") if isinstance(content, dict) else None
        content = spreadsheets.cells(content)
        if title is not None:
            content["title"] = title
        try:
            return super().export_xlsx(json.dumps(content), **kw)
        except (LookupError, TypeError, ValueError, AttributeError, XlsxWriterException) as error:
            # No pivot of the web client's: Odoo's reader takes everything for granted
            raise UnprocessableEntity from error
