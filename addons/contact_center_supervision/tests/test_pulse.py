# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase, NotesMixin
from odoo.addons.contact_center.tests.real_cursors import RealCursorsCase
from odoo.addons.http_routing.tests.common import MockRequest

from ..models import team_pulse
from ..models.agent_state import PEOPLE


@tagged("post_install", "-at_install")
class TestPulse(NotesMixin, ContactCenterCase):
    """News for the screens of the team."""

    def setUp(self):
        super().setUp()
        self.Team = self.env["contact_center.team"]
        self.told = []
        patcher = patch.object(
            type(self.Team), "_pulse", lambda team, queue_ids: self.told.append(queue_ids)
        )
        patcher.start()
        self.addCleanup(patcher.stop)

    def test_what_is_news(self):
        """Every move of a conversation and of an agent; of a transfer both queues."""
        conversation = self._in_service()
        self.assertIn({self.queue.id}, self.told)
        self.assertIn({PEOPLE}, self.told)
        conversation.with_user(self.agent).action_transfer(self.other_queue)
        self.assertIn({self.queue.id, self.other_queue.id}, self.told)

    def test_one_message_per_queue_and_second(self):
        ids = {self.queue.id, self.other_queue.id}
        with self._bus() as sent:
            self.assertEqual(self.Team._send_pulse(ids, 1000), sorted(ids))
            self.assertEqual(self.Team._send_pulse(ids, 1000), [])
            self.assertEqual(self.Team._send_pulse({self.queue.id}, 1001), self.queue.ids)
            self.assertEqual(self.Team._send_pulse(ids, 1001), self.other_queue.ids)
        news = [payload for _target, kind, payload in sent if kind == team_pulse.BUS_TYPE]
        self.assertEqual(
            news,
            [
                {"queue_ids": sorted(ids)},
                {"queue_ids": self.queue.ids},
                {"queue_ids": self.other_queue.ids},
            ],
        )

    def test_a_process_asks_the_database_once_a_second(self):
        """And not at all for what it has told already."""
        asked = []

        class Asked(Exception):
            """Stands for the transaction of its own."""

        def registry(dbname):
            asked.append(dbname)
            raise Asked

        with (
            patch.object(team_pulse, "Registry", registry),
            patch.object(team_pulse.time, "time", lambda: 5000.5),
        ):
            with self.assertRaises(Asked):
                team_pulse._tell("some_database", {987654})
            team_pulse._tell("some_database", {987654})
            with self.assertRaises(Asked):
                team_pulse._tell("some_database", {987654, 987655})
        self.assertEqual(asked, ["some_database"] * 2)

    def test_who_hears_the_news(self):
        """Leaders who ask; nobody else, and nobody by the channel's own name."""
        websocket = self.env["ir.websocket"]
        group = self.env.ref("contact_center.group_supervisor")

        def channels(user):
            with MockRequest(self.env(user=user)):
                return websocket.with_user(user)._build_bus_channel_list([team_pulse.ASKED])

        for user in (self.supervisor, self.manager, self.administrator):
            self.assertIn((group, team_pulse.SUBCHANNEL), channels(user))
        for user in (self.agent, self.employee):
            heard = channels(user)
            self.assertNotIn((group, team_pulse.SUBCHANNEL), heard)
            self.assertNotIn(team_pulse.ASKED, heard)


@tagged("post_install", "-at_install")
class TestPulseCommitted(RealCursorsCase):
    """The news in real transactions."""

    def _news(self):
        rows = self.committed(
            "SELECT message FROM bus_bus WHERE id > %s AND message LIKE %s",
            self._last_ids["bus_bus"],
            f"%{team_pulse.BUS_TYPE}%",
        )
        return len(rows)

    def test_many_changes_in_a_second_are_one_message(self):
        """Of ten transactions that commit in the same second, by two processes."""
        with patch.object(team_pulse.time, "time", lambda: 7_000_000_000.5):
            for number in range(10):
                if number == 5:  # another process knows nothing of what the first one told
                    team_pulse._sent.clear()
                with self.transaction() as env:
                    env["contact_center.team"]._pulse({PEOPLE})
            self.assertEqual(self._news(), 1)
        with patch.object(team_pulse.time, "time", lambda: 7_000_000_001.5):
            with self.transaction() as env:
                env["contact_center.team"]._pulse({PEOPLE})
        self.assertEqual(self._news(), 2)

    def test_what_is_not_committed_is_no_news(self):
        with self.registry.cursor() as cr:
            api.Environment(cr, SUPERUSER_ID, {})["contact_center.team"]._pulse({PEOPLE})
            cr.rollback()
        self.assertEqual(self._news(), 0)

    def tearDown(self):
        """Forget the seconds of this test, which lie far ahead."""
        team_pulse._sent.clear()
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM contact_center_team_pulse")
        super().tearDown()
