# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import WORKING_TIME, ContactCenterCase


@tagged("post_install", "-at_install")
class TestPerformance(ContactCenterCase):
    """Query counts of what happens at every message: a change here is a change of throughput."""

    def _warm(self):
        """Fill the caches that a busy process has (external ids, access rules, sequences)."""
        with self._bot():
            conversation = self._open()
            conversation._receive(self._text("oi"))
            conversation._say(self._outgoing())
        served = self._in_service()
        served.with_user(self.agent).check_access("read")  # whose companies, and how many there are
        self.env.flush_all()
        self.env.invalidate_all()

    def test_open(self):
        self._warm()
        citizen = self.citizen.copy({"phone": False})
        self.env.flush_all()
        with self.assertQueryCount(10):
            self.Conversation.sudo()._open(citizen, "internal", queue=self.queue)
            self.env.flush_all()

    def test_turn_of_the_bot(self):
        self._warm()
        with self._bot():
            conversation = self._open().sudo()
            conversation._receive(self._text("oi"))
            self.env.flush_all()
            with freeze_time(WORKING_TIME + timedelta(minutes=1)), self.assertQueryCount(2):
                conversation._receive(self._text("1"))
                self.env.flush_all()
            with freeze_time(WORKING_TIME + timedelta(minutes=2)), self.assertQueryCount(2):
                conversation._say(self._outgoing())
                self.env.flush_all()

    def test_hand_over(self):
        """Into the queue, hours, holidays and the queue's own days looked up, message said."""
        self._warm()
        conversation = self._open()
        with self._bot():
            conversation._receive(self._text("oi"))
        self.env.flush_all()
        with self.assertQueryCount(47):
            conversation.sudo()._hand_over(reason="asked")
            self.env.flush_all()

    def test_take(self):
        self._warm()
        conversation = self._waiting()
        self.env.flush_all()
        with self.assertQueryCount(50):
            conversation.with_user(self.agent).action_take()
            self.env.flush_all()

    def test_messages_in_service(self):
        self._warm()
        conversation = self._in_service()
        self.env.flush_all()
        # with all addons installed: an addon may look once for what a message belongs to
        with freeze_time(WORKING_TIME + timedelta(minutes=1)), self.assertQueryCount(15):
            conversation.sudo()._receive(self._text("oi"))
            self.env.flush_all()
        with freeze_time(WORKING_TIME + timedelta(minutes=2)), self.assertQueryCount(31):
            self._answer(conversation)
            self.env.flush_all()
