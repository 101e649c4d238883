# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which row of a small-talk table a whole message is, if it is nothing but that.

A text is split into phrases of the rows and polite words, and all of it must match: "obrigada!!" is
thanks, "obrigada, mas ainda não funciona" is not. Words are compared folded, expanded and without
stretched letters or articles. Emoji count by themselves if there are no words; skin tones are
ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from . import manner_words as usual
from .shared import everyday, tidying

#: Longer texts are not small talk
MAX_LENGTH = 160
MAX_WORDS = 16
_WORD = re.compile(r"[a-z0-9]+")
_ARTICLES = frozenset("o a os as um uma uns umas".split())
#: "kkkkk", "hahaha", "rsrsrs", "huehue"; "rs" alone is a state of Brazil
_LAUGH = re.compile(
    r"k{2,}s?|(?:h[aeiu]{1,2}){2,}h?|(?:j[aei]){3,}|(?:h[aeu]?){4,}|(?:rs){2,}r?|r?(?:sr){2,}s?|"
    r"(?:[ks]){4,}|(?:a?u?hs?){3,}a?|(?:hua){2,}|(?:ua){3,}|k(?:a?k){2,}a?|lo+l"
)
#: A question does not match these: "ok?", "obrigado?"
_NO_QUESTION = frozenset({usual.THANKS, usual.OK, usual.LAUGHTER})
#: Shorter words are not matched with typos
_MIN_TYPO = 7
#: Rows that allow typos: in others one is too close to something else ("o prefeito")
_WITH_TYPOS = (usual.THANKS, usual.PERSON, usual.CANCELS)


def key(text: str) -> str:
    """Return words in their comparison form.

    >>> key("Obrigadaaaa!!"), key("Falar com uma PESSOA"), key("não tenho e-mail")
    ('obrigada', 'falar com pesoa', 'nao tenho email')
    """
    return " ".join(_words(tidying.fold(text)))


def _words(folded: str) -> list[str]:
    words = _WORD.findall(folded.replace("e-mail", "email").replace("e mail", "email"))
    # "abc" is more often just that than "abraços"
    whole = [word if word == "abc" else everyday.whole([word])[0] for word in words]
    written = everyday.squeeze(" ".join(whole)).split()
    return [word for word in written if word not in _ARTICLES] or written


_POLITE = frozenset(filter(None, map(key, usual.POLITE)))
_COMPANY = {name: frozenset(map(key, words)) for name, words in usual.COMPANY.items()}
ANSWERS = frozenset(filter(None, map(key, usual.ANSWERS)))


@dataclass(frozen=True, slots=True)
class Found:
    """The interpretation of a text.

    :ivar name: of the row
    :ivar phrases: keys of its phrases that were found, none for signs
    """

    name: str
    phrases: tuple[str, ...] = ()

    @property
    def may_answer(self) -> bool:
        """Return whether it is an answer where any text is accepted."""
        return bool(self.phrases) and all(phrase in ANSWERS for phrase in self.phrases)


