# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A conversation's position in its flow: a small JSON value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

NEW = "new"
INPUT = "input"
ACTION = "action"
WAIT = "wait"
HANDED_OVER = "handed_over"
ENDED = "ended"
STATUSES = (NEW, INPUT, ACTION, WAIT, HANDED_OVER, ENDED)


class StateError(ValueError):
    """The stored state cannot be read."""


@dataclass(slots=True)
class State:
    """One conversation's place in a flow.

    :ivar flow: digest of the flow version that made it
    :ivar status: ``new|input|action|wait|handed_over|ended``
    :ivar step: key of the current step
    :ivar mode: part of the step: empty, ``echo`` (is it right?), ``change`` (what to correct?),
        ``guess`` (is one of these meant?) or ``leave`` (does a word in the answer mean to leave?)
    :ivar tries: wrong answers to the current question
    :ivar values: collected values, by variable
    :ivar history: answered steps, oldest first, for going back
    :ivar floor: going back stops here (an action cannot be undone)
    :ivar pending: the answer awaiting confirmation (``mode == "echo"``)
    :ivar return_to: key of the confirmation to come back to after a correction
    :ivar menu_seen: the main menu was reached, so "0" may lead there
    :ivar seed: chooses among the texts of messages that have several
    :ivar said: how many such messages were sent
    :ivar reminded: the citizen was reminded of the current question
    :ivar page: page of the menu that is shown, from 0
    :ivar offers: options that are not in the definition: guessed options
        (``mode == "guess"``), or the records of a choice (see ``choices``)
    :ivar opening: what the citizen wrote first, until the main menu is reached
    :ivar kept: the citizen said that a word inside an answer does not mean to leave
    :ivar manner: name of the last small talk at the current question
    :ivar memory: the person, known values, first words (see :mod:`.memory`)
    :ivar beside: [reference, kind] of files that came beside an answer, for the next question that
        takes files
    :ivar odd: a photo or the like came in place of text, and got a friendly answer once
    """

    flow: str = ""
    status: str = NEW
    step: str = ""
    mode: str = ""
    tries: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)
    floor: int = 0
    pending: Any = None
    return_to: str = ""
    menu_seen: bool = False
    seed: int = 0
    said: int = 0
    reminded: bool = False
    page: int = 0
    offers: dict[str, Any] = field(default_factory=dict)
    opening: str = ""
    odd: bool = False
    kept: bool = False
    manner: str = ""
    memory: dict[str, Any] = field(default_factory=dict)
    beside: list[list[str]] = field(default_factory=list)

    def copy(self) -> State:
        """Return a copy that can be changed without touching the original."""
        return State(
            self.flow,
            self.status,
            self.step,
            self.mode,
            self.tries,
            self.values.copy(),
            self.history.copy(),
            self.floor,
            self.pending,
            self.return_to,
            self.menu_seen,
            self.seed,
            self.said,
            self.reminded,
            self.page,
            self.offers,
            self.opening,
            self.odd,
            self.kept,
            self.manner,
            self.memory,
            self.beside.copy(),
        )

    @property
    def over(self) -> bool:
        """True when the bot has nothing more to say."""
        return self.status in (HANDED_OVER, ENDED)

    def to_json(self) -> dict[str, Any]:
        """Return the state as a dict of JSON values."""
        return {name: getattr(self, name) for name in _NAMES}

    @classmethod
    def from_json(cls, data: Any) -> State:
        """Return the state from the result of :meth:`to_json`.

        Raises StateError on anything else.
        """
        if not isinstance(data, Mapping):
            raise StateError("a state is an object")
        state = cls()
        for name, kinds in _NAMES.items():
            if name not in data:
                continue
            value = data[name]
            if kinds is not None and type(value) is not kinds:
                raise StateError(f"a state's {name} is not {kinds.__name__}")
            setattr(state, name, value)
        if state.status not in STATUSES:
            raise StateError(f"unknown status {state.status!r}")
        if not isinstance(state.offers, Mapping):
            raise StateError("a state's offers are an object")
        if not all(type(key) is str for key in state.history):
            raise StateError("a state's history is a list of keys")
        if not all(_is_file(item) for item in state.beside):
            raise StateError("a state's files are pairs of texts")
        state.values = dict(state.values)
        state.beside = [list(item) for item in state.beside]
        state.history = list(state.history)
        state.memory = dict(state.memory)
        return state


def _is_file(item: Any) -> bool:
    return isinstance(item, list | tuple) and len(item) == 2 and all(type(x) is str for x in item)


_NAMES: dict[str, type | None] = {
    item.name: {"str": str, "int": int, "bool": bool}.get(str(item.type)) for item in fields(State)
}
_NAMES["values"] = dict
_NAMES["history"] = list
_NAMES["memory"] = dict
_NAMES["beside"] = list
