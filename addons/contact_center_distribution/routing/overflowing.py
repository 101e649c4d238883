# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Contacts that go to another queue too, move there, or find no room."""

from collections.abc import Mapping
from dataclasses import dataclass

from . import reasons
from .model import (
    Contact,
    Health,
    Overflow,
    QueueSettings,
    Reason,
    Settings,
    Snapshot,
)
from .words import (
    ANSWER_SPEED,
    CLOSED,
    ESTIMATE,
    FEW_AGENTS,
    KEEP_PLACE,
    MESSAGE,
    MOVE,
    NO_FREE_AGENT,
    OLDEST_WAIT,
    OVERFLOW,
    WAIT,
)

# There is room (`Admission.kind`, beside `words.WHEN_FULL`)
ACCEPT = "accept"

# What is to be done (`OverflowMove.kind`)
SHOW = "show"
"""It keeps its place: add the target to `Contact.shown_in`."""
MOVED = "move"
"""It changes the queue: `Contact.queue` and `entered` are new, `since` is kept."""
WITHDRAW = "withdraw"
"""Things are calmer: take the target out of `Contact.shown_in`."""


@dataclass(frozen=True, slots=True)
class OverflowMove:
    """What is to be done with one contact; each is an event.

    :param contact: id
    :param queue: where it waits
    :param target: the other queue
    :param rule: id of the `Overflow`; 0: withdrawn because the rule is gone
    :param kind: `SHOW`, `MOVED` or `WITHDRAW`
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

    :param kind: `ACCEPT`, or one of `words.WHEN_FULL`
    :param target: queue that takes the contact in (`words.OVERFLOW`)
    :param reason: why there is no room; None: there is
    """

    kind: str
    target: int | None = None
    reason: Reason | None = None


def overflow(snapshot: Snapshot, now: float, settings: Settings) -> list[OverflowMove]:
    """Return which contacts are to be shown elsewhere, moved or withdrawn, by contact.

    Conditions read `snapshot.health`, and of the contact how long it has been in its queue. Rules
    are looked at in their order: those that keep the place each add their target, the first that
    moves ends it. Nothing goes to a queue that is closed. Contacts with an open offer are left
    alone, and so are those for a named agent.
    """
    offered = {offer.contact for offer in snapshot.offers}
    moves: list[OverflowMove] = []
    for contact in sorted(snapshot.contacts, key=lambda contact: contact.id):
        queue = settings.queues.get(contact.queue)
        if queue is None or contact.id in offered or _is_for_one_agent(contact, now):
            continue
        moves += _moves_of(contact, queue, snapshot.health, now)
    return moves


def admit(queue: QueueSettings, health: Health) -> Admission:
    """Return whether a contact that comes now may wait in the queue, or what else."""
    reason = None
    if queue.max_waiting and health.waiting >= queue.max_waiting:
        values = {"count": health.waiting, "limit": queue.max_waiting}
        reason = Reason(reasons.SIZE_ABOVE, values)
    elif queue.max_wait and health.estimate is not None and health.estimate > queue.max_wait:
        values = {"seconds": health.estimate, "limit": queue.max_wait}
        reason = Reason(reasons.ESTIMATE_ABOVE, values)
    elif queue.max_wait and health.oldest_wait > queue.max_wait:
        values = {"seconds": health.oldest_wait, "limit": queue.max_wait}
        reason = Reason(reasons.OLDEST_WAIT_ABOVE, values)
    if reason is None:
        return Admission(ACCEPT)
    if queue.when_full == OVERFLOW:
        if queue.full_target is None:
            return Admission(MESSAGE, reason=reason)
        return Admission(OVERFLOW, queue.full_target, reason)
    return Admission(queue.when_full, reason=reason)


def _is_for_one_agent(contact: Contact, now: float) -> bool:
    until = contact.named_until
    return contact.named_agent is not None and (until is None or now < until)


def _moves_of(
    contact: Contact, queue: QueueSettings, healths: Mapping[int, Health], now: float
) -> list[OverflowMove]:
    """Return what is to be done with one contact."""
    health = healths.get(queue.id, Health())
    kept, moves = set(), []
    for rule in queue.overflows:
        if rule.target == queue.id or not healths.get(rule.target, Health()).open:
            continue
        shown = rule.way == KEEP_PLACE and rule.target in contact.shown_in
        reason = condition(rule, contact, health, now, holding=shown)
        if reason is None:
            continue
        if rule.way == MOVE:
            return [OverflowMove(contact.id, queue.id, rule.target, rule.id, MOVED, reason)]
        if not shown and rule.target not in kept:
            moves.append(OverflowMove(contact.id, queue.id, rule.target, rule.id, SHOW, reason))
        kept.add(rule.target)
    rules = {rule.target: rule.id for rule in reversed(queue.overflows)}
    moves += [
        OverflowMove(
            contact.id,
            queue.id,
            target,
            rules.get(target, 0),
            WITHDRAW,
            Reason(reasons.CALMED_DOWN),
        )
        for target in sorted(contact.shown_in - kept)
    ]
    return moves


def condition(
    rule: Overflow, contact: Contact, health: Health, now: float, holding: bool = False
) -> Reason | None:
    """Return why a contact overflows by the rule, None if it does not.

    :param holding: whether it did already, and stays until things are calmer: `back_below`; or for
        a queue without free agents, until as many are free as contacts wait
    """
    if rule.condition == CLOSED:
        return None if health.open else Reason(reasons.QUEUE_CLOSED)
    if rule.condition == NO_FREE_AGENT:
        enough = health.free >= max(1, health.waiting) if holding else health.free > 0
        return None if enough else Reason(reasons.NOBODY_FREE)
    if rule.condition == FEW_AGENTS:
        values = {"count": health.agents, "limit": rule.above}
        return Reason(reasons.AGENTS_BELOW, values) if health.agents < rule.above else None
    value, code, unit = _measured(rule.condition, contact, health, now)
    limit = rule.above
    if holding and rule.condition != WAIT:
        limit = rule.above / 2 if rule.back_below is None else rule.back_below
    if value is None or value < limit:
        return None
    return Reason(code, {unit: value, "limit": rule.above})


def _measured(
    kind: str, contact: Contact, health: Health, now: float
) -> tuple[float | None, str, str]:
    """Return the figure that a condition compares, its reason and the name of its unit."""
    if kind == WAIT:
        entered = contact.since if contact.entered is None else contact.entered
        return now - entered, reasons.WAIT_ABOVE, "seconds"
    if kind == ESTIMATE:
        return health.estimate, reasons.ESTIMATE_ABOVE, "seconds"
    if kind == ANSWER_SPEED:
        return health.answer_speed, reasons.ANSWER_SPEED_ABOVE, "seconds"
    if kind == OLDEST_WAIT:
        return health.oldest_wait, reasons.OLDEST_WAIT_ABOVE, "seconds"
    return health.waiting, reasons.SIZE_ABOVE, "count"
