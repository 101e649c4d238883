# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What every file of a report says besides its rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


def _unguarded(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Table:
    """A report about to be written.

    :param title: its name
    :param lines: what stands below the title: period, filters, what the figures mean
    :param columns: each with key, heading, kind, width, total and `of`
    :param page, total, gap: the words "Page" and "Total", and what a PDF says at its end when it
        had to leave out letters that its font does not have
    :param guard: makes a text safe in a cell of a spreadsheet (no formula)
    """

    title: str
    columns: Sequence
    lines: tuple[str, ...] = ()
    page: str = "Página"
    total: str = "Total"
    gap: str = ""
    guard: Callable[[str], str] = _unguarded

    @property
    def headings(self) -> list[str]:
        """Return what stands above the columns."""
        return [column.heading for column in self.columns]

    @property
    def kinds(self) -> list[str]:
        """Return the kinds of the columns."""
        return [column.kind for column in self.columns]


class Writer:
    """Writes one file, row by row.

    A format is a subclass; `suffix` is its name and that of its files.
    """

    suffix = ""
    mimetype = ""

    def __init__(self, path: str, table: Table):
        """Open the file and write what stands above the rows."""
        self.path = path
        self.table = table
        self.kinds = table.kinds

    def row(self, values: Sequence) -> None:
        """Write a row of plain values (`values.plain`)."""
        raise NotImplementedError

    def end(self, totals: Sequence | None) -> None:
        """Write the row of totals, if there is one, and close the file."""
        raise NotImplementedError

    def abandon(self) -> None:
        """Let go of the file, which is not finished and will not be."""
