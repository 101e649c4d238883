# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who is there for a queue: what a forecast needs, from the router's snapshot."""

import bisect
from collections.abc import Mapping

from .choice import Desk
from .model import Contact, Settings, Snapshot
from .order import Turn, in_order
from .standing import Demand, Gate, demand_of
from .waiting import Traffic

#: Rounds after which the parts of agents have settled
ROUNDS = 12

#: Id of a contact that would come now
NEWCOMER = -1


def balanced(
    groups: Mapping[frozenset[int], float], waiting: Mapping[int, float]
) -> dict[int, float]:
    """Return how many agents each queue gets while what waits now is served.

    Agents of several queues take whoever has waited longest, and so go where the wait is longer,
    until the waits are equal or they all are there. That is what is looked for: in each round the
    part of a group for a queue grows with the time that the queue then takes.

    :param groups: agents (or the contacts that they can serve at a time) by the queues they serve
    :param waiting: contacts by queue, the one that is asked about included

    >>> balanced({frozenset((1,)): 4, frozenset((1, 2)): 4, frozenset((2,)): 4}, {1: 9, 2: 0})
    {1: 8.0, 2: 4.0}
    """
    parts = {group: dict.fromkeys(sorted(group), 1.0 / len(group)) for group in groups if group}
    agents = _sums(groups, parts)
    shared = [part for part in parts.values() if len(part) > 1]
    for _round in range(ROUNDS if shared else 0):
        times = {
            queue: waiting.get(queue, 0.0) / count if count > 0 else 0.0
            for queue, count in agents.items()
        }
        for part in shared:
            total = sum(part[queue] * times[queue] for queue in part)
            if total > 0:
                for queue in part:
                    part[queue] *= times[queue] / total
        agents = _sums(groups, parts)
    return agents


def _sums(groups: Mapping[frozenset[int], float], parts) -> dict[int, float]:
    sums: dict[int, float] = {}
    for group, part in sorted(parts.items(), key=lambda item: sorted(item[0])):
        for queue, share in part.items():
            sums[queue] = sums.get(queue, 0.0) + groups[group] * share
    return sums


class Forecaster:
    """Says for each contact of a snapshot what its wait depends on."""

    def __init__(self, snapshot: Snapshot, now: float, settings: Settings):
        self._now = now
        self._settings = settings
        self._gate = Gate(snapshot, settings.queues)
        self._desks = {agent.id: Desk(agent) for agent in snapshot.agents}
        for offer in snapshot.offers:
            if desk := self._desks.get(offer.agent):
                desk.take(offer.weight, 0)
        offered = {offer.contact for offer in snapshot.offers}
        self._turn_of: dict[int, Turn] = {}
        self._turns: dict[int, list[Turn]] = {queue: [] for queue in settings.queues}
        for turn, contact in in_order(snapshot.contacts, settings):
            self._turn_of[contact.id] = turn
            if contact.id not in offered:
                self._turns[contact.queue].append(turn)
        self._groups: dict[int, dict[frozenset[int], float]] = {}

    def traffic(
        self,
        queue: int,
        service_seconds: float,
        patience_seconds: float | None = None,
        contact: Contact | None = None,
    ) -> Traffic:
        """Return what the wait of a contact of the queue depends on; see `estimate`.

        Contacts are ahead if the router would look at them first. Of an agent who serves several
        queues a part counts, see `balanced`; of one who serves several contacts at a time, so many
        as fit. Who is barred, for instance during a pause, does not count.

        :param contact: one that waits; None: one that would come now
        """
        contact = contact or Contact(NEWCOMER, queue, self._now)
        turn = self._turn(contact)
        ahead = {other: bisect.bisect_left(turns, turn) for other, turns in self._turns.items()}
        waiting = {other: float(count) for other, count in ahead.items()}
        waiting[queue] += 1
        agents = balanced(self._group(contact.weight), waiting)
        demand = demand_of(contact, self._settings.queues[queue], self._now)
        return Traffic(
            ahead[queue],
            agents.get(queue, 0.0),
            service_seconds,
            patience_seconds,
            self._is_free(demand),
        )

    def _turn(self, contact: Contact) -> Turn:
        if contact.id in self._turn_of:
            return self._turn_of[contact.id]
        return in_order([contact], self._settings)[0][0]

    def _is_free(self, demand: Demand) -> bool:
        return any(
            self._desks[agent.id].fits(demand.weight)
            for agent, _standing in self._gate.qualified(demand)
        )

    def _group(self, weight: int) -> dict[frozenset[int], float]:
        """Return how many contacts of a weight all agents can serve, by the queues they serve."""
        if weight not in self._groups:
            queues_of: dict[int, set[int]] = {}
            for queue in self._settings.queues.values():
                demand = demand_of(Contact(NEWCOMER, queue.id, self._now), queue, self._now)
                for agent, _standing in self._gate.qualified(demand):
                    queues_of.setdefault(agent.id, set()).add(queue.id)
            groups: dict[frozenset[int], float] = {}
            for agent, queues in queues_of.items():
                room = self._desks[agent].agent.capacity // max(weight, 1)
                group = frozenset(queues)
                groups[group] = groups.get(group, 0.0) + room
            self._groups[weight] = groups
        return self._groups[weight]
