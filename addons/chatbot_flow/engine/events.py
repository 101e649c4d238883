"""What happens to a flow: the start, an answer, the result of an action, a return.

Events come from outside and may hold anything; the engine reads them through
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
    :param text: what the citizen wrote first; once the main menu is reached it is read as a direct
        code or as the subject looked for
    :param option_id: id of the option that was tapped, of a conversation that is over
    """

    seed: int = 0
    text: str = ""
    option_id: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the citizen sent.

    :param text: typed text, the caption of a medium or the title of the option
    :param option_id: id of the chosen option as the ``Ask`` effect gave it, or empty
    :param kind: ``text|option|media|location|contacts|reaction|unsupported|system``
    :param media_ref: the caller's handle of the medium (``message:<id>``), kept as it is
    :param media_kind: ``image|video|audio|voice|document|sticker``, or empty if not known
    :param latitude: degrees, for ``kind="location"``
    :param longitude: degrees, for ``kind="location"``
    """

    text: str = ""
    option_id: str = ""
    kind: str = "text"
    media_ref: str = ""
    media_kind: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class ActionResult:
    """The answer to a ``CallAction`` effect; ``values`` are merged into the flow's values.

    :param empty: a look-up found nothing, whatever ``ok`` says
    """

    name: str
    ok: bool
    values: Mapping[str, Any] = field(default_factory=dict)
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The time of a ``Wait`` effect is over; ``step`` is the key it named."""

    step: str


@dataclass(frozen=True, slots=True)
class Silent:
    """The citizen did not answer for as long as the flow says.

    :param stage: ``remind`` or ``end``
    """

    stage: str


@dataclass(frozen=True, slots=True)
class Resume:
    """A person hands the conversation back to the step with this key (also after a hand-over)."""

    step: str


Event = Start | Answer | ActionResult | Resume | Elapsed | Silent
