# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import WORKING_TIME, ContactCenterCase


def after(seconds):
    """Let it be so long after the beginning of the tests."""
    return freeze_time(WORKING_TIME + timedelta(seconds=seconds))


@tagged("post_install", "-at_install")
class TestHold(ContactCenterCase):
    """An agent asks a citizen for patience: told once, counted, and taken back."""

    def setUp(self):
        super().setUp()
        self.conversation = self._in_service()
        self.mine = self.conversation.with_user(self.agent)

    def _held(self):
        return [kind for kind in self._kinds(self.conversation) if kind.startswith("hold")]

    def test_the_citizen_is_told_once_and_kindly(self):
        with self._delivered() as delivered:
            for _time in range(2):
                self.mine.action_hold()
                self.mine.action_resume()
        self.assertEqual(len(delivered), 1)
        self.assertIn("só um momento", delivered[0][1].text)
        self.assertEqual(self._held(), ["hold", "hold_ended"] * 2)

    def test_twice_is_once(self):
        self.mine.action_hold()
        self.mine.action_hold()
        self.mine.action_resume()
        self.mine.action_resume()
        self.assertEqual(self._held(), ["hold", "hold_ended"])

    def test_the_time_is_counted_to_now_while_it_lasts(self):
        self.mine.action_hold()
        with after(40):
            self.conversation.invalidate_recordset()
            self.assertEqual(self.conversation.hold_seconds, 40)
            self.mine.action_resume()
        with after(60):
            self.mine.action_hold()
        with after(65):
            self.mine.action_close()
        with after(100):
            self.env.flush_all()
            self.conversation.invalidate_recordset()
            self.assertEqual(self.conversation.hold_seconds, 45)
            day = self.env["contact_center.agent.day"].search([("user_id", "=", self.agent.id)])
            self.assertEqual(day.hold_minutes, 0.75)

    def test_an_answer_takes_it_back(self):
        self.mine.action_hold()
        self._answer(self.conversation)
        self.assertFalse(self.conversation.held_at)
        self.assertEqual(self._held(), ["hold", "hold_ended"])

    def test_whoever_gets_it_begins_afresh(self):
        for leave in ("transfer", "take_over"):
            self.conversation.with_user(self.conversation.agent_id).action_hold()
            if leave == "transfer":
                self.mine.action_transfer(user=self.colleague)
            else:
                self.conversation.with_user(self.supervisor).action_take_over("Teste")
            self.assertFalse(self.conversation.held_at, leave)
        self.assertEqual(self._held(), ["hold", "hold_ended"] * 2)

    def test_nobody_is_told_to_answer_meanwhile(self):
        self.queue.service_warning_minutes = 5
        self._answer(self.conversation)
        self.mine.action_hold()
        with after(600):
            self.assertFalse(self.conversation._citizen_owes())
            self.mine.action_resume()
            self.assertTrue(self.conversation._citizen_owes())

    def test_who_may(self):
        with self.assertRaises(AccessError):
            self.conversation.with_user(self.colleague).action_hold()
        with self.assertRaises(UserError):
            self._waiting().with_user(self.supervisor).action_hold()

    def test_the_desk_shows_since_when(self):
        with after(10):
            self.mine.action_hold()
        self.assertEqual(self.conversation._discuss_payload()["held_at"], "2026-11-20 13:00:10")
