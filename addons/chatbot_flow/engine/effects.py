"""What a flow wants done. The caller carries effects out in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Choice:
    """One option offered to the citizen; ``id`` comes back in ``Answer.option_id``.

    ``label`` is what is typed for it where it is written down as text ("12", "M"); without it, its
    place in the list.
    """

    id: str
    title: str
    description: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Tell something. ``media`` are the dicts of the definition (kind, attachment_id, ...)."""

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
    """A person takes over.

    :param queue: the definition's value, None for the usual queue
    :param skill: the definition's value, None when anybody of the queue will do
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
    """The citizen gave a datum which people want to see beside the conversation."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class End:
    """The robot has done all there was to do."""

    outcome: str = "self_service"


@dataclass(frozen=True, slots=True)
class Wait:
    """Come back with ``Elapsed(step)`` after so many seconds."""

    seconds: int
    step: str


@dataclass(frozen=True, slots=True)
class Survey:
    """Ask how the citizen liked it, and end; ``outcome`` holds where nothing can be asked."""

    outcome: str = "self_service"


Effect = Say | Ask | HandOver | CallAction | Collect | Wait | Survey | End
