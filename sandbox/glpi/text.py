"""How GLPI 10 stores text: HTML encoding, SQL escaping, cut short columns.

GLPI encodes ``& < >`` and escapes for SQL *before* it cuts a text to the width of its column, and
leaves a text alone that already looks encoded or escaped. Each of these habits changes what a
client reads back, so the stand-in repeats them.
"""

import functools
import re
import unicodedata

# A VARCHAR(255) column keeps 254 bytes of the encoded and escaped text.
SHORT_TEXT_BYTES = 254

_ENCODINGS = (("&", "&#38;"), ("<", "&#60;"), (">", "&#62;"))
_BARE_SPECIAL = re.compile(r"<|>|&(?!#?[a-z0-9]+;)", re.IGNORECASE)
_KNOWN_ENTITY = re.compile(r"&#38;|&#60;|&#62;|&lt;|&gt;")
_CONTROL = re.compile("[\x00\n\r\x1a]")
_ESCAPABLE = "\\'\"nr0Z"
_ESCAPES = {"n": "\n", "r": "\r", "0": "\x00", "Z": "\x1a"}


class CutInsideCharacter(ValueError):
    """The cut left half a character: the database refuses the statement."""


class CutInsideEscape(ValueError):
    """The cut left a lone backslash: the statement is no longer valid SQL."""


def encode(text: str) -> str:
    """Encode ``& < >`` unless the whole text already looks encoded."""
    if not _BARE_SPECIAL.search(text) and _KNOWN_ENTITY.search(text):
        return text
    for plain, encoded in _ENCODINGS:
        text = text.replace(plain, encoded)
    return text


def decode(text: str) -> str:
    """Undo `encode`, once (what ``X-GLPI-Sanitized-Content: false`` does)."""
    if not any(encoded in text for _plain, encoded in _ENCODINGS):
        return text.replace("&lt;", "<").replace("&gt;", ">")  # as old versions encoded
    for plain, encoded in reversed(_ENCODINGS):
        text = text.replace(encoded, plain)
    return text


def looks_escaped(text: str) -> bool:
    """Return True when every quote and backslash reads as an SQL escape.

    And there is one.
    """
    if _CONTROL.search(text):
        return False
    found = False
    position = 0
    while position < len(text):
        character = text[position]
        if character in "'\"":
            return False
        if character == "\\":
            if text[position + 1 : position + 2] not in tuple(_ESCAPABLE):
                return False
            found = True
            position += 1
        position += 1
    return found


def escape(text: str) -> str:
    """Escape for SQL as the MySQL client library does."""
    text = re.sub(r"[\\'\"]", lambda match: "\\" + match[0], text)
    for letter, character in _ESCAPES.items():
        text = text.replace(character, "\\" + letter)
    return text


def unescape(text: str) -> str:
    """Return an escaped text as the database stores it."""
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), text, flags=re.DOTALL)


def to_stored(text: str, limit: int | None = None) -> str:
    """Return the text as GLPI keeps it.

    :param limit: bytes that the column takes of the escaped text, None for long columns.
    :raises CutInsideCharacter, CutInsideEscape: when the cut breaks the statement.
    """
    encoded = encode(text.replace("\r\n", "\n"))
    escaped = encoded if looks_escaped(encoded) else escape(encoded)
    if limit is not None and len(escaped.encode()) > limit:
        try:
            escaped = escaped.encode()[:limit].decode()
        except UnicodeDecodeError as error:
            raise CutInsideCharacter(text) from error
        if (len(escaped) - len(escaped.rstrip("\\"))) % 2:
            raise CutInsideEscape(text)
    return unescape(escaped)


def strip_slashes(text: str) -> str:
    """Return a name as in GLPI's messages: without single backslashes."""
    return re.sub(r"\\(.?)", r"\1", text, flags=re.DOTALL)


def strip_tags(text: str) -> str:
    """Return the text without tags, to make a title of a description."""
    return re.sub(r"<[^>]*>", "", decode(text))


@functools.lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Return the key that compares like the database's collation.

    Without case and accents.
    """
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
