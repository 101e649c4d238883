# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reports as rich text (RTF): one table, its heading on every page."""

from collections.abc import Sequence

from .table import Table, Writer
from .values import words

# Twips (1/20 point) of the text width of an A4 page across, margins of 1.5 cm
WIDTH = 15_100
_HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0\uc1{\fonttbl{\f0\fswiss Arial;}}"
    r"\paperw16838\paperh11906\landscape\margl850\margr850\margt850\margb850"
    r"{\footer\pard\qr\fs14 %s {\field{\*\fldinst PAGE}}\par}"
)


def escape(text: str) -> str:
    r"""Return a text as RTF has it: letters beyond ASCII as UTF-16 numbers.

    >>> escape("a{b}\\")
    'a\\{b\\}\\\\'
    >>> escape("ç👍") == r"\u231?\u-10179?\u-9139?"
    True
    """
    if text.isascii() and not any(char in "\\{}" for char in text):
        return text
    parts = []
    for char in text:
        if char in "\\{}":
            parts.append("\\" + char)
        elif ord(char) < 128:
            parts.append(char)
        else:
            units = char.encode("utf-16-le", "surrogatepass")
            for place in range(0, len(units), 2):
                unit = int.from_bytes(units[place : place + 2], "little", signed=True)
                parts.append(f"\\u{unit}?")
    return "".join(parts)


def _aligned(heading: bool, kind: str) -> str:
    return "" if heading or kind == "text" else r"\qr"


class Rtf(Writer):
    """A table of RTF, written row by row."""

    suffix = "rtf"
    mimetype = "application/rtf"

    def __init__(self, path: str, table: Table):
        """Open the file, write title and headings."""
        super().__init__(path, table)
        self._file = open(path, "w", encoding="ascii", newline="\n")  # noqa: SIM115
        self._file.write(_HEAD % escape(table.page) + "\n")
        self._file.write(rf"{{\pard\sb60\fs28\b {escape(table.title)}\par}}" + "\n")
        for line in table.lines:
            self._file.write(rf"{{\pard\fs16 {escape(line)}\par}}" + "\n")
        self._file.write(r"\pard\sb0\par" + "\n")
        self._size = 14 if len(table.columns) <= 12 else 10
        self._edges = self._ends_of_cells()
        self._write(table.headings, heading=True)

    def _ends_of_cells(self) -> str:
        """Return where the cells end: widths as declared, within the page."""
        whole = sum(column.width for column in self.table.columns)
        reached, edges = 0, []
        for column in self.table.columns:
            reached += column.width
            edges.append(rf"\cellx{WIDTH * reached // whole}")
        return "".join(edges)

    def _write(self, cells: Sequence[str], heading: bool = False, bold: bool = False) -> None:
        mark = r"\trhdr" if heading else ""
        weight = r"\b" if heading or bold else ""
        body = "".join(
            rf"\pard\intbl{_aligned(heading, kind)}{{{escape(cell)}}}\cell"
            for kind, cell in zip(self.kinds, cells, strict=True)
        )
        line = r"\trowd\trgaph40\trbrdrb\brdrs\brdrw5"
        start = rf"{{\fs{self._size}{weight} {line}{mark}{self._edges}"
        self._file.write(f"{start}\n{body}\\row}}\n")

    def _words(self, values):
        return [words(kind, value) for kind, value in zip(self.kinds, values, strict=True)]

    def row(self, values: Sequence) -> None:
        """Write a row."""
        self._write(self._words(values))

    def end(self, totals: Sequence | None) -> None:
        """Write the totals and close the file."""
        if totals:
            self._write(self._words(totals), bold=True)
        self._file.write("\\pard\\par}\n")
        self._file.close()

    def abandon(self) -> None:
        """Close the file as it is."""
        self._file.close()
