# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts on their way into GLPI and out of it.

Source of every rule: exchanges recorded from a real GLPI 10.0.6.
"""

import re
from html import unescape

from .readable import html_to_text as html_to_text

# GLPI cuts the title at 254 bytes of the encoded text, inside a character if need be (an SQL error,
# nothing created). 200 leaves room for what the encoder of another version may add.
TITLE_LIMIT = 200
_ENCODED_SIZE = {"&": 5, "<": 5, ">": 5, "'": 2, '"': 2, "\\": 2}
_ELLIPSIS = "…"
# zero width joiner and variation selector: nothing may end with them
_JOINERS = "\u200d\ufe0e\ufe0f"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udfff]")


def clean(text):
    """Remove control characters and lone surrogates; line ends become newlines.

    NUL is a control character too.
    """
    text = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text)


def encoded_size(text):
    """Return the bytes that `text` takes in GLPI's SQL, encoded and escaped."""
    return sum(_ENCODED_SIZE.get(char) or len(char.encode()) for char in text)


def title(text, limit=TITLE_LIMIT):
    """Return a title that GLPI stores whole: one line, under `limit` encoded bytes.

    A backslash becomes a slash: a title such as `C:\\novo` looks already escaped to GLPI, which
    would turn `\\n` into a line break. The description keeps the original text.
    >>> title("Impressora   parada\\n")
    'Impressora parada'
    """
    text = " ".join(clean(text).replace("\\", "/").split())
    if encoded_size(text) < limit:
        return text
    room = limit - 1 - len(_ELLIPSIS.encode())
    kept = []
    for char in text:
        room -= _ENCODED_SIZE.get(char) or len(char.encode())
        if room < 0:
            break
        kept.append(char)
    return "".join(kept).rstrip(_JOINERS + " ") + _ELLIPSIS


