# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reports as plain text: csv for programs, txt for people."""

import csv
from collections.abc import Sequence

from .table import Table, Writer
from .values import words


class Csv(Writer):
    """Headings and rows only, as Excel in Portuguese opens it: 1,5;2,5.

    Texts that a spreadsheet would take for a formula are guarded.
    """

    suffix = "csv"
    mimetype = "text/csv"

    def __init__(self, path: str, table: Table):
        """Open the file and write the headings."""
        super().__init__(path, table)
        # A mark at the beginning tells Excel that it is UTF-8
        self._file = open(path, "w", encoding="utf-8-sig", newline="")  # noqa: SIM115
        self._lines = csv.writer(self._file, delimiter=";", lineterminator="\r\n")
        self._lines.writerow([table.guard(heading) for heading in table.headings])

    def row(self, values: Sequence) -> None:
        """Write a row."""
        guard = self.table.guard
        self._lines.writerow(
            [
                guard(value or "") if kind == "text" else words(kind, value, grouped=False)
                for kind, value in zip(self.kinds, values, strict=True)
            ]
        )

    def end(self, totals: Sequence | None) -> None:
        """Close the file: programs add up for themselves."""
        self._file.close()

    def abandon(self) -> None:
        """Close the file as it is."""
        self._file.close()


class Txt(Writer):
    """Title, headings, rows and totals, with tabs between the columns."""

    suffix = "txt"
    mimetype = "text/plain"

    def __init__(self, path: str, table: Table):
        """Open the file and write title and headings."""
        super().__init__(path, table)
        self._file = open(path, "w", encoding="utf-8-sig", newline="\r\n")  # noqa: SIM115
        for line in (table.title, *table.lines, ""):
            self._file.write(f"{line}\n")
        self._write([table.guard(heading) for heading in table.headings])

    def _write(self, cells) -> None:
        self._file.write("\t".join(cells) + "\n")

    def _cells(self, values) -> list[str]:
        guard = self.table.guard
        return [
            guard(value or "") if kind == "text" else words(kind, value)
            for kind, value in zip(self.kinds, values, strict=True)
        ]

    def row(self, values: Sequence) -> None:
        """Write a row."""
        self._write(self._cells(values))

    def end(self, totals: Sequence | None) -> None:
        """Write the totals and close the file."""
        if totals:
            self._write(self._cells(totals))
        self._file.close()

    def abandon(self) -> None:
        """Close the file as it is."""
        self._file.close()
