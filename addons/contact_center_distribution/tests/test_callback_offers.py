# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME

from ..models.conversation_callback import NO
from .common import CallbackCase


@tagged("post_install", "-at_install")
class TestCallbackOffers(CallbackCase):
    """Who waits is offered a call-back when the queue says so."""

    def test_whoever_waits_long_is_asked_once(self):
        self.queue.write({"max_waiting": 0, "callback_after_minutes": 10})
        conversation = self._full()
        with self._later(599):
            self.Callback._cron_follow()
            self.assertFalse(conversation.callback_id)
        with self._later(600):
            self.Callback._cron_follow()
            callback = conversation.callback_id
            self.assertEqual((callback.why, conversation.state), ("wait", "queued"))
            conversation._receive(self._option(NO))
        self.assertEqual((callback.state, conversation.state), ("declined", "queued"))
        with self._later(3600):
            self.Callback._cron_follow()
        self.assertEqual(conversation.callback_id, callback, "once is enough")

    def test_whoever_waited_in_the_chat_keeps_the_place_too(self):
        self.queue.write({"max_waiting": 0, "callback_after_minutes": 10})
        conversation = self._full()
        since = conversation.stay_ids.since_us
        with self._later(600):
            self.Callback._cron_follow()
            conversation._receive(self._text("sim"))
        waited, waits = conversation.stay_ids.sorted("id")
        self.assertEqual((waited.left_how, waited.waited_seconds), ("to_callback", 600))
        self.assertEqual((waits.since_us, waits.left_how), (since, False))

    def test_nobody_is_there(self):
        self.queue.write({"max_waiting": 0, "callback_no_forecast": True})
        self._away(self.agent)
        self.assertFalse(self._waiting().callback_id, "a colleague is there")
        self._away(self.colleague)
        conversation = self._waiting()
        self.assertEqual(conversation.callback_id.why, "no_forecast")
        self.assertIn("pode sair da conversa", self._said(conversation)[-1])
        self._closed_now()
        self.assertFalse(self._waiting().callback_id, "at night nobody is asked")

    def test_the_queue_closes_while_they_wait(self):
        self.queue.write({"max_waiting": 0, "callback_at_closing": True})
        self._closing_at(11)
        conversation = self._full()
        closing = WORKING_TIME + timedelta(hours=1)
        with freeze_time(closing - timedelta(minutes=1)):
            self.Callback._cron_follow()
            self.assertFalse(conversation.callback_id)
        with freeze_time(closing + timedelta(minutes=1)):
            late = self._waiting()
            self.Callback._cron_follow()
        self.assertEqual(conversation.callback_id.why, "closing")
        self.assertFalse(late.callback_id, "who came after that knows that it is closed")

    def test_hours_after_the_closing_nobody_is_asked(self):
        self.queue.write({"max_waiting": 0, "callback_at_closing": True})
        self._closing_at(11)
        conversation = self._full()
        with freeze_time(WORKING_TIME + timedelta(hours=5)):
            self.Callback._cron_follow()
        self.assertFalse(conversation.callback_id)

    def test_taken_before_the_offer_was_answered(self):
        self.queue.write({"max_waiting": 0, "callback_after_minutes": 10})
        conversation = self._full()
        with self._later(600):
            self.Callback._cron_follow()
            self._free()
            self._accept(self._round())
        self.assertEqual(conversation.callback_id.state, "ignored")
        self.assertEqual(conversation.stay_ids.left_how, "accepted")
