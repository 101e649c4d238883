# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What processes do until they are killed: citizens come, agents work."""

import os
import random
from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.exceptions import AccessError, UserError
from odoo.service import model
from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY, retrying

AGENTS = 24
MODES = ("offer", "automatic", "mixed", "offer")
CITIZENS = 60
"""Of each process: two of them never write for the same person."""
MOST_WAITING = 40
# How often each thing happens, in a hundred.
ACTIONS = {
    "enter": 17,
    "tick": 22,
    "answer": 24,
    "pick": 5,
    "close": 15,
    "pass_to_queue": 3,
    "pass_to_person": 3,
    "change_state": 7,
    "abandon": 1,
    "look": 3,
}
_SERVING = """
SELECT agent_id FROM contact_center_conversation WHERE state = 'in_service' AND agent_id = ANY(%s)
"""
BUSY = {
    "answer": """
        SELECT user_id FROM contact_center_offer WHERE result IS NULL AND user_id = ANY(%s)
    """,
    "close": _SERVING,
    "pass_to_queue": _SERVING,
    "pass_to_person": _SERVING,
}
"""Who can do a thing: of agents drawn at random most have nothing to answer, or nothing to end."""
LOADS = """
SELECT agent, sum(30)::int FROM (
    SELECT agent_id AS agent FROM contact_center_conversation
    WHERE state = 'in_service' AND agent_id = ANY(%(agents)s)
    UNION ALL
    SELECT user_id FROM contact_center_offer WHERE result IS NULL AND user_id = ANY(%(agents)s)
) given GROUP BY agent HAVING sum(30) > 100
"""


def make(env, processes):
    """Make agents, queues of every mode with them, and citizens; return their ids.

    :param processes: how many will use them
    """
    technician = env.ref("contact_center.group_technician")
    agents = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "login": f"cc_killed_{number}",
                    "name": f"Agente {number}",
                    "group_ids": [Command.set(technician.ids)],
                }
                for number in range(AGENTS)
            ]
        )
    )
    # Browsers that are heard as long as this lasts
    heard = fields.Datetime.now() + timedelta(days=1)
    env["mail.presence"].create(
        [{"user_id": one.id, "status": "online", "last_poll": heard} for one in agents]
    )
    queues = env["contact_center.queue"].create(
        [
            {
                "name": f"Fila {number}",
                "mode": mode,
                "calendar_id": False,
                "survey": False,
                "offer_seconds": 3,
                "named_seconds": 5,
                "wrap_up_seconds": number % 2,
                "member_ids": [Command.set(agents[number * 6 : number * 6 + 12].ids)],
            }
            for number, mode in enumerate(MODES)
        ]
    )
    # The last queue shares its agents with the first
    queues[-1].member_ids |= agents[:6]
    people = env["res.partner"].create(
        [{"name": f"Cidadã {number}"} for number in range(processes * CITIZENS)]
    )
    for agent in agents:
        env["contact_center.agent.state"].with_user(agent).set_mine("available")
    return {"agents": agents.ids, "queues": queues.ids, "people": people.ids}


def left(env, world):
    """Return what is left to do: ids of contacts that are open, and of agents.

    :return: {"contacts", "resting": agents who are not there for contacts, "offered": those to
        whom something is offered, "serving": those who serve}
    """
    contacts = env["contact_center.conversation"].search(
        [("partner_id", "in", world["people"]), ("state", "!=", "closed")], order="id"
    )
    resting = env["contact_center.agent.state"].search(
        [
            ("user_id", "in", world["agents"]),
            ("end", "=", False),
            ("kind", "not in", ("available", "offered", "in_service")),
        ]
    )
    offers = env["contact_center.offer"]._open_offers([("user_id", "in", world["agents"])])
    return {
        "contacts": contacts.ids,
        "resting": resting.user_id.ids,
        "offered": offers.user_id.ids,
        "serving": contacts.filtered(lambda one: one.state == "in_service").agent_id.ids,
    }


