# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Contacts that go to another queue too, move there, or find no room."""

from dataclasses import dataclass

from .model import Health, QueueSettings, Reason, Settings, Snapshot

# What becomes of who comes (`Admission.kind`)
ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class OverflowMove:
    """What is to be done with one contact; each is an event.

    :param contact: id
    :param queue: where it waits
    :param target: the other queue
    :param rule: id of the `Overflow`
    :param kind: "show" (keeps its place, add to `Contact.shown_in`), "move" (change the queue and
        `entered`, keep `since`), or "withdraw" (remove from `shown_in`)
    :param reason: the condition with its figures
    """

    contact: int
    queue: int
    target: int
    rule: int
    kind: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether there is room for one more contact.

    :param kind: `ACCEPT`, or one of `model.WHEN_FULL`
    :param target: queue that takes the contact in (`model.OVERFLOW`)
    :param reason: why there is no room; None: there is
    """

    kind: str
    target: int | None = None
    reason: Reason | None = None


def overflow(snapshot: Snapshot, now: float, settings: Settings) -> list[OverflowMove]:
    """Return which contacts are to be shown elsewhere, moved or withdrawn, by contact.

    Conditions read `snapshot.health`, and of the contact how long it has waited. The first rule
    whose condition holds moves a contact; rules that keep the place each add their target.
    Contacts with an open offer are left alone, and so are those for a named agent.
    """
    raise NotImplementedError


def admit(queue: QueueSettings, health: Health) -> Admission:
    """Return whether a contact that comes to the queue now may wait there, or what else."""
    raise NotImplementedError
