"""Made-up snapshots for the router, and a second opinion on who may serve whom."""

import random

from hypothesis import strategies as st

from contact_center_distribution.routing import (
    Agent,
    Contact,
    Loan,
    Membership,
    OpenOffer,
    QueueSettings,
    Ring,
    Settings,
    Snapshot,
)
from contact_center_distribution.routing.words import (
    CHOICES,
    MODES,
    ORDERS,
    PULL,
)

NOW = 1_000.0
QUEUES = (1, 2, 3)
SKILLS = (1, 2)


def case(rnd: random.Random) -> tuple[Snapshot, Settings]:
    """Return a snapshot of a few contacts and agents with a bit of everything."""
    settings = Settings({queue: _queue(rnd, queue) for queue in QUEUES})
    agents = tuple(_agent(rnd, number) for number in range(1, rnd.randint(0, 6) + 1))
    contacts = tuple(_contact(rnd, number) for number in range(1, rnd.randint(0, 12) + 1))
    offers, loans = [], []
    for agent in agents:
        room = agent.capacity - agent.load
        for contact in contacts:
            taken = any(offer.contact == contact.id for offer in offers)
            if rnd.random() < 0.03 and not taken and contact.weight <= room:
                room -= contact.weight
                until = NOW + rnd.uniform(-5, 40)
                offers.append(OpenOffer(contact.id, agent.id, contact.weight, until))
        if rnd.random() < 0.2:
            borrower = rnd.choice(QUEUES)
            loans.append(Loan(1, agent.id, rnd.choice(QUEUES), frozenset((borrower,)), 0.0))
    return Snapshot(contacts, agents, tuple(offers), tuple(loans)), settings


#: Random numbers by a seed: hypothesis' own are recorded one by one, at more cost than the router
chances = st.integers(0, 2**64).map(random.Random)
cases = chances.map(case)


def _queue(rnd: random.Random, queue: int) -> QueueSettings:
    ring = Ring(
        rnd.choice((10.0, 30.0)),
        rnd.choice((None, 1)),
        frozenset(rnd.sample(SKILLS, rnd.randint(0, 1))),
        frozenset(rnd.sample(QUEUES, rnd.randint(0, 1))),
    )
    return QueueSettings(
        queue,
        mode=rnd.choice((*MODES, *[mode for mode in MODES if mode != PULL])),
        order=rnd.choice(ORDERS),
        choice=rnd.choice(CHOICES),
        level_seconds=rnd.choice((30.0, 60.0)),
        head_start=rnd.choice((0.0, 0.0, 20.0)),
        last_agent_seconds=rnd.choice((0.0, 30.0)),
        skills=_levels(rnd, 0.2),
        prefer_level=rnd.random() < 0.5,
        rings=(ring,) if rnd.random() < 0.5 else (),
    )


def _levels(rnd: random.Random, likely: float) -> dict[int, int]:
    return {skill: rnd.randint(1, 3) for skill in SKILLS if rnd.random() < likely}


def _agent(rnd: random.Random, number: int) -> Agent:
    queues = {
        queue: Membership(
            rnd.randint(0, 9), rnd.randint(0, 5), "untrained" if rnd.random() < 0.05 else ""
        )
        for queue in QUEUES
        if rnd.random() < 0.6
    }
    return Agent(
        number,
        queues,
        barred="pause" if rnd.random() < 0.05 else "",
        capacity=rnd.choice((0, 60, 100, 100, 100, 150)),
        load=rnd.choice((0, 0, 0, 30, 60)),
        idle_since=float(rnd.randint(0, 5)),
        served_today=rnd.randint(0, 3),
        handled_today=float(rnd.randint(0, 3)) * 60,
        skills=_levels(rnd, 0.8),
        channels=frozenset(("voice",)) if rnd.random() < 0.1 else None,
    )


def _contact(rnd: random.Random, number: int) -> Contact:
    since = NOW - rnd.choice((0, 5, 15, 25, 40, 100))
    special = rnd.random()
    return Contact(
        number,
        rnd.choice((*QUEUES, 9)),
        since,
        entered=rnd.choice((None, min(since + 10, NOW))),
        priority=rnd.randint(-1, 2),
        weight=rnd.choice((30, 30, 50, 100)),
        channel=rnd.choice(("text", "voice")),
        skills=_levels(rnd, 0.1),
        last_agent=rnd.choice((None, 1, 2, 8)),
        named_agent=rnd.choice((1, 2, 8)) if special < 0.1 else None,
        named_until=rnd.choice((None, NOW - 1, NOW + 9)),
        returned=rnd.random() < 0.2,
        declined={rnd.randint(1, 5): NOW - rnd.choice((1, 90))} if special > 0.8 else {},
        shown_in=frozenset(rnd.sample(QUEUES, 1)) if rnd.random() < 0.15 else frozenset(),
    )


def may_serve(contact: Contact, agent: Agent, snapshot: Snapshot, settings: Settings) -> set[str]:
    """Return in which standings an agent may serve a contact, by the written rules.

    A second opinion: it knows nothing of how the router finds out.
    """
    if agent.barred or (agent.channels is not None and contact.channel not in agent.channels):
        return set()
    queue = settings.queues[contact.queue]
    serves = {one for one, member in agent.queues.items() if not member.barred}
    entered = contact.since if contact.entered is None else contact.entered
    rings = [ring for ring in queue.rings if NOW - entered >= ring.after]
    ways = set()
    if contact.queue in serves and _has(agent, queue.skills) and _has(agent, contact.skills):
        ways.add("own")
    asked = {
        skill: max(queue.skills.get(skill, 0), contact.skills.get(skill, 0))
        for skill in {*queue.skills, *contact.skills}
    }
    for ring in rings:
        asked = {
            skill: min(level, 9 if ring.level is None else ring.level)
            for skill, level in asked.items()
            if skill not in ring.dropped
        }
        if serves & {contact.queue, *ring.queues} and _has(agent, asked):
            ways.add("ring")
    if serves & contact.shown_in and _has(agent, contact.skills):
        ways.add("overflow")
    untrained = contact.queue in agent.queues and contact.queue not in serves
    for loan in snapshot.loans:
        borrowed = loan.agent == agent.id and contact.queue in loan.borrowers
        if borrowed and not untrained and _has(agent, contact.skills):
            ways.add("lent")
    return ways


def _has(agent: Agent, levels) -> bool:
    return all(agent.skills.get(skill, 0) >= level for skill, level in levels.items())
