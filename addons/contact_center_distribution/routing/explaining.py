# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who would be next, in words."""

from dataclasses import replace

from . import reasons
from .choice import Desk, why_chosen
from .matching import Round
from .model import (
    Candidate,
    Contact,
    Explanation,
    Reason,
    Settings,
    Snapshot,
)
from .order import Turn, why_next
from .standing import Demand, Standing, demand_of
from .words import (
    PULL,
)

#: Id of the contact that would come now; ids of the database are positive
NEWCOMER = -1


def explain(
    snapshot: Snapshot,
    queue: int,
    now: float,
    settings: Settings,
    example: Contact | None = None,
) -> Explanation:
    """Return which contact of the queue is next and how all agents stand to it.

    It plays the very round of `match` up to this contact: whoever is at place 1 is offered it, and
    if nobody has a place, nobody is. When nobody waits, it is about a contact that would come now.

    :param example: what would come now, if not a usual contact: weight, channel, skills
    """
    if queue not in settings.queues:
        return Explanation(queue, None, (Reason(reasons.UNKNOWN_QUEUE),), ())
    if settings.queues[queue].mode == PULL:
        return Explanation(queue, None, (Reason(reasons.PULL_ONLY),), ())
    found = _next_of(queue, Round(snapshot, now, settings))
    if found is None:
        example = replace(
            example or Contact(NEWCOMER, queue, now), id=NEWCOMER, queue=queue, since=now
        )
        snapshot = replace(snapshot, contacts=(*snapshot.contacts, example))
        found = NEWCOMER
    pictures: list[Explanation] = []

    def looking(seen: Round, turn: Turn, contact: Contact) -> None:
        if contact.id == found:
            pictures.append(_picture(seen, turn, contact))

    Round(snapshot, now, settings).play(looking)
    return pictures[-1]


def _next_of(queue: int, seen: Round) -> int | None:
    """Return the contact of the queue that comes first."""
    return next((contact.id for _turn, contact in seen.waiting if contact.queue == queue), None)


def _picture(seen: Round, turn: Turn, contact: Contact) -> Explanation:
    """Return how all agents stand to the contact at this point of the round."""
    settings = seen.settings
    queue = settings.queues[contact.queue]
    demand = demand_of(contact, queue, seen.now)
    placed, refused = [], []
    for desk in seen.desks.values():
        standing = seen.gate.standing(demand, desk.agent)
        if isinstance(standing, Reason):
            refused.append(Candidate(desk.agent.id, 0, "", (standing,)))
        elif refusal := _refusal(seen, contact, demand, desk):
            refused.append(Candidate(desk.agent.id, 0, standing.kind, (refusal,)))
        else:
            placed.append((seen.rank(demand, desk, standing), desk, standing))
    placed.sort(key=lambda entry: entry[0])
    candidates = [
        _candidate(seen, contact, demand, place, desk, standing)
        for place, (_rank, desk, standing) in enumerate(placed, start=1)
    ]
    refused.sort(key=lambda candidate: (not candidate.standing, candidate.agent))
    if contact.id == NEWCOMER:
        return Explanation(
            contact.queue, None, (Reason(reasons.WOULD_BE_NEXT),), (*candidates, *refused)
        )
    why = why_next(contact, turn, seen.now, settings)
    return Explanation(contact.queue, contact.id, (why,), (*candidates, *refused))


def _refusal(seen: Round, contact: Contact, demand: Demand, desk: Desk) -> Reason | None:
    """Return why an agent who may serve the contact is not offered it now."""
    agent = desk.agent
    wish = seen.wish(contact, demand)
    if wish.agent not in (None, agent.id):
        if wish.code == reasons.NAMED:
            return Reason(reasons.FOR_NAMED_AGENT, {"agent": wish.agent})
        values = {"agent": wish.agent, "seconds": wish.until - seen.now}
        return Reason(reasons.WAITS_FOR_LAST_AGENT, values)
    if not desk.fits(contact.weight):
        values = {
            "load": desk.used - desk.offered,
            "offered": desk.offered,
            "weight": contact.weight,
            "capacity": agent.capacity,
        }
        return Reason(reasons.NO_CAPACITY, values)
    if seen.declined(contact, agent.id):
        seconds = seen.now - contact.declined[agent.id]
        return Reason(reasons.DECLINED_LATELY, {"seconds": seconds})
    return None


def _candidate(
    seen: Round, contact: Contact, demand: Demand, place: int, desk: Desk, standing: Standing
) -> Candidate:
    queue = seen.settings.queues[contact.queue]
    wish = seen.wish(contact, demand)
    level = seen.level(demand, desk)
    why = why_chosen(queue, desk, standing, level, seen.now)
    if wish.code:
        why = (Reason(wish.code), *why)
    return Candidate(desk.agent.id, place, standing.kind, why)
