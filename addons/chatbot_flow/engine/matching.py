# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Determines which option a citizen means.

The first match counts, in this order: the option's id, its number ("2", "2)", "opção 2", "dois", a
keycap emoji), its exact title or keyword, a beginning of exactly one title, a title or keyword
contained in the text (of exactly one option), its position ("a segunda"), its words with a typo.
Case and accents never matter. Edit distances are RapidFuzz's (optimal string alignment: a swap of
two letters counts as one).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from .shared import tidying

_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"(?:(?:a |o )?(?:opcao|numero|item|n|no) )?([0-9]{1,4})(?:[oa]$|[ ).:ºª-]*)")
_PREFIX = re.compile(r"(?:a |o )?(?:opcao|numero|item) ")
_CARDINALS = (
    "um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis "
    "dezessete dezoito dezenove vinte"
).split()
_TENS = "primeir segund terceir quart quint sext setim oitav non".split()
_ORDINAL_WORDS = (
    {word: number for number, word in enumerate(_TENS, 1)}
    | {f"decim{ending} {word}": number for number, word in enumerate(_TENS, 11) for ending in "ao"}
    | {"decim": 10, "vigesim": 20}
)
_ORDINAL = re.compile(r"(?:a |o )?((?:decim[ao] )?[a-z]+)[ao](?: (?:opcao|item|um|uma))?")
_NUMBER_WORDS = {word: number for number, word in enumerate(_CARDINALS, 1)} | {
    "uma": 1,
    "duas": 2,
    "catorze": 14,
}
_PATH = re.compile(r"[0-9]{1,3}(?:\s*[.,/>-]\s*[0-9]{1,3}|\s+[0-9]{1,3}){1,9}")
_DENSE = re.compile(r"[1-9]{2,9}")
_DIGITS = re.compile(r"[0-9]{1,3}")
#: Longer answers are truncated here when searching for an option
MAX_LENGTH = 200
_MIN_PREFIX = 2
_MIN_INNER = 4
#: Minimum word lengths for one and for two wrong letters
_ONE_TYPO, _TWO_TYPOS = 4, 8
#: In shorter words a different letter often makes another word ("gato", "pato"): ask instead
_SURE = 5


def normalise(text: str) -> str:
    """Normalise: lower case, no accents, plain digits, single spaces.

    At most 200 characters.
    """
    text = text[:MAX_LENGTH]
    if not text.isascii():
        text = tidying.tidy(text)
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join([c for c in decomposed if unicodedata.category(c)[0] != "M"])
    return _SPACES.sub(" ", text).strip(" *_.!?\"'").casefold()


def number(text: str) -> int | None:
    """Return the number that a normalised answer is, or None."""
    match = _NUMBER.fullmatch(text)
    if match:
        return int(match.group(1))
    return _NUMBER_WORDS.get(_PREFIX.sub("", text, count=1))


def ordinal(text: str) -> int | None:
    """Return the position in a normalised answer: "a segunda", "o terceiro"."""
    match = _ORDINAL.fullmatch(text)
    return _ORDINAL_WORDS.get(match.group(1)) if match else None


def exact(words: Sequence[tuple[str, ...]], text: str) -> int | None:
    """Return the position (from 0) of the option that matches exactly, or None.

    ``words``: of each option.
    """
    for position, names in enumerate(words):
        if text in names:
            return position
    return None


def nearest(words: Sequence[tuple[str, ...]], text: str) -> tuple[int | None, list[int]]:
    """Return the option that the text certainly means, and those that it may mean.

    :return: position of the only one, None if there is none or several; then the positions of the
    candidates, in order
    """
    found = loose(words, text)
    if len(found) == 1:
        return found[0], []
    if found:
        return None, found
    place = ordinal(text)
    if place is not None and place <= len(words):
        return place - 1, []
    return _with_typo(words, text)


def loose(words: Sequence[tuple[str, ...]], text: str) -> list[int]:
    """Return positions of options that begin with the text, else of those with it."""
    if len(text) >= _MIN_PREFIX:
        found = _all(words, lambda name: name.startswith(text))
        if found:
            return found
    padded = f" {_SPACES.sub(' ', re.sub(r'[^a-z0-9]+', ' ', text)).strip()} "
    return _all(words, lambda name: len(name) >= _MIN_INNER and f" {name} " in padded)


def distance(one: str, other: str) -> int:
    """Return how many letters are wrong between two words."""
    return OSA.distance(one, other)


def typos(text: str) -> int:
    """Return how many letters of a word may be wrong."""
    return 0 if len(text) < _ONE_TYPO else 1 if len(text) < _TWO_TYPOS else 2


def _with_typo(words: Sequence[tuple[str, ...]], text: str) -> tuple[int | None, list[int]]:
    allowed = typos(text)
    if not allowed or text.isdigit():
        return None, []
    near: dict[int, int] = {}
    for position, names in enumerate(words):
        candidates = list(names)
        if " " not in text:
            # a multi-word title is also compared word by word with a single word
            parts = [part for name in names if " " in name for part in name.split(" ")]
            candidates += [part for part in parts if len(part) >= _ONE_TYPO]
        distance = min(
            (OSA.distance(text, name, score_cutoff=allowed) for name in candidates),
            default=allowed + 1,
        )
        if distance <= allowed:
            near[position] = distance
    if len(near) != 1:
        return None, list(near)
    (position,) = near
    sure = len(text) >= _SURE and any(name[:1] == text[:1] for name in words[position])
    return (position, []) if sure else (None, [position])


def path(text: str) -> list[int] | None:
    """Return the numbers of a cut-through answer with separators, or None.

    "2.3", "2 3", "2-3".
    """
    if _PATH.fullmatch(text):
        return [int(digits) for digits in _DIGITS.findall(text)]
    return None


def dense_path(text: str) -> list[int] | None:
    """Return the numbers of a cut-through answer typed together, or None.

    One digit each: "23".
    """
    if _DENSE.fullmatch(text):
        return [int(digit) for digit in text]
    return None


def _all(words, accept) -> list[int]:
    return [position for position, names in enumerate(words) if any(accept(n) for n in names)]
