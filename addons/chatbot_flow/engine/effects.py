# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Effects: what a flow wants done. The caller carries them out in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Choice:
    """One option offered to the citizen; ``id`` comes back in ``Answer.option_id``.

    ``label`` is what the citizen types for it in a text list ("12", "M"); by default its position.
    """

    id: str
    title: str
    description: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Tell something.

    ``media`` are the dicts of the definition (kind, attachment_id, ...).
    """

    text: str = ""
    media: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask and wait. ``kind`` is the step's (``question|menu|confirm``)."""

    text: str
    options: tuple[Choice, ...] = ()
    list_button: str = ""
    kind: str = "question"
    footer: str = ""
    media: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class HandOver:
    """Hand over to a person.

    :param queue: the definition's value, None for the usual queue
    :param skill: the definition's value, None if anybody in the queue will do
    :param priority: 0 normal to 3 emergency
    """

    queue: Any = None
    reason: str = ""
    skill: Any = None
    priority: int = 0


@dataclass(frozen=True, slots=True)
class CallAction:
    """Do something outside and come back with ``ActionResult(name, ok, values)``."""

    name: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Collect:
    """Show a value from the citizen beside the conversation."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class End:
    """The bot has finished.

    :param disposition: what it was about: the definition's value, None if the step does not say
    """

    outcome: str = "self_service"
    disposition: Any = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Come back with ``Elapsed(step)`` after so many seconds."""

    seconds: int
    step: str


@dataclass(frozen=True, slots=True)
class Survey:
    """Ask for a rating and end; ``outcome`` applies if nothing can be asked.

    :param disposition: as of :class:`End`
    """

    outcome: str = "self_service"
    disposition: Any = None


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """The citizen made small talk that a row of the small-talk table answered.

    :param tell: whether the agent should see it
    :param text: what was said
    """

    name: str
    title: str = ""
    tell: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Record something about the conversation.

    :param code: ``other_person`` (the writer is not the known person) or ``resumed`` (an
    interrupted conversation continues)
    """

    code: str
    detail: Mapping[str, Any] = field(default_factory=dict)


Effect = Note | Say | Ask | HandOver | CallAction | Collect | Wait | Survey | End | SmallTalk
