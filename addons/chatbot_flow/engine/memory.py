# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a conversation remembers besides answers: person, values, first words.

It is one small dict of the state, ``State.memory``, whose values are replaced, never changed in
place. Empty parts are left out, so that most conversations have none:

``known``
    contact field -> what this citizen gave in an earlier conversation
``suggested``
    a name that may be the citizen's (the profile's), offered as a button
``person``
    ``same`` or ``other``: whether the person who writes is the one who is known
``anew``
    key of the step that is asked although its answer is known, ``*`` for all of them
``doubted``
    a doubtful name was asked back in the present question
``first``
    ``{"text", "media"}``: the first words and files of substance, until a question takes them
``told``
    the first words were taken: none are kept any more
``waiting``
    what the citizen sent first, while "go on?" is asked
``resume``
    the state of the conversation that was broken off, while "go on?" is asked
``before``
    the number of that conversation
``carried``
    names of the values that were taken over from it without their step
``left``
    ``silence``: the citizen did not answer, so what was being done may go on another day
"""

from __future__ import annotations

from typing import Any

from .state import State

SAME, OTHER = "same", "other"
ALL = "*"
SILENCE = "silence"
#: Modes of a question: is a known value still right? is there more to add to the first words?
KNOWN, FIRST = "known", "first"


def text(state: State, name: str) -> str:
    """Return one of the texts, "" without it."""
    value = state.memory.get(name)
    return value if isinstance(value, str) else ""


def mapping(state: State, name: str) -> dict[str, Any]:
    """Return one of the dicts, empty without it."""
    value = state.memory.get(name)
    return value if isinstance(value, dict) else {}


def words(state: State, name: str) -> list[str]:
    """Return one of the lists of texts, empty without it."""
    value = state.memory.get(name)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def put(state: State, **changes: Any) -> None:
    """Remember values; an empty one is removed."""
    kept = {**state.memory, **changes}
    state.memory = {name: value for name, value in kept.items() if value}
