# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reports as tables: from one stream of rows the screen and six kinds of file.

`write` reads the rows once, whatever the number of files, so that all of them say the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .pdf import Pdf
from .rtf import Rtf
from .sheets import Xls, Xlsx
from .table import Table, Writer
from .text import Csv, Txt
from .totals import Totals
from .values import plain, words

WRITERS = {writer.suffix: writer for writer in (Pdf, Xlsx, Xls, Txt, Rtf, Csv)}
"""Format -> who writes it, in the order in which people are asked."""
# How often the progress is told, in rows
STEP = 5000


class TooLong(Exception):
    """There are more rows than were wanted."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a report as words.

    :param rows: texts of the first rows
    :param totals: texts of the last row, None if there is none or not all rows were read
    :param count: how many rows there are, or were read
    :param whole: whether all rows were read
    """

    rows: list[list[str]]
    totals: list[str] | None
    count: int
    whole: bool


def write(
    table: Table,
    rows: Iterable[Sequence],
    paths: Mapping[str, str],
    tell: Callable[[int], None] = lambda count: None,
    most: int | None = None,
) -> int:
    """Write a report to files; return how many rows it has.

    :param rows: values as the source gives them
    :param paths: {format: where}
    :param tell: called now and then with the number of rows done
    :param most: more rows are too many
    :raise TooLong: there are more rows than `most`
    """
    totals, writers = Totals(table.columns), []
    try:
        writers = [WRITERS[suffix](path, table) for suffix, path in paths.items()]
        for count, row in enumerate(rows, 1):
            if most is not None and count > most:
                raise TooLong
            totals.add(row)
            values = [plain(kind, value) for kind, value in zip(table.kinds, row, strict=True)]
            for writer in writers:
                writer.row(values)
            if count % STEP == 0:
                tell(count)
    except BaseException:
        for writer in writers:
            writer.abandon()
        raise
    last = totals.row(table.total) if totals.any and totals.rows else None
    for writer in writers:
        writer.end(last)
    return totals.rows


def preview(table: Table, rows: Iterable[Sequence], shown: int, most: int) -> Preview:
    """Return the first rows and the totals, of at most so many rows.

    A table without totals is read no further than it is shown.

    :param shown: how many rows are returned
    :param most: how many rows are read
    """
    totals, first, whole = Totals(table.columns), [], True
    limit = most if totals.any else shown
    for count, row in enumerate(rows):
        if count >= limit:
            whole = False
            break
        totals.add(row)
        if count < shown:
            first.append(_words(table, row))
    last = None
    if whole and totals.any and totals.rows:
        last = [
            words(kind, value)
            for kind, value in zip(table.kinds, totals.row(table.total), strict=True)
        ]
    return Preview(first, last, totals.rows, whole)


def _words(table, row):
    return [words(kind, plain(kind, value)) for kind, value in zip(table.kinds, row, strict=True)]


__all__ = [
    "WRITERS",
    "Preview",
    "Table",
    "TooLong",
    "Totals",
    "Writer",
    "plain",
    "preview",
    "words",
    "write",
]
