# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Readable text for citizens from HTML of technicians, editors, mail programs."""

import re
from html.parser import HTMLParser

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udfff]")
# Invisible characters left behind by editors; the joiner of emojis is kept
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
_BLOCKS = frozenset(
    "p div ul ol table blockquote h1 h2 h3 h4 h5 h6 hr dl dt dd pre section article header footer "
    "address figure figcaption details summary fieldset form center".split()
)
_SILENT = frozenset(("script", "style", "head", "title", "textarea", "select", "svg"))
# Tags in which line ends of the source are not line ends of the text
_LAID_OUT = re.compile(r"<(?:p|br|div|li|td|h[1-6]|blockquote)\b", re.I)
_ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)\S", re.I)
# Separates cells until the line is complete
_CELL = "\x1f"


class _Reader(HTMLParser):
    """Collect readable text.

    Block ends and <br> become line ends, list items get a dash or their number, cells a stroke
    between them, and a link keeps its address behind its words.
    """

    def __init__(self, laid_out):
        super().__init__(convert_charrefs=True)
        self.parts = []
        self._laid_out = laid_out
        self._silent = self._plain = 0
        self._lists = []  # number of the last item; None for a list without numbers
        self._rows = []  # cells of the present row, of each table
        self._holders = []  # open elements: ("li" or "td", depth of its list or table)
        self._fresh = False  # whether an item or a cell has just begun
        self._link = None  # (address, where its words begin)

    def handle_starttag(self, tag, attrs):
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._end_line()
        elif tag == "li":
            self._begin_item(dict(attrs))
        elif tag == "a":
            self._end_link()
            self._link = (dict(attrs).get("href") or "", len(self.parts))
        elif tag == "tr":
            self._end_line()
            self._rows[-1:] = [0]
        elif tag in ("td", "th"):
            self._begin_cell()
        elif tag in _BLOCKS:
            self._begin_block(tag, dict(attrs))

    def _end_line(self):
        self.parts.append("\n")
        self._fresh = False

    def _begin_block(self, tag, attrs):
        nested = tag in ("ul", "ol") and self._lists
        if not self._fresh and not nested:
            self._end_line()
        if tag in ("ul", "ol"):
            self._lists.append(_whole(attrs.get("start"), 1) - 1 if tag == "ol" else None)
        elif tag == "table":
            self._rows.append(0)
        elif tag == "pre":
            self._plain += 1

    def _begin_item(self, attrs):
        """Write a dash or the next number, indented below the enclosing item."""
        self._end_line()
        if self._lists and self._lists[-1] is not None:
            self._lists[-1] = _whole(attrs.get("value"), self._lists[-1] + 1)
        numbers = [one for one in self._lists if one is not None]
        if self._lists and self._lists[-1] is not None:
            mark = ".".join(map(str, numbers)) + ". "
        else:
            mark = "- " if len(self._lists) < 2 else "• "
        self.parts.append(mark)
        self._begin_holder("li")

    def _begin_cell(self):
        if self._rows:
            if self._rows[-1]:
                self.parts.append(_CELL)
            self._rows[-1] += 1
        self._begin_holder("td")

    def _begin_holder(self, tag):
        holder = (tag, len(self._lists if tag == "li" else self._rows))
        # an item or a cell need not be ended before the next one begins
        if self._holders and self._holders[-1] == holder:
            self._holders.pop()
        self._holders.append(holder)
        self._fresh = True

    def handle_endtag(self, tag):
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a":
            self._end_link()
        elif tag in ("li", "td", "th"):
            self._end_holder("li" if tag == "li" else "td")
        elif tag in _BLOCKS:
            self._end_block(tag)

    def _end_holder(self, tag):
        while self._holders and tag in [one for one, _depth in self._holders]:
            if self._holders.pop()[0] == tag:
                break
        self._fresh = False

    def _end_block(self, tag):
        if tag in ("ul", "ol") and self._lists:
            if self._holders and self._holders[-1] == ("li", len(self._lists)):
                self._holders.pop()
            self._lists.pop()
        elif tag == "table" and self._rows:
            if self._holders and self._holders[-1] == ("td", len(self._rows)):
                self._holders.pop()
            self._rows.pop()
        elif tag == "pre":
            self._plain = max(0, self._plain - 1)
        # the next item, cell or block brings its own line end
        if not self._holders:
            self._end_line()

    def _end_link(self):
        """Write a link's address, unless its words are the address already."""
        if not self._link:
            return
        (address, start), self._link = self._link, None
        words = "".join(self.parts[start:]).strip()
        plain = address.strip()
        for scheme in ("mailto:", "tel:"):
            if plain.lower().startswith(scheme):
                plain = plain[len(scheme) :]
                break
        else:
            # links into GLPI itself need a login there; its files come as files
            if not _ADDRESS.match(plain) or "document.send.php" in plain:
                return
        if plain.rstrip("/") not in words:
            self.parts.append(f" ({plain})" if words else plain)

    def handle_data(self, data):
        if self._silent:
            return
        data = _CONTROL.sub("", data)
        if self._laid_out and not self._plain:
            data = data.replace("\r", " ").replace("\n", " ")
        self.parts.append(data)
        if data.strip():
            self._fresh = False

    def close(self):
        super().close()
        self._end_link()


def _whole(value, default):
    """Return an attribute's number."""
    try:
        return int(value)
    except (TypeError, ValueError):
        return default


def _line(line):
    """Return one line without needless blanks, cells separated, empty outer cells dropped."""
    cells = [" ".join(cell.split()) for cell in line.strip(_CELL + " \xa0\t").split(_CELL)]
    return " | ".join(cells).strip() if len(cells) > 1 else cells[0]


def html_to_text(html):
    """Return the readable text of a technician's HTML: lines kept, no tags or scripts.

    >>> html_to_text("<p>Troque:</p><ol><li>o cabo</li><li>a fonte</li></ol>")
    'Troque:\\n\\n1. o cabo\\n2. a fonte'
    """
    html = html or ""
    reader = _Reader(bool(_LAID_OUT.search(html)))
    reader.feed(html)
    reader.close()
    text = _INVISIBLE.sub("", "".join(reader.parts).replace("\r", "\n"))
    lines = [_line(line) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
