# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How many parts a text message has: what the operator bills.

Two alphabets exist. The default one, GSM-7 (3GPP TS 23.038), has 160 places in a message; some of
its characters take two. A text with any other character is sent as UCS-2, with 70 places, and a
character outside the basic plane (an emoji) takes two. A text that needs more than one message
loses places of each to the header that joins them again: 153 and 67 remain. A character that takes
two places is never cut in half.
"""

import unicodedata
from dataclasses import dataclass

GSM7 = "gsm7"
UCS2 = "ucs2"

#: The default alphabet; the place of each character is its code
BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: Characters of its extension: an escape and another character, so two places
EXTENSION = "\f^{}\\[~]|€"

_WIDTH = {**dict.fromkeys(BASIC.replace("\x1b", ""), 1), **dict.fromkeys(EXTENSION, 2)}
#: Places of a message that stands alone, and of each part of a longer one
_ROOM = {GSM7: (160, 153), UCS2: (70, 67)}
#: Longer texts are refused: gateways take no more than about ten parts, and each is billed
MAX_PARTS = 10

#: What word processors and telephones put in place of plain characters
_TYPOGRAPHY = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u3000\t", " "),
    **dict.fromkeys("\u200b\u200c\u200d\ufeff\u00ad\u2060\ufe0f", ""),
    "…": "...",
    "•": "-",
    "·": "-",
    "º": "o",
    "ª": "a",
    "°": "o",
    "™": "TM",
    "®": "(R)",
    "©": "(C)",
    "½": "1/2",
    "¼": "1/4",
    "×": "x",
}


@dataclass(frozen=True)
class Parts:
    """What a text takes.

    :ivar alphabet: ``gsm7`` or ``ucs2``
    :ivar places: places that the text takes
    :ivar count: messages that are sent and billed; 0 for an empty text
    :ivar left: places that are left in the last one
    :ivar foreign: the characters because of which it is UCS-2, each once, in order
    """

    alphabet: str
    places: int
    count: int
    left: int
    foreign: str = ""


def measure(text: str) -> Parts:
    """Return how many parts a text has.

    >>> measure("a" * 160).count, measure("a" * 161).count, measure("ação").alphabet
    (1, 2, 'ucs2')
    """
    foreign = "".join(dict.fromkeys(char for char in text if char not in _WIDTH))
    if foreign:
        alphabet, widths = UCS2, [2 if ord(char) > 0xFFFF else 1 for char in text]
    else:
        alphabet, widths = GSM7, [_WIDTH[char] for char in text]
    places = sum(widths)
    alone, joined = _ROOM[alphabet]
    if places <= alone:
        return Parts(alphabet, places, 1 if places else 0, alone - places, foreign)
    count, used = 1, 0
    for width in widths:
        if used + width > joined:
            count, used = count + 1, 0
        used += width
    return Parts(alphabet, places, count, joined - used, foreign)


def plain(text: str) -> str:
    """Return the text without what would make it UCS-2.

    As far as it can be said otherwise: accents go where GSM-7 lacks them ("á", "ã", "ç"; "é" and
    "à" stay), typographic quotes and dashes become plain ones. What has no plain form (an emoji,
    another script) stays.

    >>> plain("Atenção: é às 10h – “não” falte…")
    'Atencao: é às 10h - "nao" falte...'
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(_plain(char) for char in composed)


def _plain(char: str) -> str:
    if char in _WIDTH:
        return char
    if char in _TYPOGRAPHY:
        return _TYPOGRAPHY[char]
    bare = "".join(
        part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)
    )
    return bare if bare and all(part in _WIDTH for part in bare) else char


def tidy(text: str, accents: bool = True) -> str:
    """Return a text as it is sent.

    One kind of line end, no control characters, no empty ends.

    :param accents: whether accents stay, at the price of shorter parts
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        char for char in lines if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs")
    )
    kept = unicodedata.normalize("NFC", kept).strip()
    return kept if accents else plain(kept).strip()
