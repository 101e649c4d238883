"""Make the HTML of a ticket harmless before a page shows it."""

from html import escape
from html.parser import HTMLParser

_KEPT = {
    "p",
    "br",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ul",
    "ol",
    "li",
    "a",
    "blockquote",
    "div",
    "span",
}
_EMPTY = {"br"}
_DROPPED_WITH_CONTENT = {"script", "style", "iframe", "object"}


class _Cleaner(HTMLParser):
    """Collects the kept tags without attributes, links with a web address, and all texts."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._open: list[str] = []
        self._dropping = 0

    def handle_starttag(self, tag, attrs):
        if tag in _DROPPED_WITH_CONTENT:
            self._dropping += 1
        if self._dropping or tag not in _KEPT:
            return
        if tag in _EMPTY:
            self.parts.append(f"<{tag}>")
            return
        address = dict(attrs).get("href") or ""
        link = tag == "a" and address.lower().startswith(("http://", "https://"))
        self.parts.append(f'<a href="{escape(address)}" rel="noopener">' if link else f"<{tag}>")
        self._open.append(tag)

    def handle_endtag(self, tag):
        if tag in _DROPPED_WITH_CONTENT:
            self._dropping = max(0, self._dropping - 1)
        elif not self._dropping and tag in self._open:
            while self._open[-1] != tag:
                self.parts.append(f"</{self._open.pop()}>")
            self.parts.append(f"</{self._open.pop()}>")

    def handle_data(self, data):
        if not self._dropping:
            self.parts.append(escape(data))

    def cleaned(self) -> str:
        """Return the safe HTML, every tag closed."""
        self.close()
        return "".join([*self.parts, *(f"</{tag}>" for tag in reversed(self._open))])


def safe_html(content: str) -> str:
    """Return the content with a few harmless tags and no attributes but web links."""
    cleaner = _Cleaner()
    cleaner.feed(content)
    return cleaner.cleaned()
