# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Figures that come from outside, as a table of days: a carrier's file.

A line is `day;numerator;denominator` and, where known, the name of the queue: dates as Brazilians
or machines write them, whole numbers with or without dots of thousands. A first line of titles is
passed over. What cannot be read is told by its line; nothing is guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LINES_MOST = 5000
_DATE_BR = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DATE_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WHOLE = re.compile(r"\d{1,15}|\d{1,3}(\.\d{3}){1,4}")


class Unreadable(ValueError):
    """Lines that cannot be read.

    :param faults: [(number of the line, what is wrong: "columns", "date", "number", "twice",
        "above", "long")]
    """

    def __init__(self, faults: Sequence[tuple[int, str]]):
        """Remember the faults."""
        super().__init__(f"{len(faults)} lines cannot be read")
        self.faults = list(faults)


@dataclass(frozen=True, slots=True)
class Line:
    """What was counted on one day."""

    day: date
    numerator: int
    denominator: int
    queue: str = ""


def decoded(content: bytes) -> str:
    """Return the text of a file as spreadsheets write it, in either of two encodings."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_lines(text: str) -> list[Line]:
    """Return the lines of a table.

    :raise Unreadable: with all faults at once; nothing is read in part

    >>> read_lines("dia;não entregues;oferecidas\\n01/11/2026;48;8.000\\n")
    [Line(day=datetime.date(2026, 11, 1), numerator=48, denominator=8000, queue='')]
    """
    rows = [
        (number, [cell.strip().strip('"') for cell in re.split(r"[;\t]", row)])
        for number, row in enumerate(text.splitlines(), 1)
        if row.strip(" ;\t")
    ]
    if rows and _date(rows[0][1][0]) is None and len(rows) > 1:
        rows = rows[1:]
    if len(rows) > LINES_MOST:
        raise Unreadable([(LINES_MOST + 1, "long")])
    found, faults, seen = [], [], set()
    for number, cells in rows:
        line, fault = _line(cells)
        if not fault and (line.day, line.queue) in seen:
            fault = "twice"
        if fault:
            faults.append((number, fault))
        else:
            seen.add((line.day, line.queue))
            found.append(line)
    if faults or not found:
        raise Unreadable(faults or [(1, "columns")])
    return found


def _line(cells):
    """Return (line, "") or (None, what is wrong)."""
    if not 3 <= len(cells) <= 4:
        return None, "columns"
    day = _date(cells[0])
    if day is None:
        return None, "date"
    if not all(_WHOLE.fullmatch(cell) for cell in cells[1:3]):
        return None, "number"
    numerator, denominator = (int(cell.replace(".", "")) for cell in cells[1:3])
    if numerator > denominator:
        return None, "above"
    return Line(day, numerator, denominator, cells[3] if len(cells) == 4 else ""), ""


def _date(text):
    for pattern, order in ((_DATE_BR, (2, 1, 0)), (_DATE_ISO, (0, 1, 2))):
        match = pattern.fullmatch(text)
        if match:
            try:
                return date(*(int(match.groups()[place]) for place in order))
            except ValueError:
                return None
    return None
