# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The quiet period: how long the bot listens before it answers.

People write in bursts, so what they send is answered when they have been quiet for a moment. Each
further message postpones the answer, up to ``maximum`` since the first one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from .events import Answer
from .problems import Problem

#: Longest periods that a flow may set, in seconds
MAX_MOMENT, MAX_TOTAL = 30.0, 60.0
#: More messages than this are answered at once: nobody types so many before the bot speaks
MAX_MESSAGES = 30
#: Nothing follows these: they are answered, or ignored, at once
_AT_ONCE = frozenset({"reaction", "system"})


@dataclass(frozen=True, slots=True)
class Listening:
    """Seconds of quiet before an answer; 0 answers at once.

    :ivar text: after what was typed
    :ivar tap: after a tap on a button or on a row of a list
    :ivar file: after a photo or another file: the rest of an album takes its time
    :ivar maximum: from the first message at most; 0 switches all of it off
    """

    text: float = 2.5
    tap: float = 0.0
    file: float = 5.0
    maximum: float = 15.0

    def after(self, answer: Answer) -> float:
        """Return the seconds of quiet that this message asks for."""
        if answer.kind in _AT_ONCE:
            return 0.0
        if answer.option_id:
            moment = self.tap
        elif answer.kind == "media" and answer.media_kind != "sticker":
            moment = self.file
        else:
            moment = self.text
        return min(moment, self.maximum)

    def due(self, answer: Answer, now: float, since: float = 0.0, before: float = 0.0) -> float:
        """Return when to answer, in seconds since 1970; ``now`` or earlier is at once.

        :param answer: the new message
        :param since: when the first waiting message came, 0 if there is none
        :param before: when the answer was due until now
        """
        moment = self.after(answer)
        if not moment:
            return now
        return min(max(before, now + moment), (since or now) + self.maximum)

    def capped(self, limit: float | None) -> Listening:
        """Return the same with no period longer than ``limit``; unchanged for None."""
        if limit is None:
            return self
        return Listening(*(min(getattr(self, item.name), limit) for item in fields(self)))

    def to_json(self) -> dict[str, float]:
        """Return the settings as a definition has them."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


DEFAULT = Listening()


def read_listening(definition: Mapping, problems: list[Problem]) -> Listening:
    """``definition["listen"]``; omitted values keep their defaults."""
    data = definition.get("listen")
    if data is None:
        return DEFAULT
    known = DEFAULT.to_json()
    if not isinstance(data, Mapping) or not data.keys() <= known.keys():
        problems.append(Problem("bad_listen", detail={"value": data}))
        return DEFAULT
    for name, value in data.items():
        if _fits(value, MAX_TOTAL if name == "maximum" else MAX_MOMENT):
            known[name] = float(value)
        else:
            problems.append(Problem("bad_listen", detail={"value": value}))
    return Listening(**known)


def _fits(value: Any, limit: float) -> bool:
    return type(value) in (int, float) and 0 <= value <= limit
