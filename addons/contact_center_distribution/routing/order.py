# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which contact: the first axis of the router."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from . import reasons
from .model import Contact, Reason, Settings
from .words import (
    BY_AGEING,
    BY_PRIORITY,
    BY_WAIT,
)


class Turn(NamedTuple):
    """The place of a contact among all; the smallest is served first.

    It does not depend on the time: contacts keep their order while they wait.

    :param later_class: negated priority in a queue that orders by it, else 0
    :param started: when the contact began to wait, moved back by what it is ahead
    :param since: when it really began to wait
    :param contact: id, so that no two are equal
    """

    later_class: int
    started: float
    since: float
    contact: int


def in_order(contacts: Iterable[Contact], settings: Settings) -> list[tuple[Turn, Contact]]:
    """Return the contacts of known queues as they are to be served.

    A returned contact counts as of the highest priority in its queue: whoever came later cannot
    pass it, and it passes nobody whom the highest priority would not pass.
    """
    contacts = [contact for contact in contacts if contact.queue in settings.queues]
    highest: dict[int, int] = defaultdict(int)
    for contact in contacts:
        if contact.priority > highest[contact.queue]:
            highest[contact.queue] = contact.priority
    turns = []
    for contact in contacts:
        queue = settings.queues[contact.queue]
        priority, later_class = contact.priority, 0
        if contact.returned:
            priority = max(priority, highest[contact.queue])
        started = contact.since - queue.head_start
        if queue.order == BY_PRIORITY:
            later_class = -priority
        elif queue.order == BY_AGEING:
            started -= priority * queue.level_seconds
        turns.append((Turn(later_class, started, contact.since, contact.id), contact))
    turns.sort()
    return turns


def why_next(contact: Contact, turn: Turn, now: float, settings: Settings) -> Reason:
    """Return why this contact stands where it does."""
    waited = now - contact.since
    if contact.returned:
        return Reason(reasons.RETURNED_TO_HEAD, {"seconds": waited})
    order = settings.queues[contact.queue].order
    if order == BY_WAIT:
        return Reason(reasons.WAITED_LONGEST, {"seconds": waited})
    values = {"priority": contact.priority, "seconds": waited}
    if order == BY_PRIORITY:
        return Reason(reasons.HIGHEST_PRIORITY, values)
    return Reason(reasons.AGED_PRIORITY, values | {"score": now - turn.started})
