# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""WhatsApp's text marks <-> HTML.

``to_html`` escapes everything it does not make itself, so its result is safe to show.
``from_html`` reads any HTML (what an agent typed in Discuss) and never fails.
"""

import html
import re
from html.parser import HTMLParser

_STYLES = {"*": "strong", "_": "em", "~": "s"}
_TAG_MARKS = {
    "strong": "*",
    "b": "*",
    "em": "_",
    "i": "_",
    "s": "~",
    "del": "~",
    "strike": "~",
    "code": "`",
}
_BLOCKS = frozenset(
    "p div li ul ol blockquote pre h1 h2 h3 h4 h5 h6 table tr section article header footer".split()
)
_SILENT = frozenset("script style head title template noscript iframe object".split())
_FENCE = re.compile(r"```(.+?)```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_URL = re.compile(r"https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]*_~]")
# A pair of marks around something that neither starts nor ends with a blank, outside of words
_STYLED = {
    mark: re.compile(
        rf"(?<![\w{re.escape(mark)}]){re.escape(mark)}(?!\s)([^{re.escape(mark)}\n]+?)"
        rf"(?<!\s){re.escape(mark)}(?![\w{re.escape(mark)}])"
    )
    for mark in _STYLES
}
_ITEM = re.compile(r"^\s*(?:[-*]|\d{1,3}[.)])\s")
# Text that is in no message: stands for a piece of HTML which is ready
_HOLD = re.compile("\ue000(\\d+)\ue001")


def to_html(text: str) -> str:
    """Return safe HTML for a WhatsApp text.

    ``*bold*``, ``_italic_``, ``~struck~``, ```` ```block``` ````, `` `code` ``, ``> quote`` and
    http(s) links are shown as such; lines stay lines.
    """
    text = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub("[\x00\ue000\ue001]", "\ufffd", text)
    held: list[str] = []

    def hold(piece: str) -> str:
        held.append(piece)
        return f"\ue000{len(held) - 1}\ue001"

    text = _FENCE.sub(lambda m: hold(f"<pre>{html.escape(m[1])}</pre>"), text)
    text = _CODE.sub(lambda m: hold(f"<code>{html.escape(m[1])}</code>"), text)
    text = _URL.sub(lambda m: hold(_link(m[0])), text)
    result = _join(text.split("\n"))
    # A held piece never holds another: one pass is enough
    return _HOLD.sub(lambda m: held[int(m[1])], result)


def _link(url: str) -> str:
    """Return a link that tells the other site nothing about ours."""
    safe = html.escape(url, quote=True)
    return f'<a href="{safe}" target="_blank" rel="noreferrer noopener">{safe}</a>'


def _is_quote(line: str) -> bool:
    """Return whether a line is quoted text."""
    return line.startswith("> ") and bool(line[2:].strip())


def _join(lines: list[str]) -> str:
    """Return the lines as HTML. A quote is a block: it makes its own line's breaks."""
    parts = []
    for index, line in enumerate(lines):
        quote = _is_quote(line)
        if index:
            before = lines[index - 1]
            if not _is_quote(before) and not (quote and before):
                parts.append("<br>")
        parts.append(f"<blockquote>{_inline(line[2:])}</blockquote>" if quote else _inline(line))
    return "".join(parts)


def _inline(line: str) -> str:
    """Escape a line, keep its blanks and turn its pairs of marks into tags."""
    line = html.escape(line, quote=True)
    line = re.sub(r"^ | (?= )", "\xa0", line)
    for mark, tag in _STYLES.items():
        # The first star of a list's item is no mark
        start = 2 if mark == "*" and _ITEM.match(line) and line.startswith("*") else 0
        line = line[:start] + _STYLED[mark].sub(rf"<{tag}>\1</{tag}>", line[start:])
    return line


