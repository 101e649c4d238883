# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Interprets text typed outside a flow: yes or no, a global word, one option.

Other addons ask citizens their own questions outside a flow. They interpret the answers with the
functions of the flow's questions, so that citizens are understood consistently everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import matching, steps
from .inputs import clean_answer, parse
from .texts import DONE_WORDS, GLOBAL_WORDS

_YES_NO = steps.FlowStep(key="_", kind=steps.QUESTION, title="", answer="yes_no")
#: In the order in which a flow checks them
_COMMANDS = ("back", "agent", "exit", "menu")


def yes_or_no(answer: Any) -> bool | None:
    """Return True or False as a flow's yes/no question would; None if it is neither.

    :param answer: anything with ``text`` and ``kind`` (``text|option|reaction``...)
    """
    value = parse(_YES_NO, clean_answer(answer))
    return value if isinstance(value, bool) else None


def command(text: str, words: Mapping[str, frozenset[str]] | None = None) -> str:
    """Return the global word in a text: ``menu|back|agent|exit``, or "".

    :param words: the flow's own (``Flow.navigation.words``); by default the usual ones

    A bare digit or sign ("0", "#") does not count here: outside a flow it may be the answer.
    """
    typed = matching.normalise(text)
    if not any(char.isalpha() for char in typed):
        return ""
    known: Mapping[str, Any] = words or GLOBAL_WORDS
    return next((name for name in _COMMANDS if typed in known.get(name, ())), "")


def is_done(text: str) -> bool:
    """Return whether a text says that there is nothing more ("pronto", "só isso")."""
    return matching.normalise(text) in DONE_WORDS


def pick(names: Sequence[tuple[str, ...]], text: str) -> int | None:
    """Return the position (from 0) of the option that is meant, or None if unclear.

    :param names: the name of each option, as people would write it
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
