# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Events of a flow: the start, an answer, the result of an action, a return.

Events come from outside and may contain anything; the engine reads them through
:func:`chatbot_flow.engine.inputs.clean_answer`, so a wrong type is a wrong answer, not an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Start:
    """The conversation begins: the first step of the flow is entered.

    :param seed: chooses among the texts of messages that have several
    :param text: the citizen's first words; at the main menu they are read as a direct code or as
        the subject
    :param option_id: id of an option tapped in a finished conversation
    :param kind: of the first message, with its file (``media_ref``, ``media_kind``) as in Answer
    :param known: usable data from this citizen's earlier conversations, by contact field
        (``steps.CONTACT_FIELDS``)
    :param suggested: a possible name of the citizen, if none is known
    :param left: the state (JSON) of a conversation in which the citizen stopped answering
    :param files: (reference, kind) of files sent first, for the first question that takes files
    """

    seed: int = 0
    text: str = ""
    option_id: str = ""
    kind: str = "text"
    media_ref: str = ""
    media_kind: str = ""
    known: Mapping[str, str] = field(default_factory=dict)
    suggested: str = ""
    left: Mapping[str, Any] | None = None
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A citizen's message.

    :param text: typed text, the caption of a medium or the title of the option
    :param option_id: id of the chosen option as the ``Ask`` effect gave it, or empty
    :param kind: ``text|option|media|location|contacts|reaction|unsupported|system``
    :param media_ref: the caller's handle of the medium (``message:<id>``), kept as it is
    :param media_kind: ``image|video|audio|voice|document|sticker``, or empty if not known
    :param latitude: degrees, for ``kind="location"``
    :param longitude: degrees, for ``kind="location"``
    :param files: (reference, kind) of more files that were sent in the same burst
    """

    text: str = ""
    option_id: str = ""
    kind: str = "text"
    media_ref: str = ""
    media_kind: str = ""
    latitude: float | None = None
    longitude: float | None = None
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Burst:
    """Several messages that the citizen sent in a row, processed together in one turn."""

    answers: tuple[Answer, ...]

    #: of the burst as a whole, where an answer has its own
    kind = "burst"

    @property
    def text(self) -> str:
        """Return everything typed, one line per message."""
        return "\n".join(answer.text for answer in self.answers if answer.text)


@dataclass(frozen=True, slots=True)
class ActionResult:
    """The answer to a ``CallAction`` effect; ``values`` go into the flow's values.

    :param empty: whether a look-up found nothing, whatever ``ok`` says
    """

    name: str
    ok: bool
    values: Mapping[str, Any] = field(default_factory=dict)
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The time of a ``Wait`` effect is over; ``step`` is its key."""

    step: str


@dataclass(frozen=True, slots=True)
class Silent:
    """The citizen was silent for the time set in the flow.

    :param stage: ``remind`` or ``end``
    """

    stage: str


@dataclass(frozen=True, slots=True)
class Resume:
    """A person hands the conversation back to the step with this key.

    Also after a hand-over.
    """

    step: str


Event = Start | Answer | Burst | ActionResult | Resume | Elapsed | Silent