class Worker:
    """One process: does one thing after another until it is killed.

    It does each as a request does.

    :param registry: of the database
    :param number: which process it is, from 0
    :param world: what `make` returned
    :param told: descriptor of a file to which a line is added for each thing that was done
    :param seed: of what it does
    """

    def __init__(self, registry, number, world, told, seed):
        self.registry = registry
        self.agents, self.queues = world["agents"], world["queues"]
        self.people = world["people"][number * CITIZENS : (number + 1) * CITIZENS]
        self.told = told
        self.draw = random.Random(seed)

    def run(self):
        """Work for ever."""
        # Odoo repeats a request that met a conflict after seconds, here most of the time
        hurried = SimpleNamespace(uniform=lambda _low, _high: self.draw.random() * 0.05)
        with patch.object(model, "random", hurried):
            while True:
                self.step()

    def step(self, action=None, agent=None):
        """Do one thing, and tell it once it is committed.

        :param action: which; drawn by default
        :param agent: id of the user who does it; drawn by default
        """
        if action is None:
            (action,) = self.draw.choices(list(ACTIONS), ACTIONS.values())
        with self.registry.cursor() as cr:
            user = SUPERUSER_ID
            if action not in ("enter", "tick", "abandon", "look"):
                user = agent or self._drawn_agent(cr, action)
            env = api.Environment(cr, user, {})
            try:
                if action == "tick":
                    # It commits by itself, as the loop lets it
                    found = self._tick(env)
                else:
                    found = retrying(partial(getattr(self, f"_{action}"), env), env)
                    # As the end of a request does
                    cr.commit()  # pylint: disable=invalid-commit
            except (UserError, AccessError):
                # Somebody was faster, or the gate says no: the agent is told so
                cr.rollback()
                return
            except Exception as error:
                if getattr(error, "pgcode", None) not in PG_CONCURRENCY_ERRORS_TO_RETRY:
                    raise
                cr.rollback()
                return
        if found:
            self._tell(action, *found)

    def _drawn_agent(self, cr, action):
        """Draw an agent who could do this now; any, if nobody could."""
        found = []
        if action in BUSY:
            cr.execute(BUSY[action], [self.agents])
            found = [agent for (agent,) in cr.fetchall()]
            cr.rollback()
        return self.draw.choice(found or self.agents)

    def _tell(self, *words):
        """Write a line at once, in one piece: who is killed later has said it."""
        os.write(self.told, (" ".join(map(str, words)) + "\n").encode())

    # ------------------------------------------------------------
    # What is done; each returns what to tell, or nothing if there was nothing to do
    # ------------------------------------------------------------

    def _enter(self, env):
        conversations = env["contact_center.conversation"]
        waiting = [("state", "=", "queued"), ("queue_id", "in", self.queues)]
        if conversations.search_count(waiting) >= MOST_WAITING:
            return None
        partner = env["res.partner"].browse(self.draw.choice(self.people))
        if conversations._find_open(partner, "internal"):
            return None
        queue = env["contact_center.queue"].browse(self.draw.choice(self.queues))
        conversation = conversations._open(partner, "internal", queue=queue)
        conversation._hand_over(priority=self.draw.choice((0, 0, 0, 1, 2)))
        return [conversation.id]

    def _tick(self, env):
        before = env["contact_center.event"].search([], limit=1, order="id desc").id or 0
        env.cr.rollback()
        env["contact_center.offer"]._tick()
        if self.draw.random() < 0.1:
            env["contact_center.offer"]._lend_tick()
        done = env["contact_center.event"].search_count(
            [("id", ">", before), ("kind", "in", ("offered", "expired")), ("user_id", "=", 1)],
            limit=1,
        )
        env.cr.rollback()
        return [0] if done else None

    def _answer(self, env):
        offers = env["contact_center.offer"]
        mine = offers._open_offers([("user_id", "=", env.uid)])
        if not mine:
            return None
        offer = self.draw.choice(mine)
        if self.draw.random() < 0.1:
            offers.refuse(offer.id, "busy")
            return ["refused", offer.conversation_id.id, env.uid, offer.id]
        offers.accept(offer.id)
        return ["accepted", offer.conversation_id.id, env.uid, offer.id]

    def _pick(self, env):
        waiting = env["contact_center.conversation"].search([("state", "=", "queued")], limit=20)
        if not waiting:
            return None
        conversation = self.draw.choice(waiting)
        conversation.action_take()
        return [conversation.id, env.uid]

    def _serving(self, env):
        """One of the agent's conversations, or empty."""
        found = env["contact_center.conversation"].search(
            [("state", "=", "in_service"), ("agent_id", "=", env.uid)]
        )
        return self.draw.choice(found) if found else found

    def _close(self, env):
        conversation = self._serving(env)
        if not conversation:
            return None
        conversation.action_close()
        return [conversation.id]

    def _pass_to_queue(self, env):
        conversation = self._serving(env)
        if not conversation:
            return None
        conversation.action_transfer(queue=self.draw.choice(self.queues), reason="subject")
        return [conversation.id]

    def _pass_to_person(self, env):
        conversation = self._serving(env)
        if not conversation:
            return None
        queue = env["contact_center.queue"].sudo().browse(self.draw.choice(self.queues))
        person = self.draw.choice(queue.member_ids)
        conversation.action_transfer(queue=queue.id, user=person.id, note="Continue, por favor")
        return [conversation.id, person.id]

    def _change_state(self, env):
        states = env["contact_center.agent.state"]
        kind = states._current(env.user).kind
        if kind in ("break", "logged_out", "not_answering", "after_work"):
            states._arrive(env.user)
            states.set_mine("available")
        elif self.draw.random() < 0.5:
            states._log_out(env.user)
        else:
            states.set_mine("break", "Lanche")
        return [env.uid]

    def _come_back(self, env):
        states = env["contact_center.agent.state"]
        states._arrive(env.user)
        states.set_mine("available")
        return [env.uid]

    def _abandon(self, env):
        waiting = env["contact_center.conversation"].search(
            [("state", "=", "queued"), ("queue_id", "in", self.queues)], limit=20
        )
        if not waiting:
            return None
        conversation = self.draw.choice(waiting)
        conversation._lock()
        if conversation.state == "queued":
            conversation._close("abandoned")
        return [conversation.id]

    def _look(self, env):
        env.cr.execute(LOADS, {"agents": self.agents})
        over = env.cr.fetchall()
        return ["over_capacity", *over[0]] if over else ["fine"]