def escape(text):
    """Convert plain text to HTML: escape only & < > (GLPI keeps quotes as they are)."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def paragraph(text):
    """Convert plain text to one HTML paragraph in which line breaks are visible."""
    lines = escape(text).strip("\n").replace("\n", "<br>")
    return f"<p>{lines}</p>"


def describe(text, facts=(), marker=""):
    """Return the HTML content of a ticket: the citizen's text, facts, our marker.

    Its parts are joined by real line ends on purpose: GLPI takes a text without any for "already
    escaped" when its backslashes happen to fit, and would eat them (`C:\\\\temp` -> `C:\\temp`).

    :param text: plain text of the citizen
    :param facts: (label, value) pairs, plain text; pairs without a value are left out
    :param marker: our reference, searched for before any second try
    """
    parts = [paragraph(text)]
    rows = [f"<b>{escape(label)}:</b> {escape(value)}" for label, value in facts if value]
    if rows:
        lines = "<br>".join(row.replace("\n", " ") for row in rows)
        parts.append(f"<p>{lines}</p>")
    if marker:
        parts.append(f"<p><small>{escape(marker)}</small></p>")
    return "\n".join(parts) + "\n"


def followup(text, marker=""):
    """Return the HTML content of a followup.

    With the same line end against lost backslashes.

    :param marker: our reference, searched for before any second try
    """
    small = f"\n<p><small>{escape(marker)}</small></p>" if marker else ""
    return paragraph(text) + small + "\n"


_BARE = re.compile(r"[<>]|&(?!#38;|#60;|#62;|lt;|gt;)")


def decode(text):
    """Undo, once, GLPI's encoding of a value: search results, older data.

    GLPI stores & < > as &#38; &#60; &#62; (older data: &lt; &gt;). A value with a bare one was
    never encoded (GLPI 11, or an answer decoded on request) and stays as it is.
    >>> decode("Bloco A &#62; Sala")
    'Bloco A > Sala'
    """
    if not text or _BARE.search(text):
        return text or ""
    if not any(entity in text for entity in ("&#38;", "&#60;", "&#62;")):
        return text.replace("&lt;", "<").replace("&gt;", ">")
    return text.replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&")


def decode_path(path):
    """Undo GLPI's encoding of a path of names, level by level.

    Its own " > " is bare in some answers although the names in it are encoded.
    >>> decode_path("Hardware > Telefonia &#38; Voz")
    'Hardware > Telefonia & Voz'
    """
    return " > ".join(name(level) for level in str(path or "").split(" > "))


# Only with its semicolon: "A&notas" is a name, not a negation sign
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


def name(text):
    """Return a name or title in readable form, with every entity decoded, even quotes.

    GLPI itself encodes three characters; older versions, plugins and imports wrote names as HTML,
    some of them twice.
    >>> print(name("Caixa d&#039;água &quot;nova&quot; &#38; velha"))
    Caixa d'água "nova" & velha
    """
    text = decode(str(text or ""))
    for _time in range(2):
        text = _ENTITY.sub(lambda match: unescape(match.group()), text)
    return clean(text).replace("\xa0", " ")


# A text that begins with a tag of which the bracket is an entity
_ENCODED_TAG = re.compile(r"\s*&(?:#60|lt);[a-zA-Z!]")


def decode_html(value):
    """Undo GLPI's encoding of a long text that the server did not decode as asked.

    >>> decode_html("&#60;p&#62;Tom &#38;amp; Jerry&#60;/p&#62;")
    '<p>Tom &amp; Jerry</p>'
    >>> decode_html("&lt;p&gt;Ol&aacute;&lt;/p&gt;")
    '<p>Ol&aacute;</p>'
    """
    html = str(value or "")
    if not _ENCODED_TAG.match(html) or "<" in html:
        return html
    decoded = decode(html)
    if decoded != html:
        return decoded
    # GLPI before 10 encoded the brackets alone, so that other entities stand beside them
    return re.sub("&(?:lt|#60);", "<", re.sub("&(?:gt|#62);", ">", html))


# How a list, a table and blanks are shown
_SHOWN = re.compile(r"[\s|•-]+|(?<![\w.])(?:\d+\.)+(?=\s)")


def same_words(one, other):
    """Return whether two plain texts differ only in lists, tables and lines.

    >>> same_words("- Um - Dois", "- Um • Dois"), same_words("às 9", "às 10")
    (True, False)
    """
    return _SHOWN.sub("", one or "") == _SHOWN.sub("", other or "")


def place(latitude, longitude, name="", address=""):
    """Return a point on the map for technicians: its name, coordinates, a link.

    >>> print(place(-19.8123, -43.1777))
    📍 -19.8123, -43.1777
    https://www.openstreetmap.org/?mlat=-19.8123&mlon=-43.1777#map=18/-19.8123/-43.1777
    """
    north, east = (f"{value:.6f}".rstrip("0").rstrip(".") for value in (latitude, longitude))
    called = [part for part in dict.fromkeys([name.strip(), address.strip()]) if part]
    link = f"https://www.openstreetmap.org/?mlat={north}&mlon={east}#map=18/{north}/{east}"
    words = ", ".join([*called, f"{north}, {east}"])
    return f"📍 {words}\n{link}"


def digits(phone):
    """Return only the digits of a phone number."""
    return re.sub(r"\D", "", phone or "")


def same_phone(one, other):
    """Return whether two Brazilian numbers, however written, are the same line.

    Country code 55 and the ninth digit of mobiles may be missing on either side; the area code may
    not (two cities may share the last eight digits).
    >>> same_phone("+55 11 91234-5678", "551112345678")
    True
    """
    return bool(_national(one)) and _national(one) == _national(other)


def _national(phone):
    """Return (area code, last 8 digits), or None if the number is too short to know."""
    number = digits(phone).lstrip("0")
    if len(number) in (12, 13) and number.startswith("55"):
        number = number[2:]
    if len(number) not in (10, 11):
        return None
    return number[:2], number[-8:]
