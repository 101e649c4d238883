# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Compare the ledgers after processes were killed.

They are contacts, offers, stays, states, events.
"""

from collections import Counter, defaultdict

from odoo.addons.contact_center.core import agent_time

BEGINS = ("accepted", "taken_over")
ENDS = ("transferred", "released", "returned_to_bot", "survey_asked", "closed")
CAPACITY, WEIGHT = 100, 30
EVENTS = """
SELECT conversation_id, kind, agent_id, at_us, id, (data->>'offer_id')::int
FROM contact_center_event WHERE conversation_id = ANY(%s) ORDER BY id
"""
STAYS = """
SELECT conversation_id, entered_us, NULLIF(left_us, 0) FROM contact_center_stay
WHERE conversation_id = ANY(%s) ORDER BY id
"""
STATES = """
SELECT user_id, kind, start_us, NULLIF(end_us, 0) FROM contact_center_agent_state
WHERE user_id = ANY(%s) ORDER BY id
"""


def compare(cr, world, told, killed):
    """Return what is wrong, as lines; nothing if all ledgers agree.

    :param world: what `killed_world.make` returned
    :param told: the lines that the processes wrote, as lists of words
    :param killed: how many processes were killed
    """
    cr.execute(
        "SELECT id, state, agent_id FROM contact_center_conversation WHERE partner_id = ANY(%s)",
        [world["people"]],
    )
    contacts = {id_: (state, agent) for id_, state, agent in cr.fetchall()}
    ids = list(contacts)
    cr.execute(EVENTS, [ids])
    events = cr.fetchall()
    cr.execute(STAYS, [ids])
    stays = cr.fetchall()
    cr.execute(
        "SELECT id, conversation_id, user_id, result FROM contact_center_offer"
        " WHERE conversation_id = ANY(%s)",
        [ids],
    )
    offers = {id_: tuple(rest) for id_, *rest in cr.fetchall()}
    cr.execute(STATES, [world["agents"]])
    states = cr.fetchall()
    return [
        *_contacts(contacts, told, killed),
        *_services(contacts, events),
        *_loads(events),
        *_stays(contacts, stays),
        *_offers(contacts, offers, events, told),
        *_states(contacts, states),
    ]


def _contacts(contacts, told, killed):
    """None is lost: whoever was told to be in is there, in a state that goes on."""
    entered = {int(words[1]) for words in told if words[0] == "enter"}
    for id_ in sorted(entered - contacts.keys()):
        yield f"contact {id_} is lost"
    unsaid = len(contacts.keys() - entered)
    if unsaid > killed:
        yield f"{unsaid} contacts that nobody entered, of {killed} processes killed"
    for id_, (state, agent) in contacts.items():
        if state not in ("queued", "in_service", "closed"):
            yield f"contact {id_} is left {state}"
        if (state == "in_service") != bool(agent) and state != "closed":
            yield f"contact {id_}: {state} with the agent {agent}"


def _services(contacts, events):
    """None has two agents: between two beginnings of a service there is an end."""
    serving = {}
    for contact, kind, agent, _at, id_, _offer in events:
        if kind in BEGINS:
            if serving.get(contact):
                yield f"contact {contact}: agent {agent} beside {serving[contact]} (event {id_})"
            serving[contact] = agent
        elif kind in ENDS:
            serving[contact] = None
    for contact, (state, agent) in contacts.items():
        if state == "in_service" and serving.get(contact) != agent:
            yield f"contact {contact}: with {agent}, by the events with {serving.get(contact)}"
        if state != "in_service" and serving.get(contact):
            yield f"contact {contact} is {state}, by the events with {serving[contact]}"


def _loads(events):
    """Nobody is over capacity, at any moment of the ledger."""
    serving, load = {}, Counter()
    for contact, kind, agent, _at, _id, _offer in sorted(events, key=lambda event: event[3:5]):
        if kind in (*BEGINS, *ENDS) and serving.get(contact):
            load[serving.pop(contact)] -= WEIGHT
        if kind in BEGINS:
            serving[contact] = agent
            load[agent] += WEIGHT
            if load[agent] > CAPACITY:
                yield f"agent {agent} served {load[agent]} at once"


def _stays(contacts, stays):
    """Whoever waits has one open stay, nobody else has; stays follow one another."""
    left = defaultdict(list)
    for contact, entered, until in stays:
        if left[contact] and (left[contact][-1] is None or entered < left[contact][-1]):
            yield f"contact {contact}: a stay began before the last one ended"
        left[contact].append(until)
    for contact, (state, _agent) in contacts.items():
        is_open = left[contact].count(None)
        if is_open != (state == "queued"):
            yield f"contact {contact} is {state} with {is_open} open stays"


def _offers(contacts, offers, events, told):
    """Yield what is wrong with the offers.

    What was accepted is in the events once, and what agents were told is in the books.
    """
    accepted = Counter(offer for _c, kind, _a, _at, _id, offer in events if kind in BEGINS)
    for id_, (contact, agent, result) in offers.items():
        served = accepted[id_]
        if served != (result in ("accepted", "assigned")):
            yield f"offer {id_}: {result}, served {served} times"
        if result is None and contacts[contact][0] != "queued":
            yield f"offer {id_} to {agent} is open, its contact is {contacts[contact][0]}"
    for words in told:
        if words[0] == "answer":
            result, contact, agent, id_ = words[1], *map(int, words[2:])
            if offers.get(id_) != (contact, agent, result):
                yield f"offer {id_}: {result} as {agent} was told, {offers.get(id_)} in the books"


def _states(contacts, states):
    """Each agent's ledger is without gaps, and says that they serve exactly if they do."""
    serving = {agent for state, agent in contacts.values() if state == "in_service"}
    ledgers = defaultdict(list)
    for agent, kind, start, end in states:
        ledgers[agent].append(agent_time.Interval(kind, start, end))
    for agent, ledger in ledgers.items():
        for fault in agent_time.faults(ledger):
            yield f"agent {agent}: the states have a gap or an overlap {fault}"
        kind = ledger[-1].kind
        if ledger[-1].end is not None:
            yield f"agent {agent} has no state"
        if kind == "in_service" and agent not in serving:
            yield f"agent {agent} is in service with nobody"
        if kind == "available" and agent in serving:
            yield f"agent {agent} is available and serves"
