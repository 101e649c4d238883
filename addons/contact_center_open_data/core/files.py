# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files of published rows: CSV for people, JSON for programs."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence


def csv_file(
    columns: Sequence[str], rows: Sequence[Mapping], harmless: Callable[[str], str]
) -> bytes:
    """Return a table as CSV: UTF-8 with mark, semicolons, one header.

    :param harmless: disarms a text that a spreadsheet would take for a formula
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        cells = ("" if row[column] is None else row[column] for column in columns)
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def json_file(head: Mapping, columns: Sequence[str], rows: Sequence[Mapping]) -> bytes:
    """Return a table as JSON: what it is, under which licence, and its rows."""
    body = {**head, "linhas": [{column: row[column] for column in columns} for row in rows]}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
