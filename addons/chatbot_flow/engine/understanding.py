"""What a typed text means outside a flow: yes or no, a global word, one of a few offers.

Other addons ask citizens something of their own beside a flow. They understand the answer with the
very functions that the flow's questions use, so that a citizen is understood alike everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import matching, steps
from .inputs import clean_answer, parse
from .texts import DONE_WORDS, GLOBAL_WORDS

_YES_NO = steps.FlowStep(key="_", kind=steps.QUESTION, title="", answer="yes_no")
#: In the order in which a flow looks at them
_COMMANDS = ("back", "agent", "exit", "menu")


def yes_or_no(answer: Any) -> bool | None:
    """True or False as a flow's yes-no question reads the answer; None when it is neither.

    :param answer: anything with ``text`` and ``kind`` (``text|option|reaction``...)
    """
    value = parse(_YES_NO, clean_answer(answer))
    return value if isinstance(value, bool) else None


def command(text: str, words: Mapping[str, frozenset[str]] | None = None) -> str:
    """The global word that a text is: ``menu|back|agent|exit``, or "".

    :param words: the flow's own (``Flow.navigation.words``); without them the usual ones

    A bare figure or sign ("0", "#") is none here: beside a flow it may be what was asked for.
    """
    typed = matching.normalise(text)
    if not any(char.isalpha() for char in typed):
        return ""
    known: Mapping[str, Any] = words or GLOBAL_WORDS
    return next((name for name in _COMMANDS if typed in known.get(name, ())), "")


def is_done(text: str) -> bool:
    """Whether a text says that there is nothing more to come ("pronto", "só isso")."""
    return matching.normalise(text) in DONE_WORDS


def pick(names: Sequence[tuple[str, ...]], text: str) -> int | None:
    """Position (from 0) of the offer that a text means, or None when it means none or several.

    :param names: what each offer is called, as people would write it
    """
    typed = matching.normalise(text)
    words = [tuple(matching.normalise(name) for name in offer if name) for offer in names]
    found = matching.exact(words, typed)
    if found is not None:
        return found
    place = matching.number(typed)
    if place is not None:
        return place - 1 if 1 <= place <= len(words) else None
    return matching.nearest(words, typed)[0]
