"""What holds whatever the router is given: thousands of made-up snapshots."""

import random
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from contact_center_distribution.routing import (
    Agent,
    Contact,
    Membership,
    QueueSettings,
    Settings,
    Snapshot,
    explain,
    match,
    starting_share,
)
from contact_center_distribution.routing.words import (
    BY_PRIORITY,
    CIRCULAR,
    EVEN_SHARE,
    PULL,
)

from .distribution_cases import NOW, case, cases, chances, may_serve

MANY = settings(max_examples=1_000, deadline=None)


def _check(snapshot, how):
    """Assert everything that must hold of one round; return its offers."""
    offers = match(snapshot, NOW, how)
    contacts = {contact.id: contact for contact in snapshot.contacts}
    agents = {agent.id: agent for agent in snapshot.agents}
    used = Counter({agent.id: agent.load for agent in snapshot.agents})
    open_offers = Counter(offer.contact for offer in snapshot.offers)
    for offer in snapshot.offers:
        used[offer.agent] += offer.weight
    for offer in offers:
        contact, agent = contacts[offer.contact], agents[offer.agent]
        used[offer.agent] += contact.weight
        open_offers[offer.contact] += 1
        assert used[offer.agent] <= agent.capacity
        assert open_offers[offer.contact] == 1
        assert offer.standing in may_serve(contact, agent, snapshot, how)
        assert offer.agent not in _declined_lately(contact, how)
        assert offer.agent == (_named(contact) or offer.agent)
        assert how.queues[contact.queue].mode != PULL
        assert not agent.queues.get(offer.via, Membership()).barred
        assert len(offer.reasons) >= 3
    return offers


def _declined_lately(contact, how):
    return {agent for agent, at in contact.declined.items() if NOW - at < how.declined_seconds}


def _named(contact):
    over = contact.named_until is not None and contact.named_until <= NOW
    return None if over else contact.named_agent


@MANY
@given(cases)
def test_nobody_above_capacity_nobody_twice_nobody_unqualified(made):
    _check(*made)


def test_the_same_over_many_seeds():
    counted = Counter()
    for seed in range(4_000):
        counted.update(offer.standing for offer in _check(*case(random.Random(seed))))
    # Cases in which nothing happens would prove nothing
    assert counted.total() > 4_000
    assert min(counted[standing] for standing in ("own", "ring", "overflow", "lent")) > 100


@MANY
@given(cases, chances)
def test_neither_chance_nor_the_order_of_the_lists_decides(made, rnd):
    snapshot, how = made
    shuffled = Snapshot(
        *(
            tuple(rnd.sample(values, len(values)))
            for values in (snapshot.contacts, snapshot.agents, snapshot.offers, snapshot.loans)
        )
    )
    queues = list(how.queues.items())
    rnd.shuffle(queues)
    other = replace(how, queues=dict(queues))
    assert match(snapshot, NOW, how) == match(snapshot, NOW, how) == match(shuffled, NOW, other)


@MANY
@given(cases)
def test_who_is_left_has_nobody(made):
    """A contact without an offer waits for want of room, not because it was overlooked."""
    snapshot, how = made
    offers = match(snapshot, NOW, how)
    used = Counter({agent.id: agent.load for agent in snapshot.agents})
    for offer in (*snapshot.offers, *offers):
        used[offer.agent] += offer.weight
    busy = {offer.contact for offer in (*snapshot.offers, *offers)}
    for contact in snapshot.contacts:
        queue = how.queues.get(contact.queue)
        if contact.id in busy or queue is None or queue.mode == PULL:
            continue
        able = [
            agent.id
            for agent in snapshot.agents
            if used[agent.id] + contact.weight <= agent.capacity
            and agent.capacity
            and may_serve(contact, agent, snapshot, how)
            and agent.id not in _declined_lately(contact, how)
            and agent.id == (_named(contact) or agent.id)
        ]
        # Whoever waits for the agent who served the person last waits in spite of others
        assert not able or _waits_for_last(contact, snapshot, how)


def _waits_for_last(contact, snapshot, how):
    entered = contact.since if contact.entered is None else contact.entered
    within = entered + how.queues[contact.queue].last_agent_seconds > NOW
    return within and any(agent.id == contact.last_agent for agent in snapshot.agents)


