# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from types import SimpleNamespace
from unittest.mock import patch

import psycopg2

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.exceptions import UserError
from odoo.service import model
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.tests.real_cursors import RealCursorsCase

WORKERS = 4
AGENTS = 3
CONTACTS = 14


@tagged("post_install", "-at_install")
class TestConcurrency(RealCursorsCase):
    """Several processes distribute while agents click: on real transactions."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            technician = env.ref("contact_center.group_technician")
            users = env["res.users"].with_context(no_reset_password=True)
            agents = users.create(
                [
                    {
                        "login": f"cc_parallel_{number}",
                        "name": f"Paralela {number}",
                        "group_ids": [Command.set(technician.ids)],
                    }
                    for number in range(AGENTS)
                ]
            )
            now = fields.Datetime.now()
            env["mail.presence"].create(
                [{"user_id": one.id, "status": "online", "last_poll": now} for one in agents]
            )
            queue = env["contact_center.queue"].create(
                {
                    "name": "Paralela",
                    "mode": "offer",
                    "calendar_id": False,
                    "member_ids": [Command.set(agents.ids)],
                }
            )
            partners = env["res.partner"].create(
                [{"name": f"Cidadã {number}"} for number in range(CONTACTS)]
            )
            for partner in partners:
                conversation = env["contact_center.conversation"]._open(partner, "internal", queue)
                conversation._hand_over()
            self.queue_id, self.agent_ids = queue.id, agents.ids
        self.addCleanup(self._pull)

    def _pull(self):
        with self.transaction() as env:
            env["contact_center.queue"].browse(self.queue_id).exists().mode = "pull"

    def _distribute(self, rounds):
        """Distribute as a process does."""
        with self.registry.cursor() as cr:
            offers = api.Environment(cr, SUPERUSER_ID, {})["contact_center.offer"]
            for _round in range(rounds):
                offers._tick()

    def _distribute_without_locks(self, rounds):
        """Distribute without having heard of the lock: the rows themselves must hold."""
        with self.registry.cursor() as cr:
            offers = api.Environment(cr, SUPERUSER_ID, {})["contact_center.offer"]
            queue = offers.env["contact_center.queue"].browse(self.queue_id)
            for _round in range(rounds):
                offers._round(partial(offers._distribute, queue))

    def _accept(self, user_id):
        """Accept as an agent whatever is offered, and sometimes refuse."""
        with self.registry.cursor() as agent_cr:
            env = api.Environment(agent_cr, user_id, {})
            offers = env["contact_center.offer"]
            for turn in range(6):
                agent_cr.rollback()
                env.invalidate_all()
                mine = offers._open_offers([("user_id", "=", user_id)])
                for offer_id in mine.ids:
                    answer = (
                        partial(offers.refuse, offer_id, "busy")
                        if turn == 2
                        else partial(offers.accept, offer_id)
                    )
                    try:
                        retrying(answer, env)
                        agent_cr.commit()
                    except UserError:
                        agent_cr.rollback()

    def _run(self, distribute):
        with (
            mute_logger("odoo.sql_db", "odoo.service.model"),
            ThreadPoolExecutor(WORKERS + AGENTS) as pool,
        ):
            work = [pool.submit(distribute, 8) for _one in range(WORKERS)]
            work += [pool.submit(self._accept, user_id) for user_id in self.agent_ids]
            for one in work:
                one.result()

    def _check(self):
        """Nobody over capacity, no contact with two agents, none lost."""
        loads = self.committed(
            """
            SELECT agent, sum(30) FROM (
                SELECT agent_id AS agent FROM contact_center_conversation
                WHERE queue_id = %s AND state = 'in_service'
                UNION ALL
                SELECT user_id FROM contact_center_offer WHERE queue_id = %s AND result IS NULL
            ) AS given GROUP BY agent
            """,
            self.queue_id,
            self.queue_id,
        )
        self.assertLessEqual(max(load for _agent, load in loads), 100, loads)
        given = self.committed(
            """
            SELECT conversation_id, count(*) FROM contact_center_offer
            WHERE queue_id = %s AND (result IS NULL OR result = 'accepted')
            GROUP BY conversation_id HAVING count(*) > 1
            """,
            self.queue_id,
        )
        self.assertFalse(given, "with two agents")
        states = self.committed(
            "SELECT state, count(*) FROM contact_center_conversation"
            " WHERE queue_id = %s GROUP BY state",
            self.queue_id,
        )
        self.assertEqual(sum(count for _state, count in states), CONTACTS)
        self.assertEqual(dict(states)["in_service"], AGENTS * 3, states)

    def test_parallel_processes(self):
        self._run(self._distribute)
        self._distribute(3)
        for user_id in self.agent_ids:
            self._accept(user_id)
        self._check()

    def test_even_without_the_lock(self):
        self._run(self._distribute_without_locks)
        self._distribute(3)
        for user_id in self.agent_ids:
            self._accept(user_id)
        self._check()

    def test_who_leaves_while_it_is_offered_takes_the_offer_along(self):
        """Also if their transaction began before the offer was made, and cannot see it."""
        at_once = SimpleNamespace(uniform=lambda _low, _high: 0)
        with (
            mute_logger("odoo.sql_db", "odoo.service.model"),
            patch.object(model, "random", at_once),
            self.registry.cursor() as cr,
        ):
            env = api.Environment(cr, SUPERUSER_ID, {})
            first = env["contact_center.conversation"].search(
                [("queue_id", "=", self.queue_id)], order="id", limit=1
            )
            self._distribute(1)

            def leave():
                first._lock()
                first._close("abandoned")

            retrying(leave, env)
            cr.commit()  # pylint: disable=invalid-commit
        results = self.committed(
            "SELECT result FROM contact_center_offer WHERE conversation_id = %s", first.id
        )
        self.assertEqual(results, [("withdrawn",)])

    def test_a_process_that_dies_loses_nothing(self):
        """What it had not committed is as if it had not been; its lock is gone with it."""
        with (
            mute_logger("odoo.sql_db"),
            suppress(psycopg2.InterfaceError),
            self.registry.cursor() as cr,
        ):
            offers = api.Environment(cr, SUPERUSER_ID, {})["contact_center.offer"]
            queue = offers.env["contact_center.queue"].browse(self.queue_id)
            offers._take_lock(offers._lock_name(queue))
            self.assertTrue(offers._distribute(queue))
            cr._cnx.close()
        self.assertFalse(
            self.committed("SELECT id FROM contact_center_offer WHERE queue_id = %s", self.queue_id)
        )
        self._distribute(1)
        self.assertEqual(
            len(
                self.committed(
                    "SELECT id FROM contact_center_offer WHERE queue_id = %s", self.queue_id
                )
            ),
            AGENTS * 3,
        )
