# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The small-talk table of a flow: phrases besides answers, and their effects.

``definition["manners"]`` is ``{name: row}``. A name of :mod:`chatbot_flow.engine.manner_words` that
is left out keeps its default row; a row's omitted fields keep their defaults. Further names are the
author's own rows. ``definition["quiet"]`` says what happens after the end of a conversation.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import manner_words as usual
from .inputs import plain
from .manner_matching import Index, index_of, key
from .manner_texts import REPLIES
from .placeholders import EMPTY, NAME, Template
from .problems import Problem

#: Maximum rows in a table, and phrases in a row
MAX_ROWS = 60
MAX_WORDS = 400
#: The reaction to thanks after the end: text, a heart on the message, or nothing
ANSWERS = ("reply", "reaction", "nothing")
#: Seconds after the end during which thanks belong to the finished conversation; at most a day
QUIET = 15 * 60
MAX_QUIET = 24 * 3600
FIELDS = ("title", "words", "reply", "state", "opens", "tell", "free", "off")


@dataclass(frozen=True, slots=True)
class Manner:
    """One row.

    :ivar words: as people write them
    :ivar reply: sent first; empty for nothing
    :ivar state: one of ``manner_words.STATES``
    :ivar opens: whether it opens a conversation, with a protocol, as a first message
    :ivar tell: whether the agent is told
    :ivar free: whether it also applies at questions that accept any text
    """

    name: str
    title: str = ""
    words: tuple[str, ...] = ()
    reply: Template = EMPTY
    state: str = usual.REPEAT
    opens: bool = True
    tell: bool = False
    free: bool = True


@dataclass(frozen=True, slots=True)
class Manners:
    """The table, ready to be asked.

    :ivar rows: name -> row, for those in use
    :ivar quiet: seconds after the end during which thanks open no conversation
    :ivar answer: one of ``ANSWERS``
    """

    rows: Mapping[str, Manner]
    index: Index
    quiet: int = QUIET
    answer: str = ANSWERS[0]

    def templates(self) -> dict[str, Template]:
        """Return the replies, by the name under which problems name them."""
        return {f"manners.{name}": row.reply for name, row in self.rows.items()}


def read_manners(definition: Mapping, problems: list[Problem]) -> Manners:
    """``definition["manners"]`` and ``definition["quiet"]``; errors are recorded."""
    given = definition.get("manners") or {}
    if not isinstance(given, Mapping) or len(given) > MAX_ROWS:
        problems.append(Problem("bad_setting", detail={"field": "manners"}))
        given = {}
    rows: dict[str, Manner] = {}
    for name in (*usual.USUAL, *(name for name in given if name not in usual.USUAL)):
        row = _read_row(name, given.get(name, {}), problems)
        if row is not None:
            rows[row.name] = row
    seconds, answer = _read_quiet(definition, problems)
    return Manners(rows, _index(rows), seconds, answer)


def in_language(manners: Manners, own: Mapping[str, Any], language: str) -> Manners:
    """Return the table with replies in another language.

    The author's, else those known here.

    :param own: what the author translated of the flow, by name
    """
    known = REPLIES.get(language.partition("_")[0], {})
    rows = {}
    for name, row in manners.rows.items():
        text = plain(own.get(f"manners.{name}.reply")).strip()
        standard = usual.USUAL.get(name, {}).get("reply", "")
        if not text and row.reply.source == standard:
            text = known.get(name, "")
        rows[name] = dataclasses.replace(row, reply=Template(text)) if text else row
    return dataclasses.replace(manners, rows=rows)


def slim(given: Any) -> dict[str, dict[str, Any]]:
    """Return how the rows differ from the defaults, so that equivalents are equal."""
    if not isinstance(given, Mapping):
        return {}
    found = {}
    for name, row in given.items():
        standard = usual.USUAL.get(name)
        own = {
            one: list(row[one]) if isinstance(row[one], tuple) else row[one]
            for one in FIELDS
            if isinstance(row, Mapping)
            and one in row
            and (standard is None or not _same(row[one], standard.get(one, False)))
        }
        if own or standard is None:
            found[name] = own
    return found


def _same(one: Any, other: Any) -> bool:
    listed = isinstance(one, list | tuple) and isinstance(other, tuple)
    return list(one) == list(other) if listed else one == other


def _read_row(name: Any, given: Any, problems: list[Problem]) -> Manner | None:
    """Return a row with all defaults filled in; None if it is switched off or invalid."""

    def note(what: str) -> None:
        problems.append(Problem("bad_manner", detail={"value": str(name), "field": what}))

    if not isinstance(name, str) or not NAME.fullmatch(name) or not isinstance(given, Mapping):
        note("manners")
        return None
    for other in given.keys() - set(FIELDS):
        note(str(other))
    values = {"title": name, "words": (), "reply": "", "state": usual.REPEAT}
    values |= {"opens": True, "tell": False, "free": True, "off": False}
    values |= usual.USUAL.get(name, {})
    for one, value in given.items():
        if one not in values:
            continue
        if _fits(one, value):
            values[one] = tuple(value) if one == "words" else value
        else:
            note(one)
    if values["off"]:
        return None
    reply = Template(plain(values["reply"]).strip())
    problems.extend(
        Problem("bad_placeholder", values["title"], {"value": token}) for token in reply.errors
    )
    words = tuple(plain(word) for word in values["words"])
    more = {one: values[one] for one in ("state", "opens", "tell", "free")}
    return Manner(name, plain(values["title"]), words, reply, **more)


def _fits(name: str, value: Any) -> bool:
    """Return whether a field of a row may have this value."""
    if name == "words":
        return (
            isinstance(value, list | tuple)
            and len(value) <= MAX_WORDS
            and all(isinstance(word, str) for word in value)
        )
    if name == "state":
        return value in usual.STATES
    return isinstance(value, str if name in ("title", "reply") else bool)


def _read_quiet(definition: Mapping, problems: list[Problem]) -> tuple[int, str]:
    """Return (seconds after the end, reaction to thanks then)."""
    given = definition.get("quiet")
    given = {} if given is None else given
    seconds: Any = given.get("seconds", QUIET) if isinstance(given, Mapping) else None
    answer: Any = given.get("answer", ANSWERS[0]) if isinstance(given, Mapping) else None
    if type(seconds) is not int or not 0 <= seconds <= MAX_QUIET or answer not in ANSWERS:
        problems.append(Problem("bad_setting", detail={"field": "quiet"}))
        return QUIET, ANSWERS[0]
    return seconds, answer


def _index(rows: Mapping[str, Manner]) -> Index:
    return index_of(tuple((name, row.words) for name, row in rows.items()))


def double_words(manners: Manners) -> dict[str, tuple[str, str]]:
    """Return the words that two rows have.

    {word: (name of the row that counts, name of the other)}.
    """
    found: dict[str, tuple[str, str]] = {}
    first: dict[str, str] = {}
    for name, row in manners.rows.items():
        for word in row.words:
            phrase = key(word) or word
            other = first.setdefault(phrase, name)
            if other != name:
                counts = manners.index.find(word)
                winner = counts.name if counts else name
                found[word] = (winner, other if winner == name else name)
    return found
