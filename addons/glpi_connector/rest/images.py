# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pictures inside the HTML that technicians write in GLPI.

Pictures pasted in GLPI's editor become documents, whose ids are in the picture's address; those of
other programs may stay in the text itself as a data: address.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote_to_bytes

from .records import DocumentNews

# Among other parameters in any order, whose "&" may be written in several ways
_DOCUMENT = re.compile(
    r"document\.send\.php\?(?:[^\s\"'<>]*?(?:[&;]|%26))?docid(?:=|%3d)0*([1-9]\d{0,8})(?!\d)", re.I
)
_DATA = re.compile(r"data:(image/[\w.+-]+)(;base64)?,(.*)", re.S | re.I)
# Maximum pictures looked for in one text.
_PICTURES = 50
# Formats that telephones show; others are left out.
_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}

_SIGNATURES = (
    (b"%PDF-", ("pdf", "application/pdf")),
    (b"\x89PNG\r\n\x1a\n", ("png", "image/png")),
    (b"\xff\xd8\xff", ("jpg", "image/jpeg")),
    (b"GIF8", ("gif", "image/gif")),
)


@dataclass(frozen=True)
class Picture:
    """A picture contained in the text itself."""

    filename: str
    mimetype: str
    data: bytes


def document_ids(html):
    """Return the document ids of the pictures of a text, in order.

    >>> document_ids('<img src="/front/document.send.php?docid=12&itemtype=Ticket">')
    [12]
    """
    return list(dict.fromkeys(int(number) for number in _DOCUMENT.findall(html or "")))


def pictures_in(entries):
    """Return the DocumentNews of the documents shown in the texts of `entries`."""
    return [
        DocumentNews(
            id=number,
            name="",
            filename="",
            mimetype="",
            user_id=entry.user_id,
            at=entry.at,
            picture=True,
        )
        for entry in entries
        for number in document_ids(entry.content)[:_PICTURES]
    ]


def kind_of(data):
    """Return (extension, MIME type) of a picture or PDF by its first bytes, or None."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp", "image/webp"
    return None


def inline(html, limit):
    """Return the pictures within a text, in order, of `limit` bytes at most each."""
    parser = _Sources()
    parser.feed(html or "")
    parser.close()
    pictures = []
    for source in parser.sources[:_PICTURES]:
        match = _DATA.fullmatch(source.strip())
        extension = _EXTENSIONS.get(match[1].lower()) if match else None
        data = _bytes(match[3], bool(match[2])) if extension else b""
        if data and len(data) <= limit:
            name = f"imagem-{len(pictures) + 1}.{extension}"
            pictures.append(Picture(name, match[1].lower(), data))
    return pictures


def only_elsewhere(html):
    """Return whether all pictures of a text, if any, are elsewhere.

    Neither in GLPI nor in the text.

    Those of mail programs ("cid:") and of other servers are so, and cannot be forwarded.
    """
    parser = _Sources()
    parser.feed(html or "")
    parser.close()
    matches = [_DATA.match(source.strip()) for source in parser.sources]
    here = any(match and match[1].lower() in _EXTENSIONS for match in matches)
    return bool(parser.sources) and not here and not document_ids(html)


def _bytes(value, encoded):
    """Return the content of a data: address; empty if it is unreadable."""
    try:
        raw = unquote_to_bytes(value)
        if not encoded:
            return raw
        return base64.b64decode(b"".join(raw.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


class _Sources(HTMLParser):
    """Collect the addresses of pictures."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.sources = []

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.sources.append(dict(attrs).get("src") or "")
