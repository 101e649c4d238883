# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Make the names that people chose safe to store and show.

A profile's name may be empty, three thousand characters long, made of characters that nobody sees,
or turn the direction of what stands after it.
"""

import unicodedata

NAME_MAX = 100  # characters; more is no name, and no list has room for it

# Letters and symbols by Unicode's categories that no font draws anything for
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc")
# They join and colour what stands before them, and are invisible by themselves
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")
_MARKS_MAX = 3  # combining marks on one letter; piles of them cover the lines around


def clean(value: str) -> str:
    """Return ``value`` as one line, without direction marks and invisible characters.

    :return: at most `NAME_MAX` characters; "" when nothing is left to be seen

    >>> clean("  Maria\\n\\u202e da Silva\\u200b ")
    'Maria da Silva'
    >>> clean("\\u3164\\u200d\\ufe0f")
    ''
    """
    kept, marks = [], 0
    for char in unicodedata.normalize("NFC", value[: NAME_MAX * 20]):
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if char in _BLANK or category in ("Cs", "Co") or char in "\ufffe\uffff":
            continue
        if category in ("Cc", "Zl", "Zp", "Zs"):
            kept.append(" ")
        elif category == "Cf" and char != "\u200d" and not _is_tag(char):
            continue
        elif marks <= _MARKS_MAX or char in _JOINERS:
            kept.append(char)
    text = " ".join("".join(kept).split())
    return _cut(text) if any(_is_seen(char) for char in text) else ""


def _is_tag(char: str) -> bool:
    """Return whether it is part of the flag of a region (England, Scotland, Wales)."""
    return "\U000e0020" <= char <= "\U000e007f"


def _is_seen(char: str) -> bool:
    """Return whether a character is seen by itself."""
    category = unicodedata.category(char)
    # Not assigned when this Python was made: an emoji of a later year
    return category == "Cn" or (category[0] not in "CMZ" and char not in _JOINERS)


def _cut(text: str) -> str:
    """Return ``text`` within the limit, cut between words where there are any."""
    if len(text) <= NAME_MAX:
        return text
    head = text[: NAME_MAX - 1]
    words, _space, _rest = head.rpartition(" ")
    head = words if len(words) > NAME_MAX // 2 else head
    return head.rstrip("".join(_JOINERS) + " ") + "…"
