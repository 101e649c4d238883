"""Which option a citizen means.

In this order, the first that fits: the option's id, its number ("2", "2)", "opção 2", "dois",
a keycap emoji), its exact title or keyword, a beginning of exactly one title, a title or keyword
that stands in what was typed (of exactly one option). Case and accents never count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"(?:opcao |numero |n |no )?([0-9]{1,3})[ ).:ºª-]*")
_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ("um", "dois", "tres", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez"), 1
    )
} | {"uma": 1, "duas": 2}
_PATH = re.compile(r"[0-9]{1,3}(?:\s*[.,/>-]\s*[0-9]{1,3}|\s+[0-9]{1,3}){1,9}")
_DENSE = re.compile(r"[1-9]{2,9}")
_DIGITS = re.compile(r"[0-9]{1,3}")
#: Longer answers are read only up to here when an option is looked for
MAX_LENGTH = 200
_MIN_PREFIX = 2
_MIN_INNER = 4


def normalise(text: str) -> str:
    """Lower case, no accents, plain digits, single spaces; at most 200 characters."""
    text = text[:MAX_LENGTH]
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join([c for c in decomposed if unicodedata.category(c)[0] != "M"])
    return _SPACES.sub(" ", text).strip(" *_.!?\"'").casefold()


def number(text: str) -> int | None:
    """The number that a normalised answer is, or None."""
    match = _NUMBER.fullmatch(text)
    if match:
        return int(match.group(1))
    return _NUMBER_WORDS.get(text)


def exact(words: Sequence[tuple[str, ...]], text: str) -> int | None:
    """Position (from 0) of the option called exactly so, or None. ``words``: of each option."""
    for position, names in enumerate(words):
        if text in names:
            return position
    return None


def loose(words: Sequence[tuple[str, ...]], text: str) -> int | None:
    """Position of the only option that the text is a beginning of, or that it contains."""
    if len(text) >= _MIN_PREFIX:
        found = _only(words, lambda name: name.startswith(text))
        if found is not None:
            return found
    padded = f" {_SPACES.sub(' ', re.sub(r'[^a-z0-9]+', ' ', text)).strip()} "
    return _only(words, lambda name: len(name) >= _MIN_INNER and f" {name} " in padded)


def path(text: str) -> list[int] | None:
    """The numbers of a cut-through answer with separators: "2.3", "2 3", "2-3", or None."""
    if _PATH.fullmatch(text):
        return [int(digits) for digits in _DIGITS.findall(text)]
    return None


def dense_path(text: str) -> list[int] | None:
    """The numbers of a cut-through answer typed together, one digit each: "23", or None."""
    if _DENSE.fullmatch(text):
        return [int(digit) for digit in text]
    return None


def _only(words, accept) -> int | None:
    found = [
        position for position, names in enumerate(words) if any(accept(name) for name in names)
    ]
    return found[0] if len(found) == 1 else None