class Index:
    """An index of the rows' phrases and signs.

    :param rows: name -> words as people write them
    """

    __slots__ = ("_longest", "_mendable", "_phrases", "_rank", "_signs", "_vocabulary")

    def __init__(self, rows: Mapping[str, Iterable[str]]):
        own = [name for name in rows if name not in usual.USUAL]
        order = [*own, *(name for name in usual.RANK if name in rows)]
        self._rank = {name: place for place, name in enumerate(order)}
        self._phrases: dict[str, str] = {}
        self._signs: dict[str, str] = {}
        for name in reversed(order):
            for word in rows[name]:
                if _LAUGH.fullmatch(word):
                    continue
                if phrase := key(word):
                    self._phrases[phrase] = name
                else:
                    signs = tidying.fold(word)
                    self._signs.update(dict.fromkeys([signs, *_emoji(signs)], name))
        self._longest = max(len(phrase.split()) for phrase in (*self._phrases, *_POLITE))
        company = frozenset().union(*_COMPANY.values())
        self._vocabulary = frozenset(
            word for phrase in (*self._phrases, *_POLITE, *company) for word in phrase.split()
        )

        self._mendable = frozenset(
            word
            for phrase, name in self._phrases.items()
            if name in _WITH_TYPOS
            for word in phrase.split()
            if len(word) >= _MIN_TYPO
        )

    def find(self, text: str, typos: bool = False) -> Found | None:
        """Return the row that matches a text, or None.

        :param typos: one letter of a longer word may be wrong
        """
        folded = tidying.fold(text)
        if not folded or len(folded) > MAX_LENGTH:
            return None
        found = self._read(folded, typos)
        if found and "?" in folded and found.name in _NO_QUESTION:
            return None
        return found

    def _read(self, folded: str, typos: bool) -> Found | None:
        """Return the same for a folded text, including questions."""
        raw = _WORD.findall(folded)
        if not raw:
            return self._of_signs(folded)
        if len(raw) > MAX_WORDS:
            return None
        laughs = usual.LAUGHTER in self._rank
        words = [word for word in raw if not (laughs and _LAUGH.fullmatch(word))]
        if not words:
            return Found(usual.LAUGHTER)
        laughed = len(words) < len(raw)
        words = _words(" ".join(words) if laughed else folded)
        if typos:
            words = [self._mended(word) for word in words]
        found = self._covered(words)
        if found is None and laughed and all(word in _POLITE for word in words):
            found = Found(usual.LAUGHTER)
        return found

    def _of_signs(self, folded: str) -> Found | None:
        """Return the row for a text without words: emoji, or question marks."""
        bare = folded.replace(" ", "")
        if name := self._signs.get(bare) or self._signs.get(bare[:1] * 2):
            return Found(name)
        emoji = _emoji(folded)
        if not emoji:
            return None
        names = {self._signs[sign] for sign in emoji if sign in self._signs}
        if names:
            return Found(min(names, key=lambda name: self._rank[name]))
        return Found(usual.SIGNS) if usual.SIGNS in self._rank else None

    def _covered(self, words: list[str]) -> Found | None:
        """Return the first row by rank whose phrases, with courtesy, make up all words."""
        phrases: dict[str, list[str]] = {}
        rest: list[str] = []
        for part in self._parts(words):
            if part in self._phrases:
                phrases.setdefault(self._phrases[part], []).append(part)
            elif part not in _POLITE:
                rest.append(part)
        for name in sorted(phrases, key=lambda name: self._rank[name]):
            if all(word in _COMPANY.get(name, ()) for word in rest):
                return Found(name, tuple(phrases[name]))
        return None

    def _parts(self, words: list[str]) -> tuple[str, ...]:
        """Split the words into the longest phrases, with the fewest unknown words."""
        best: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
        for end in range(1, len(words) + 1):
            ways = []
            for start in range(max(0, end - self._longest), end):
                part = " ".join(words[start:end])
                known = part in self._phrases or part in _POLITE
                if known or end - start == 1:
                    strange, count, before = best[start]
                    # prefer the split with more of the rows' own phrases
                    cost = 2 if part in self._phrases else 3
                    ways.append((strange + (not known), count + cost, (*before, part)))
            best.append(min(ways))
        return best[-1][2]

    def _mended(self, word: str) -> str:
        """Return the known word one letter away from an unknown one, otherwise the word itself."""
        if len(word) < _MIN_TYPO or word in self._vocabulary:
            return word
        near = [
            known
            for known in self._mendable
            if known[0] == word[0] and OSA.distance(word, known, score_cutoff=1) <= 1
        ]
        return min(near) if near else word


@lru_cache(maxsize=64)
def index_of(rows: tuple[tuple[str, tuple[str, ...]], ...]) -> Index:
    """Return the index of rows, built once per table and process."""
    return Index(dict(rows))


def _emoji(text: str) -> list[str]:
    """Return the signs of a text that are neither letters nor punctuation."""
    return [char for char in text if not char.isascii() and not char.isalnum() and char not in "♀♂"]
