# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which contact goes to which agent."""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush, heapreplace

from . import reasons
from .choice import Desk, preference, why_chosen
from .model import (
    LENT,
    Contact,
    Offer,
    Reason,
    Settings,
    Snapshot,
)
from .order import Turn, in_order, why_next
from .standing import Demand, Gate, Standing, demand_of, level_for
from .words import (
    AUTOMATIC,
    PULL,
)


def match(snapshot: Snapshot, now: float, settings: Settings) -> list[Offer]:
    """Return what is to be offered now, in the order in which it was decided.

    The contacts are gone through in their order, and each gets the first of the agents who may
    serve it and have room; a contact that nobody can take holds up nobody. What is left then goes
    to lent agents, who therefore serve their own queues first.

    Contacts with an open offer are left alone, expired ones too until they are settled. Nobody is
    offered more than fits beside what is in service and what is offered already; nobody who is
    barred, without the skills or outside the queue (with its rings, overflows and loans).
    """
    return Round(snapshot, now, settings).play()


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether one agent alone may get a contact for now.

    :param agent: id; None: anybody
    :param code: `reasons.NAMED` or `reasons.LAST_AGENT`
    :param until: until when, None: for good
    """

    agent: int | None = None
    code: str = ""
    until: float | None = None


ANYBODY = Wish()


class Pool:
    """The agents who may serve a demand, the first to be asked on top.

    What an agent is offered only makes others come first, never the agent: so a place that was
    computed earlier is at worst too good, and looking again at the top is enough.
    """

    def __init__(self, entries: list[tuple[Desk, Standing, int]], key):
        self._key = key
        self._heap = [
            (key(desk, standing, level), desk, standing, level) for desk, standing, level in entries
        ]
        heapify(self._heap)

    def first(self, weight: int, passed_over: frozenset[int] | set[int] = frozenset()):
        """Return (desk, standing, level) of the first with room, or None."""
        heap, aside = self._heap, []
        found = None
        while heap:
            key, desk, standing, level = heap[0]
            if not desk.fits(weight):
                # Room only shrinks in a round
                heappop(heap)
                continue
            current = self._key(desk, standing, level)
            if current != key:
                heapreplace(heap, (current, desk, standing, level))
                continue
            if desk.agent.id not in passed_over:
                found = desk, standing, level
                break
            aside.append(heappop(heap))
        for entry in aside:
            heappush(heap, entry)
        return found


class Round:
    """One look at everything: from a snapshot to offers."""

    def __init__(self, snapshot: Snapshot, now: float, settings: Settings):
        self.now = now
        self.settings = settings
        self.gate = Gate(snapshot, settings.queues)
        self.desks = {agent.id: Desk(agent) for agent in snapshot.agents}
        self.waiting = self._waiting(snapshot)
        self._turn = 1 + max(
            (member.turn for agent in snapshot.agents for member in agent.queues.values()),
            default=0,
        )
        self._preferences = {queue.id: preference(queue) for queue in settings.queues.values()}
        self._pools: dict[tuple[Demand, bool], Pool] = {}

    def _waiting(self, snapshot: Snapshot) -> list[tuple[Turn, Contact]]:
        """Return contacts without an open offer in their order; open offers take their room."""
        offered = {}
        for offer in snapshot.offers:
            offered[offer.contact] = offer.agent
        queues = {contact.id: contact.queue for contact in snapshot.contacts}
        for offer in snapshot.offers:
            if desk := self.desks.get(offer.agent):
                desk.take(offer.weight, queues.get(offer.contact, 0))
        return [
            (turn, contact)
            for turn, contact in in_order(snapshot.contacts, self.settings)
            if contact.id not in offered and self.settings.queues[contact.queue].mode != PULL
        ]

    def play(self, looking: Callable[["Round", Turn, Contact], None] | None = None) -> list[Offer]:
        """Return the offers in the order of deciding.

        :param looking: called before each decision, with what `desks` say then; twice for a contact
            for whom nobody but lent agents may be left
        """
        offers: list[Offer] = []
        waiting = self.waiting
        for lent in (False, True):
            left = []
            for turn, contact in waiting:
                if looking:
                    looking(self, turn, contact)
                if offer := self._offer(turn, contact, lent):
                    offers.append(offer)
                else:
                    left.append((turn, contact))
            waiting = left
        return offers

    def wish(self, contact: Contact, demand: Demand) -> Wish:
        """Return whether one agent alone may get the contact now.

        Nobody waits for a last agent who cannot come: logged out, barred, unqualified or unwilling.
        """
        named, until = contact.named_agent, contact.named_until
        if named is not None and (until is None or self.now < until):
            return Wish(named, reasons.NAMED, until)
        queue = self.settings.queues[contact.queue]
        entered = contact.since if contact.entered is None else contact.entered
        until = entered + queue.last_agent_seconds
        desk = self.desks.get(contact.last_agent) if self.now < until else None
        if (
            desk is not None
            and not self.declined(contact, desk.agent.id)
            and isinstance(self.gate.standing(demand, desk.agent), Standing)
        ):
            return Wish(desk.agent.id, reasons.LAST_AGENT, until)
        return ANYBODY

    def declined(self, contact: Contact, agent: int) -> bool:
        """Return whether the agent refused the contact or let it pass a short while ago."""
        at = contact.declined.get(agent)
        return at is not None and self.now - at < self.settings.declined_seconds

    def level(self, demand: Demand, desk: Desk) -> int:
        """Return the agent's level in what is asked, negated: the highest comes first.

        0 where the queue does not look at it.
        """
        queue = self.settings.queues[demand.queue]
        return -level_for(demand, queue, desk.agent) if queue.prefer_level else 0

    def rank(self, demand: Demand, desk: Desk, standing: Standing) -> tuple:
        """Return the agent's place for a demand; the smallest is asked first."""
        key = self._preferences[demand.queue]
        return key(desk, standing, self.level(demand, desk))

    def _offer(self, turn: Turn, contact: Contact, lent: bool) -> Offer | None:
        """Return the offer of the contact to the first agent, counted at the desk, if any."""
        queue = self.settings.queues[contact.queue]
        demand = demand_of(contact, queue, self.now)
        wish = self.wish(contact, demand)
        if wish.agent is not None:
            found = self._only(contact, demand, wish.agent, lent)
        else:
            passed_over = {agent for agent in contact.declined if self.declined(contact, agent)}
            found = self._pool(demand, lent).first(contact.weight, passed_over)
        if found is None:
            return None
        desk, standing, level = found
        why = [why_next(contact, turn, self.now, self.settings)]
        if wish.code:
            why.append(Reason(wish.code))
        why += why_chosen(queue, desk, standing, level, self.now)
        desk.take(contact.weight, standing.via, self._turn)
        self._turn += 1
        automatic = queue.mode == AUTOMATIC
        return Offer(
            contact=contact.id,
            agent=desk.agent.id,
            queue=contact.queue,
            via=standing.via,
            standing=standing.kind,
            weight=contact.weight,
            at=self.now,
            until=self.now if automatic else self.now + queue.offer_seconds,
            automatic=automatic,
            score=self.now - turn.started,
            reasons=tuple(why),
        )

    def _only(self, contact: Contact, demand: Demand, agent: int, lent: bool):
        """Return (desk, standing, level) of the one agent who may get the contact, if it fits."""
        desk = self.desks.get(agent)
        if desk is None or not desk.fits(contact.weight) or self.declined(contact, agent):
            return None
        standing = self.gate.standing(demand, desk.agent)
        if isinstance(standing, Reason) or (standing.kind == LENT) != lent:
            return None
        return desk, standing, self.level(demand, desk)

    def _pool(self, demand: Demand, lent: bool) -> Pool:
        """Return who may serve a demand: lent agents, or all others."""
        if (demand, lent) not in self._pools:
            entries: dict[bool, list] = {False: [], True: []}
            for agent, standing in self.gate.qualified(demand):
                desk = self.desks[agent.id]
                entry = (desk, standing, self.level(demand, desk))
                entries[standing.kind == LENT].append(entry)
            key = self._preferences[demand.queue]
            for kind, found in entries.items():
                self._pools[demand, kind] = Pool(found, key)
        return self._pools[demand, lent]
