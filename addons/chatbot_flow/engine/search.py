# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finds a flow's options that a free text is about: "meu computador não liga".

Words are compared by stem (Snowball's Portuguese stemmer), without accents, allowing a typo, and
weighted by rarity in the flow. The index is built once per compiled flow, at the first free text;
the same text always finds the same options.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .matching import normalise
from .steps import FlowStep

#: Weights of a word in a title or synonym, and in the second line of an option
_TITLE, _DESCRIPTION = 3.0, 1.0
_TYPO = 0.6
#: Maximum words of a text that are considered
_MAX_WORDS = 16
#: A word in more than this share of many options says nothing about a subject
_COMMON, _MANY = 0.2, 50
#: Candidates below this share of the best score are dropped
_SHARE = 0.5
_MIN_TYPO = 5
_WORD = re.compile(r"[a-z0-9]+")
#: Stop words, without accents
_EMPTY_WORDS = frozenset(
    """a ao aos as com como da das de dela dele do dos e ela ele em essa esse esta estao este estou
    eu foi for gostaria ha isso ja la lhe mais mas me meu meus minha minhas muito na nao nas no nos
    nossa nosso num numa o oi ola os ou para pela pelo por porque posso pra preciso pro qual quando
    que quem quero saber se sem ser seu sou sua tem tenho ter um uma voce bom boa dia tarde noite
    favor fazer obrigado obrigada ajuda problema aqui ta to vcs vc""".split()
)
# Endings whose accents decide the stem (people leave accents out), plurals as the singular
_ACCENTED = (
    ("coes", "ção"),
    ("soes", "são"),
    ("oes", "ão"),
    ("cao", "ção"),
    ("sao", "são"),
    ("encia", "ência"),
    ("ancia", "ância"),
    ("ario", "ário"),
    ("avel", "ável"),
    ("ivel", "ível"),
)
_STEMMER = snowballstemmer.stemmer("portuguese")


@functools.lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of a word (lower case, no accents), without accents."""
    for plain, accented in _ACCENTED:
        if word.endswith(plain):
            word = word[: -len(plain)] + accented
            break
    return normalise(_STEMMER.stemWord(word))


def stems(text: str) -> list[str]:
    """Return the stems of a text's meaningful words, each once, in order."""
    return _stems(normalise(text))


def _stems(text: str) -> list[str]:
    """Return the same for a normalised text."""
    found = {
        stem(word): None
        for word in _WORD.findall(text)
        if len(word) > 1 and word not in _EMPTY_WORDS and not word.isdigit()
    }
    return list(found)


class Index:
    """An index of the words of all options of a flow."""

    __slots__ = ("_postings", "_rarity", "_targets", "_vocabulary")

    def __init__(self, flow_steps: Iterable[FlowStep]):
        """Read titles, synonyms and descriptions of all menus of these steps."""
        self._targets: list[str] = []
        self._postings: dict[str, list[tuple[int, float]]] = {}
        seen: set[tuple[str, str]] = set()
        for step in flow_steps:
            for option in step.options:
                # identical words with the same target in several menus are one candidate
                place = (option.words[0] if option.words else option.id, option.goto or step.goto)
                if place in seen:
                    continue
                seen.add(place)
                self._add(option)
        total = len(self._targets)
        if total > _MANY:
            most = total * _COMMON
            self._postings = {w: found for w, found in self._postings.items() if len(found) <= most}
        self._rarity = {
            word: math.log(1 + total / len(places)) for word, places in self._postings.items()
        }
        self._vocabulary = [word for word in self._postings if len(word) >= _MIN_TYPO - 1]

    def _add(self, option) -> None:
        number = len(self._targets)
        self._targets.append(option.wire_id)
        weights: dict[str, float] = {}
        if option.description:
            weights.update(dict.fromkeys(stems(option.description.constant or ""), _DESCRIPTION))
        for text in option.words:
            weights.update(dict.fromkeys(_stems(text), _TITLE))
        for word, weight in weights.items():
            self._postings.setdefault(word, []).append((number, weight))

    def find(self, text: str, limit: int) -> list[str]:
        """Return the closest targets to the text, at most ``limit``, closest first."""
        scores: dict[int, float] = {}
        for word in stems(text)[:_MAX_WORDS]:
            known, factor = self._known(word)
            for number, weight in self._postings.get(known, ()):
                score = weight * factor * self._rarity[known]
                scores[number] = scores.get(number, 0.0) + score
        if not scores:
            return []
        least = max(scores.values()) * _SHARE
        ranked = sorted((-score, number) for number, score in scores.items() if score >= least)
        return [self._targets[number] for _score, number in ranked[:limit]]

    def _known(self, word: str) -> tuple[str, float]:
        """Return the matching word of the index, and its weight."""
        if word in self._postings or len(word) < _MIN_TYPO:
            return word, 1.0
        near = process.extractOne(word, self._vocabulary, scorer=OSA.distance, score_cutoff=1)
        return (near[0], _TYPO) if near else (word, 1.0)