def from_html(source: str) -> str:
    """Return the WhatsApp text of some HTML; tags without a mark keep their words."""
    reader = _Reader()
    reader.feed(source or "")
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Collect the words of a piece of HTML with WhatsApp's marks around them."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._silent = 0
        self._pre = 0
        self._marks: list[tuple[str, str]] = []  # (tag, mark) which are open
        self._starts: list[tuple[int, int]] = []  # where each of them started
        self._links: list[tuple[str, int, int]] = []
        self._lists: list[int | None] = []  # open lists: next number, None when not numbered
        self._quotes = 0

    def handle_starttag(self, tag, attrs):
        """Open a tag: a line, a mark, a link or an item."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._new_line()
        elif tag in ("ul", "ol"):
            self._block()
            self._lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self._block()
            self._item()
        elif tag == "pre":
            # No new line before or after: to_html writes blocks within lines
            self._pre += 1
            self._lines[-1] += "```"
        elif tag in _BLOCKS:
            if tag == "blockquote":
                self._block()
                self._quotes += 1
                self._lines[-1] = "> "
            else:
                self._block()
        elif tag in _TAG_MARKS:
            self._marks.append((tag, _TAG_MARKS[tag]))
            self._starts.append(self._place())
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", *self._place()))
        elif tag == "img":
            self._lines[-1] += dict(attrs).get("alt") or ""

    def handle_endtag(self, tag):
        """Close a tag that is open; ignore one that is not."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            self._block()
        elif tag == "pre":
            if self._pre:
                self._pre -= 1
                self._lines[-1] += "```"
        elif tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
            self._block()
        elif tag in _BLOCKS:
            self._block()
        elif tag in _TAG_MARKS:
            self._close_mark(tag)
        elif tag == "a" and self._links:
            self._close_link()

    def handle_data(self, data):
        """Add words; blanks collapse as a browser's do, except in a block of code."""
        if self._silent:
            return
        if self._pre:
            first, *rest = data.split("\n")
            self._lines[-1] += first
            self._lines.extend(rest)
            return
        data = re.sub(r"[ \t\n\r\f\v]+", " ", data)
        current = self._lines[-1]
        if data.startswith(" ") and (not current or current.endswith(" ")):
            data = data[1:]
        self._lines[-1] = current + data

    def text(self) -> str:
        """Return the collected text, without blank ends."""
        while self._marks:
            self._close_mark(self._marks[-1][0])
        while self._pre:
            self.handle_endtag("pre")
        lines = [line.replace("\xa0", " ").rstrip() for line in self._lines]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n").rstrip()

    def _place(self) -> tuple[int, int]:
        return len(self._lines) - 1, len(self._lines[-1])

    def _new_line(self):
        """Start a line, also within a quote."""
        self._lines.append("> " if self._quotes else "")

    def _block(self):
        """Start a line unless this one is empty."""
        if self._lines[-1].strip() not in ("", ">"):
            self._new_line()

    def _item(self):
        """Write the sign of a list's item."""
        number = self._lists[-1] if self._lists else None
        if number is None:
            self._lines[-1] += "- "
        else:
            self._lines[-1] += f"{number}. "
            self._lists[-1] = number + 1

    def _close_mark(self, tag: str):
        """Put a tag's mark around each line of its content, leaving blanks outside."""
        if tag not in (name for name, _mark in self._marks):
            return
        while True:
            name, mark = self._marks.pop()
            line, column = self._starts.pop()
            for index in range(line, len(self._lines)):
                start = column if index == line else 0
                self._lines[index] = self._lines[index][:start] + _surround(
                    self._lines[index][start:], mark
                )
            if name == tag:
                return

    def _close_link(self):
        """Add a link's address when its words do not say it already."""
        href, line, column = self._links.pop()
        if line != len(self._lines) - 1 or not href.startswith(("http://", "https://")):
            return
        words = self._lines[-1][column:].strip()
        if not words:
            self._lines[-1] += href
        elif words.rstrip("/") not in (href.rstrip("/"), href.split("://", 1)[1].rstrip("/")):
            self._lines[-1] += f" ({href})"


def _surround(part: str, mark: str) -> str:
    """Return ``part`` between marks, its outer blanks outside; unchanged when it is blank."""
    core = part.strip(" \xa0\t")
    if not core or core == ">":
        return part
    start = part.index(core)
    return part[:start] + mark + core + mark + part[start + len(core) :]
