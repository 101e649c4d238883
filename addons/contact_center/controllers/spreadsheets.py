"""Odoo's own exports of lists and pivots: no cell is taken for a formula by who opens them."""

import csv
import io
import json

from werkzeug.datastructures import FileStorage

from odoo import http

from odoo.addons.web.controllers.export import CSVExport, ExcelExport
from odoo.addons.web.controllers.pivot import TableExporter

from ..core import spreadsheets


def _texts(row):
    """A row of exported data with its texts made harmless; numbers and dates stay what they are."""
    return [spreadsheets.cell(_text(value)) if _is_text(value) else value for value in row]


def _is_text(value):
    return isinstance(value, str | bytes | list | tuple | dict)


def _text(value):
    """What Odoo writes of a value into a cell of xlsx."""
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return value if isinstance(value, str) else str(value)


class SafeCSVExport(CSVExport):
    """Lists as CSV: Odoo spoils "+55 31 ..." and lets "@" and tabulators through."""

    def from_data(self, fields, columns_headers, rows):
        """Write the file as Odoo does, with our rule for what could be a formula."""
        text = io.StringIO()
        writer = csv.writer(text, quoting=csv.QUOTE_ALL)
        writer.writerow(_texts(columns_headers))
        for row in rows:
            # None and False are empty cells, as in Odoo's own
            writer.writerow(
                _texts("" if value is None or value is False else value for value in row)
            )
        return text.getvalue()


class SafeExcelExport(ExcelExport):
    """Lists as xlsx: its library makes a formula of any text that begins with "="."""

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
    """A group's title; a record's is (id, name)."""
    if isinstance(title, tuple) and len(title) > 1:
        return (title[0], spreadsheets.cell(_text(title[1])))
    return spreadsheets.cell(title) if isinstance(title, str) else title


class SafeTableExporter(TableExporter):
    """Pivots: the titles of their rows and columns are names and words of citizens."""

    @http.route()
    def export_xlsx(self, data, **kw):
        """Write the file with harmless titles."""
        content = json.load(data) if isinstance(data, FileStorage) else json.loads(data)
        # The title is the sheet's name, in which an apostrophe may not stand first
        title = content.get("title") if isinstance(content, dict) else None
        content = spreadsheets.cells(content)
        if title is not None:
            content["title"] = title
        return super().export_xlsx(json.dumps(content), **kw)
