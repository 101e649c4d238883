# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reports as PDF, drawn page by page: a row is forgotten as soon as it is drawn.

The browser that prints Odoo's documents needs minutes and gigabytes for what a month of a large
center takes; here memory grows with the pages' compressed text only.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from .table import Table, Writer
from .values import words

# The first is in Debian's fonts-dejavu-core and has Greek, Cyrillic, Hebrew and Arabic letters; the
# second comes with reportlab.
_FONTS = {
    "": ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "Vera.ttf"),
    "b": ("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf", "VeraBd.ttf"),
}
MARGIN, FOOT = 34, 24
PADDING = 3
# A wider table is printed on A3
WIDE = 190
LEADING = 1.25
# A cell of more lines would fill the page by itself
MOST_LINES = 20


@lru_cache
def fonts() -> tuple[str, str]:
    """Return the names of the plain and the bold font, registered if need be."""
    names = []
    for mark, (best, usual) in _FONTS.items():
        name = f"contact-center-report{mark}"
        pdfmetrics.registerFont(TTFont(name, best if Path(best).is_file() else usual))
        names.append(name)
    return tuple(names)


class Letters:
    """What a font can show, and how wide: {letter: width of 1 point}."""

    def __init__(self, name: str):
        """Look the font up."""
        self.face = pdfmetrics.getFont(name).face
        self.instead = "□" if ord("□") in self.face.charToGlyph else "?"
        self.lacked = False
        self._widths = {}

    def shown(self, text: str) -> str:
        """Return the text with a sign in the place of each letter that the font lacks."""
        if text.isascii():
            return text
        glyphs = self.face.charToGlyph
        if all(ord(char) in glyphs for char in text):
            return text
        self.lacked = True
        return "".join(char if ord(char) in glyphs else self.instead for char in text)

    def width(self, text: str) -> float:
        """Return the width of a text at 1 point."""
        known, total = self._widths, 0.0
        for char in text:
            if char not in known:
                widths = self.face.charWidths
                known[char] = widths.get(ord(char), self.face.defaultWidth) / 1000
            total += known[char]
        return total

    def lines(self, text: str, most: float) -> list[str]:
        """Return a text in lines of at most such a width (at 1 point), broken at blanks."""
        if self.width(text) <= most:
            return [text]
        found, line = [], ""
        for word in text.split(" "):
            tried = f"{line} {word}" if line else word
            if self.width(tried) <= most:
                line = tried
                continue
            if line:
                found.append(line)
            while self.width(word) > most and len(word) > 1:
                cut = self._fitting(word, most)
                found.append(word[:cut])
                word = word[cut:]
            line = word
        found.append(line)
        if len(found) > MOST_LINES:
            found = [*found[: MOST_LINES - 1], "..."]
        return found

    def _fitting(self, word, most):
        reached = 0.0
        for place, char in enumerate(word):
            reached += self.width(char)
            if reached > most:
                return max(place, 1)
        return len(word)


class Pdf(Writer):
    """Pages across, the headings on each of them, numbered."""

    suffix = "pdf"
    mimetype = "application/pdf"

    def __init__(self, path: str, table: Table):
        """Begin the first page with title and headings."""
        super().__init__(path, table)
        self._plain, self._bold = fonts()
        self._letters = Letters(self._plain)
        self._bold_letters = Letters(self._bold)
        chars = sum(column.width for column in table.columns)
        page = landscape(A3 if chars > WIDE else A4)
        self._width, self._height = page
        self._canvas = Canvas(path, pagesize=page, pageCompression=1)
        self._canvas.setTitle(table.title)
        inner = self._width - 2 * MARGIN
        self._size = max(min(9.0, inner / chars / 0.62), 5.0)
        self._widths = [inner * column.width / chars for column in table.columns]
        self._pages = 0
        self._y = 0.0
        self._begin_page()

    # ------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------

    def _begin_page(self) -> None:
        self._pages += 1
        self._y = self._height - MARGIN
        if self._pages == 1:
            self._line(self.table.title, self._bold, 14)
            for line in self.table.lines:
                self._line(line, self._plain, 8)
            self._y -= 6
        self._canvas.setFont(self._plain, 7)
        self._canvas.drawString(MARGIN, FOOT, self._letters.shown(self.table.title))
        number = f"{self.table.page} {self._pages}"
        self._canvas.drawRightString(self._width - MARGIN, FOOT, self._letters.shown(number))
        self._draw(self._broken(self.table.headings, self._bold_letters), self._bold, ruled=True)

    def _line(self, text, font, size) -> None:
        """Draw a line of text over the whole width, in several lines if need be."""
        letters = self._bold_letters if font == self._bold else self._letters
        for part in letters.lines(letters.shown(text), (self._width - 2 * MARGIN) / size):
            self._y -= size * LEADING
            self._canvas.setFont(font, size)
            self._canvas.drawString(MARGIN, self._y, part)

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------

    def _broken(self, cells, letters) -> list[list[str]]:
        """Return the lines of each cell."""
        size = self._size
        return [
            letters.lines(letters.shown(cell), (width - 2 * PADDING) / size) if cell else []
            for cell, width in zip(cells, self._widths, strict=True)
        ]

    def _draw(self, cells: list[list[str]], font: str, ruled: bool = False) -> None:
        """Draw a row of cells below the last one."""
        size, step = self._size, self._size * LEADING
        height = max(map(len, cells), default=1) * step + PADDING
        text = self._canvas.beginText()
        text.setFont(font, size)
        letters = self._bold_letters if font == self._bold else self._letters
        x = MARGIN
        for kind, lines, width in zip(self.kinds, cells, self._widths, strict=True):
            for number, line in enumerate(lines, 1):
                right = 0.0
                if kind != "text":
                    right = width - 2 * PADDING - letters.width(line) * size
                text.setTextOrigin(x + PADDING + max(right, 0.0), self._y - number * step)
                text.textOut(line)
            x += width
        self._canvas.drawText(text)
        self._y -= height
        self._canvas.setLineWidth(0.8 if ruled else 0.2)
        self._canvas.line(MARGIN, self._y, self._width - MARGIN, self._y)

    def _write(self, values, font) -> None:
        letters = self._bold_letters if font == self._bold else self._letters
        texts = [words(kind, value) for kind, value in zip(self.kinds, values, strict=True)]
        cells = self._broken(texts, letters)
        height = max(map(len, cells), default=1) * self._size * LEADING + PADDING
        if self._y - height < FOOT + 12:
            self._canvas.showPage()
            self._begin_page()
        self._draw(cells, font)

    def row(self, values: Sequence) -> None:
        """Draw a row."""
        self._write(values, self._plain)

    def end(self, totals: Sequence | None) -> None:
        """Draw the totals, say whether letters are missing, and write the file."""
        if totals:
            self._write(totals, self._bold)
        if self.table.gap and (self._letters.lacked or self._bold_letters.lacked):
            self._line(self.table.gap, self._plain, 7)
        self._canvas.save()
