# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.core.values import Incoming
from odoo.addons.contact_center.tests.real_cursors import Killed, RealCursorsCase

from ..models.conversation_callback import YES

PEOPLE = 4
ANSWER = Incoming(kind="option", option_id=YES)


def _commit(cron, *_args, **_kwargs):
    """Commit as the scheduler does after each piece of work."""
    cron.env.cr.commit()


@tagged("post_install", "-at_install")
class TestCallbackKill(RealCursorsCase):
    """Call-backs on real transactions: none is lost, none is made twice."""

    def setUp(self):
        super().setUp()
        # Outside the scheduler nothing counts the progress: the cursor commits
        self.enterContext(patch.object(self.registry["ir.cron"], "_commit_progress", _commit))
        with self.transaction() as env:
            agent = env["res.users"].with_context(no_reset_password=True)
            agent = agent.create(
                {
                    "login": "cc_callback_agent",
                    "name": "Rita Retorno",
                    "group_ids": [Command.set(env.ref("contact_center.group_technician").ids)],
                }
            )
            queue = env["contact_center.queue"].create(
                {
                    "name": "Retornos",
                    "calendar_id": False,
                    "member_ids": [Command.set(agent.ids)],
                    "callback_after_minutes": 1,
                }
            )
            partners = env["res.partner"].create(
                [{"name": f"Cidadã {number}"} for number in range(PEOPLE)]
            )
            conversations = env["contact_center.conversation"]
            for partner in partners:
                conversation = conversations._open(partner, "internal", queue)
                conversation._hand_over()
                conversations |= conversation
            self.ids, self.queue_id, self.agent_id = conversations.ids, queue.id, agent.id

    def _later(self, minutes):
        """Set the clock of the server so much later."""
        now = fields.Datetime.now() + timedelta(minutes=minutes)
        return patch.object(fields.Datetime, "now", lambda *_args: now)

    def _follow(self):
        """Run the scheduled action, in a process of its own."""
        with self.registry.cursor() as cr:
            api.Environment(cr, SUPERUSER_ID, {})["contact_center.callback"]._cron_follow()

    def _receive(self, conversation_id):
        """Let the citizen say yes; as a channel does, repeat it after a conflict."""
        with self.registry.cursor() as citizen_cr:
            env = api.Environment(citizen_cr, SUPERUSER_ID, {})

            def receive():
                conversation = env["contact_center.conversation"].browse(conversation_id)
                conversation._lock()
                conversation._receive(ANSWER)

            retrying(receive, env)
            citizen_cr.commit()

    def _callbacks(self):
        return self.committed(
            "SELECT conversation_id, state FROM contact_center_callback WHERE queue_id = %s"
            " ORDER BY conversation_id",
            self.queue_id,
        )

    def test_several_processes_offer_one_each(self):
        with (
            mute_logger("odoo.sql_db"),
            self._later(2),
            ThreadPoolExecutor(4) as pool,
        ):
            for work in [pool.submit(self._follow) for _one in range(4)]:
                work.result()
            self._follow()
        self.assertEqual(self._callbacks(), [(one, "offered") for one in self.ids])

    def test_two_taps_are_one_call_back(self):
        with self._later(2):
            self._follow()
        with mute_logger("odoo.sql_db", "odoo.service.model"), ThreadPoolExecutor(4) as pool:
            for work in [pool.submit(self._receive, self.ids[0]) for _one in range(4)]:
                work.result()
        self.assertEqual(self._callbacks()[0], (self.ids[0], "waiting"))
        agreed = self.committed(
            "SELECT count(*) FROM contact_center_event"
            " WHERE conversation_id = %s AND kind = 'callback_agreed'",
            self.ids[0],
        )
        self.assertEqual(agreed, [(1,)])
        stays = self.committed(
            "SELECT left_how, count(*) FROM contact_center_stay WHERE conversation_id = %s"
            " GROUP BY left_how ORDER BY left_how",
            self.ids[0],
        )
        self.assertEqual(stays, [("to_callback", 1), (None, 1)])

    def test_a_process_killed_in_the_middle_loses_none(self):
        """Of those that it had not committed nothing is left; the next run does them."""
        done = []

        def die(cron, *_args, **_kwargs):
            done.append(1)
            if len(done) == 2:
                raise Killed
            _commit(cron)

        with mute_logger("odoo.sql_db"), self._later(2):
            with suppress(Killed, psycopg2.InterfaceError), self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                with patch.object(self.registry["ir.cron"], "_commit_progress", die):
                    env["contact_center.callback"]._cron_follow()
            self.assertEqual(self._callbacks(), [(self.ids[0], "offered")])
            self._follow()
        self.assertEqual(self._callbacks(), [(one, "offered") for one in self.ids])

    def test_a_call_back_that_was_being_made_is_made_again(self):
        with self._later(2):
            self._follow()
        self._receive(self.ids[0])
        with (
            mute_logger("odoo.sql_db"),
            suppress(psycopg2.InterfaceError),
            self.registry.cursor() as cr,
        ):
            env = api.Environment(cr, self.agent_id, {})
            env["contact_center.conversation"].browse(self.ids[0]).action_take()
            cr._cnx.close()
        self.assertEqual(self._callbacks()[0], (self.ids[0], "waiting"))
        with self.registry.cursor() as agent_cr:
            env = api.Environment(agent_cr, self.agent_id, {})
            env["contact_center.conversation"].browse(self.ids[0]).action_take()
            agent_cr.commit()
        self.assertEqual(self._callbacks()[0], (self.ids[0], "called"))
        said = self.committed(
            "SELECT count(*) FROM contact_center_event"
            " WHERE conversation_id = %s AND kind = 'called_back'",
            self.ids[0],
        )
        self.assertEqual(said, [(1,)])
