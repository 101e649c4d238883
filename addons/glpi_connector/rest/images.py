# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pictures inside the HTML that technicians write in GLPI.

What is pasted in GLPI's editor becomes a document, named by its id in the address of the picture;
what other programs put there may stay in the text itself as a data: address.
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
# So many pictures of one text are looked for.
_PICTURES = 50
# Extensions that people's telephones show; anything else is left out.
_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}

_SIGNATURES = (
    (b"%PDF-", ("pdf", "application/pdf")),
    (b"\x89PNG\r\n\x1a\n", ("png", "image/png")),
    (b"\xff\xd8\xff", ("jpg", "image/jpeg")),
    (b"GIF8", ("gif", "image/gif")),
)


@dataclass(frozen=True)
class Picture:
    """A picture that stands in the text itself."""

    filename: str
    mimetype: str
    data: bytes


def document_ids(html):
    """Return the ids of the documents that the pictures of a text are, in order.

    >>> document_ids('<img src="/front/document.send.php?docid=12&itemtype=Ticket">')
    [12]
    """
    return list(dict.fromkeys(int(number) for number in _DOCUMENT.findall(html or "")))


def pictures_in(entries):
    """DocumentNews of the documents that the texts of `entries` show."""
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
    """(extension, MIME type) of a picture or PDF as its first bytes tell it, else None."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp", "image/webp"
    return None


def inline(html, limit):
    """Return the pictures that stand in a text itself, of `limit` bytes at most each, in order."""
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
    """Return whether a text shows pictures, and none of them is in GLPI or in the text itself.

    So are those of mail programs ("cid:") and of other people's servers: they cannot be sent on.
    """
    parser = _Sources()
    parser.feed(html or "")
    parser.close()
    matches = [_DATA.match(source.strip()) for source in parser.sources]
    here = any(match and match[1].lower() in _EXTENSIONS for match in matches)
    return bool(parser.sources) and not here and not document_ids(html)


def _bytes(value, encoded):
    """Return what a data: address holds; nothing when it cannot be read."""
    try:
        raw = unquote_to_bytes(value)
        if not encoded:
            return raw
        return base64.b64decode(b"".join(raw.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


class _Sources(HTMLParser):
    """Collects the addresses of pictures."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.sources = []

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.sources.append(dict(attrs).get("src") or "")