@MANY
@given(cases)
def test_nobody_is_overtaken_by_who_came_much_later(made):
    """The bound: what one contact can be ahead of another by priority and head start."""
    snapshot, how = made
    agents = {agent.id: agent for agent in snapshot.agents}
    contacts = {contact.id: contact for contact in snapshot.contacts}
    offers = match(snapshot, NOW, how)
    busy = {offer.contact for offer in (*snapshot.offers, *offers)}
    ahead = [
        queue.head_start + priority * queue.level_seconds
        for queue in how.queues.values()
        for priority in (-1, 2)
    ]
    bound = max(ahead) - min(ahead)
    for offer in offers:
        later = contacts[offer.contact]
        for earlier in snapshot.contacts:
            if earlier.id in busy or earlier.queue not in how.queues or later is earlier:
                continue
            queues = [how.queues[earlier.queue], how.queues[later.queue]]
            if any(queue.order == BY_PRIORITY or queue.mode == PULL for queue in queues):
                continue
            ways = may_serve(earlier, agents[offer.agent], snapshot, how)
            free_to_go = (
                earlier.weight <= later.weight
                and ways - {"lent"}
                and not earlier.declined
                and _named(earlier) is None
                and not _waits_for_last(earlier, snapshot, how)
            )
            if free_to_go:
                assert later.since - earlier.since <= bound


@MANY
@given(cases)
def test_the_explanation_says_what_the_router_does(made):
    snapshot, how = made
    offers = {offer.contact: offer for offer in match(snapshot, NOW, how)}
    for queue in how.queues:
        told = explain(snapshot, queue, NOW, how)
        assert told.reasons
        if how.queues[queue].mode == PULL:
            assert not told.candidates
            continue
        assert sorted(one.agent for one in told.candidates) == [
            agent.id for agent in sorted(snapshot.agents, key=lambda agent: agent.id)
        ]
        assert all(one.reasons for one in told.candidates)
        placed = [one for one in told.candidates if one.place]
        assert [one.place for one in placed] == list(range(1, len(placed) + 1))
        if told.contact is None:
            continue
        offer = offers.get(told.contact)
        assert (offer.agent if offer else None) == (placed[0].agent if placed else None)
        assert offer is None or offer.standing == placed[0].standing


@settings(max_examples=300, deadline=None)
@given(chances, st.integers(2, 6))
def test_circular_gives_everybody_a_turn_before_anybody_a_second(rnd, count):
    """Whoever stays free while another has two turns had one in between."""
    how = Settings({1: QueueSettings(1, choice=CIRCULAR)})
    turns = dict.fromkeys(range(1, count + 1), 0)
    free_since = dict.fromkeys(turns, 0)
    for step in range(1, 40):
        away = set(rnd.sample(sorted(turns), rnd.randint(0, count - 1)))
        for agent in away:
            free_since[agent] = step
        agents = tuple(
            Agent(agent, {1: Membership(turn)}, load=rnd.choice((0, 30)))
            for agent, turn in turns.items()
            if agent not in away
        )
        waiting = tuple(Contact(n, 1, 0.0, weight=10) for n in range(rnd.randint(1, 3)))
        for offer in match(Snapshot(waiting, agents), NOW, how):
            # Nobody who is free has waited for a turn longer than this agent
            assert turns[offer.agent] == min(turns[agent.id] for agent in agents)
            turns[offer.agent] = max(turns.values()) + 1


@settings(max_examples=300, deadline=None)
@given(chances, st.integers(1, 5))
def test_even_shares_differ_by_one_at_most(rnd, count):
    """Newcomers start level and are not flooded."""
    how = Settings({1: QueueSettings(1, choice=EVEN_SHARE)})
    shares = dict.fromkeys(range(1, count + 1), 0)
    for step in range(40):
        if rnd.random() < 0.1:
            shares[100 + step] = starting_share(shares.values())
        agents = tuple(
            Agent(agent, {1: Membership(share=share)}, load=rnd.choice((0, 30)))
            for agent, share in shares.items()
        )
        waiting = tuple(Contact(n, 1, 0.0, weight=5) for n in range(rnd.randint(1, 9)))
        offers = match(Snapshot(waiting, agents), NOW, how)
        assert len(offers) == len(waiting)
        for offer in offers:
            shares[offer.agent] += 1
        assert max(shares.values()) - min(shares.values()) <= 1
