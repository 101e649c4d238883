"""What people type or paste, as plain characters: the one step before anything is read.

A telephone's keyboard, a PDF, a chat or a web page put characters into a text that nobody sees or
that look like others: typographic dashes, direction marks, blanks of every width, full-width
digits, skin tones. :func:`tidy` makes them what they look like. It is for values that are read
(numbers, dates, yes and no), not for texts that are kept as they were written.
"""

import re
import unicodedata
from functools import lru_cache

#: Longer texts hold no value worth looking for
MAX_LENGTH = 10_000
_LOOKS_LIKE = {
    # dashes that Unicode does not call dashes
    "−": "-", "⁃": "-", "˗": "-", "➖": "-", "‐": "-",
    # quotes
    "‘": "'", "’": "'", "‛": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"',
    "»": '"',
    # slashes, colons, dots, commas
    "⁄": "/", "∕": "/", "╱": "/", "⧸": "/", "∶": ":", "ː": ":", "꞉": ":", "․": ".", "。": ".",
    "🔟": "10", "‚": ",", "⸴": ",", "、": ",", "…": "...",
}  # fmt: skip
#: Forms of one character: full-width, half-width, letters and digits of "fonts" that apps offer
_FORMS = ("<wide>", "<narrow>", "<font>", "<small>", "<vertical>")
#: Variation selectors, the frame of a keycap, skin tones
_DECORATION = frozenset(["\ufe0e", "\ufe0f", "\u20e3", *map(chr, range(0x1F3FB, 0x1F400))])
_BLANKS = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """What one character is read as; "" for one that nobody sees."""
    if char in _LOOKS_LIKE:
        return _LOOKS_LIKE[char]
    if char in _DECORATION:
        return ""
    category = unicodedata.category(char)
    if category == "Pd":
        return "-"
    # the fillers count as letters, and show nothing
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
    """Return ``text`` on one line, of plain characters; "" for anything but a text.

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
    """Return ``text`` tidied, in lower case and without accents, to compare words with.

    >>> fold("NÃO,\\u00a0Obrigado!")
    'nao, obrigado!'
    """
    split = unicodedata.normalize("NFD", tidy(text).casefold())
    return "".join(char for char in split if unicodedata.category(char)[0] != "M")


def bare(text: str) -> str:
    """Return ``text`` without blanks and characters that nobody sees at its ends, else untouched.

    A text of nothing else becomes "".
    """
    start, end = 0, len(text)
    while start < end and _plain(text[start]) in ("", " "):
        start += 1
    while end > start and _plain(text[end - 1]) == " ":
        end -= 1
    # what closes an emoji (a skin tone, a variation selector) stays
    while end > start and unicodedata.category(text[end - 1]) in ("Cf", "Zs", "Zl", "Zp", "Cc"):
        end -= 1
    return text[start:end]
