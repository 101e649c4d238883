# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who may serve a contact at all: queue, rings, overflow, loans, skills, bars.

Capacity is not looked at here: it changes while the router works.
"""

from collections.abc import Mapping
from typing import NamedTuple

from . import reasons
from .model import (
    LENT,
    OVERFLOWED,
    OWN,
    RING,
    Agent,
    Contact,
    Membership,
    QueueSettings,
    Reason,
    Snapshot,
)

OVERFLOW_RANK = 1_000
LENT_RANK = 1_001
NOT_A_MEMBER = Membership()


class Standing(NamedTuple):
    """How an agent comes to serve a contact.

    :param rank: the nearest is 0; the number of the ring, then overflow, then loans
    :param kind: `OWN`, `RING`, `OVERFLOWED` or `LENT`
    :param via: queue in which the agent serves it
    :param reason: in words
    """

    rank: int
    kind: str
    via: int
    reason: Reason


class Demand(NamedTuple):
    """What contacts ask of an agent; equal for most contacts of a queue.

    :param queue: id
    :param rings: how many of the queue's rings are open, the first to open first
    :param weight: of capacity
    :param channel: kind of channel
    :param skills: levels asked by the contact itself, as sorted pairs
    :param shown_in: queues in which it is shown too, sorted
    """

    queue: int
    rings: int
    weight: int
    channel: str
    skills: tuple[tuple[int, int], ...]
    shown_in: tuple[int, ...]


def demand_of(contact: Contact, queue: QueueSettings, now: float) -> Demand:
    """Return what the contact asks at this moment."""
    rings = 0
    if queue.rings:
        entered = contact.since if contact.entered is None else contact.entered
        rings = sum(now - entered >= ring.after for ring in queue.rings)
    return Demand(
        contact.queue,
        rings,
        contact.weight,
        contact.channel,
        tuple(sorted(contact.skills.items())) if contact.skills else (),
        tuple(sorted(contact.shown_in)) if contact.shown_in else (),
    )


class Gate:
    """Says how each agent stands to a demand."""

    def __init__(self, snapshot: Snapshot, queues: Mapping[int, QueueSettings]):
        self._queues = queues
        self._members: dict[int, list[Agent]] = {}
        for agent in snapshot.agents:
            for queue in agent.queues:
                self._members.setdefault(queue, []).append(agent)
        self._lenders: dict[tuple[int, int], int] = {}
        by_id = {agent.id: agent for agent in snapshot.agents}
        for loan in sorted(snapshot.loans, key=lambda loan: (loan.rule, loan.agent)):
            for borrower in loan.borrowers:
                self._lenders.setdefault((loan.agent, borrower), loan.lender)
                if loan.agent in by_id:
                    self._members.setdefault(borrower, []).append(by_id[loan.agent])
        self._circles: dict[tuple, list] = {}
        self._qualified: dict[Demand, list[tuple[Agent, Standing]]] = {}

    def qualified(self, demand: Demand) -> list[tuple[Agent, Standing]]:
        """Return the agents who may serve it, each with how; in no particular order."""
        if demand in self._qualified:
            return self._qualified[demand]
        near = {demand.queue, *demand.shown_in}
        for circle in self._rings(demand):
            near |= circle[0]
        agents = {agent.id: agent for queue in near for agent in self._members.get(queue, ())}
        found = []
        for agent in agents.values():
            standing = self.standing(demand, agent)
            if isinstance(standing, Standing):
                found.append((agent, standing))
        self._qualified[demand] = found
        return found

    def standing(self, demand: Demand, agent: Agent) -> Standing | Reason:
        """Return how the agent comes to serve the demand, or why not."""
        if agent.barred:
            return Reason(reasons.BARRED, {"code": agent.barred})
        if agent.channels is not None and demand.channel not in agent.channels:
            return Reason(reasons.CHANNEL_NOT_SERVED, {"channel": demand.channel})
        refusal = Reason(reasons.NOT_IN_QUEUE)
        for number, (queues, needs, after) in enumerate(self._rings(demand)):
            via = self._may_serve_in(agent, queues, demand.queue)
            if via is None:
                continue
            if lacking := _lacking(needs, agent):
                refusal = lacking
            elif number:
                values = {"seconds": after, "queue": via}
                return Standing(number, RING, via, Reason(reasons.IN_RING, values))
            else:
                return Standing(0, OWN, via, Reason(reasons.OWN_QUEUE))
        return self._helping(demand, agent) or self._barred_here(demand, agent) or refusal

    def _rings(self, demand: Demand) -> list[tuple[frozenset[int], tuple, float]]:
        """Queues, levels asked and time of opening: of the queue itself, then of each open ring."""
        key = (demand.queue, demand.rings, demand.skills)
        if key not in self._circles:
            queue = self._queues[demand.queue]
            needs = dict(queue.skills)
            for skill, level in demand.skills:
                needs[skill] = max(level, needs.get(skill, level))
            members = frozenset((demand.queue,))
            circles = [(members, tuple(sorted(needs.items())), 0.0)]
            for ring in sorted(queue.rings, key=lambda ring: ring.after)[: demand.rings]:
                members |= ring.queues
                needs = {
                    skill: level if ring.level is None else min(level, ring.level)
                    for skill, level in needs.items()
                    if skill not in ring.dropped
                }
                circles.append((members, tuple(sorted(needs.items())), ring.after))
            self._circles[key] = circles
        return self._circles[key]

    def _helping(self, demand: Demand, agent: Agent) -> Standing | None:
        """Return how an agent of another queue helps out, if so.

        Letting a queue overflow or borrow says that those agents can serve it: the queue's own
        skills are not asked of them, those of the contact are.
        """
        if _lacking(demand.skills, agent):
            return None
        if (via := self._may_serve_in(agent, demand.shown_in)) is not None:
            return Standing(
                OVERFLOW_RANK, OVERFLOWED, via, Reason(reasons.BY_OVERFLOW, {"queue": via})
            )
        lender = self._lenders.get((agent.id, demand.queue))
        if lender is None or agent.queues.get(demand.queue, NOT_A_MEMBER).barred:
            return None
        reason = Reason(reasons.ON_LOAN, {"queue": lender})
        return Standing(LENT_RANK, LENT, demand.queue, reason)

    def _may_serve_in(self, agent: Agent, queues, first: int | None = None) -> int | None:
        """Return the queue among these in which the agent may serve, `first` if possible."""
        found = [
            queue for queue in queues if queue in agent.queues and not agent.queues[queue].barred
        ]
        if first in found:
            return first
        return min(found, default=None)

    @staticmethod
    def _barred_here(demand: Demand, agent: Agent) -> Reason | None:
        code = agent.queues.get(demand.queue, NOT_A_MEMBER).barred
        return Reason(reasons.BARRED, {"code": code}) if code else None


def _lacking(needs: tuple[tuple[int, int], ...], agent: Agent) -> Reason | None:
    """Return which skill the agent lacks, if any."""
    for skill, level in needs:
        has = agent.skills.get(skill, 0)
        if has < level:
            values = {"skill": skill, "asked": level, "has": has}
            return Reason(reasons.SKILL_MISSING, values)
    return None


def level_for(demand: Demand, queue: QueueSettings, agent: Agent) -> int:
    """Return the sum of the agent's levels in what is asked.

    See `QueueSettings.prefer_level`.
    """
    asked = {*queue.skills, *(skill for skill, _level in demand.skills)}
    return sum(agent.skills.get(skill, 0) for skill in asked)
