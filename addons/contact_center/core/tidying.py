# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Normalises typed or pasted text to plain characters, before it is interpreted.

Phone keyboards, PDFs, chats and web pages insert characters that are invisible or look like others:
typographic dashes, direction marks, blanks of every width, full-width digits, skin tones.
:func:`tidy` replaces them with what they look like. It is for values to be interpreted (numbers,
dates, yes and no), not for texts that are stored as written.
"""

import re
import unicodedata
from functools import lru_cache

#: Longer texts contain no value worth looking for
MAX_LENGTH = 10_000
_LOOKS_LIKE = {
    # dashes that Unicode does not classify as dashes
    "−": "-", "⁃": "-", "˗": "-", "➖": "-", "‐": "-",
    # quotes
    "‘": "'", "’": "'", "‛": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"',
    "»": '"',
    # slashes, colons, dots, commas
    "⁄": "/", "∕": "/", "╱": "/", "⧸": "/", "∶": ":", "ː": ":", "꞉": ":", "․": ".", "。": ".",
    "🔟": "10", "‚": ",", "⸴": ",", "、": ",", "…": "...",
}  # fmt: skip
#: Variants of a character: full-width, half-width, letters and digits of app "fonts"
_FORMS = ("<wide>", "<narrow>", "<font>", "<small>", "<vertical>")
#: Variation selectors, the keycap frame, skin tones
_DECORATION = frozenset(["\ufe0e", "\ufe0f", "\u20e3", *map(chr, range(0x1F3FB, 0x1F400))])
_BLANKS = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """Return the plain form of a character; "" for an invisible one."""
    if char in _LOOKS_LIKE:
        return _LOOKS_LIKE[char]
    if char in _DECORATION:
        return ""
    category = unicodedata.category(char)
    if category == "Pd":
        return "-"
    # fillers count as letters but are invisible
    if category == "Cf" or char in "\u115f\u1160\u3164\uffa0\u034f":
        return ""
    if category[0] == "Z" or char.isspace() or char == "\u2800":
        return " "
    if category[0] == "C":
        return ""
    if unicodedata.decomposition(char).startswith(_FORMS):
        form = unicodedata.normalize("NFKC", char)
        return form if form == char else "".join(map(_plain, form))
    return char


def tidy(text: object) -> str:
    """Return ``text`` on one line in plain characters; "" for anything but a string.

    >>> tidy("\u202a390.533.447‑05\u202c")
    '390.533.447-05'
    >>> tidy("１４：３０"), tidy("👍🏽"), tidy("  sim\\n\\u200bpor favor ")
    ('14:30', '👍', 'sim por favor')
    """
    if not isinstance(text, str):
        return ""
    text = text[:MAX_LENGTH]
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = unicodedata.normalize("NFC", "".join(map(_plain, text)))
    return _BLANKS.sub(" ", "".join(c for c in text if c.isprintable() or c.isspace())).strip()


def fold(text: object) -> str:
    """Return ``text`` tidied, in lower case and without accents, for comparing words.

    >>> fold("NÃO,\\u00a0Obrigado!")
    'nao, obrigado!'
    """
    split = unicodedata.normalize("NFD", tidy(text).casefold())
    return "".join(char for char in split if unicodedata.category(char)[0] != "M")


def bare(text: str) -> str:
    """Return ``text`` without blanks and invisible characters at its ends.

    A text with nothing else becomes "".
    """
    start, end = 0, len(text)
    while start < end and _plain(text[start]) in ("", " "):
        start += 1
    while end > start and _plain(text[end - 1]) == " ":
        end -= 1
    # a character that completes an emoji (a skin tone, a variation selector) stays
    while end > start and unicodedata.category(text[end - 1]) in ("Cf", "Zs", "Zl", "Zp", "Cc"):
        end -= 1
    return text[start:end]
