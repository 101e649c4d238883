# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestStatus(WhatsappCase):
    """Ticks only go forward, in whatever order Meta's statuses come."""

    def setUp(self):
        super().setUp()
        self.conversation = self.in_service()
        self.said = self.agent_says(self.conversation, "oi")
        self.sent = self.outgoing(self.conversation)[-1]

    def tick(self):
        """Return the state that the agent sees."""
        return self.said._contact_center_delivery()[self.said.id]["state"]

    def test_ticks_go_forward(self):
        for status in ("sent", "delivered", "read", "played"):
            self.deliver(self.status(self.sent, status))
            self.assertEqual((self.sent.state, self.tick()), (status, status))

    def test_ticks_never_step_back(self):
        self.deliver(self.status(self.sent, "read"))
        for status in ("delivered", "sent", "failed"):
            self.deliver(self.status(self.sent, status))
            self.assertEqual(self.sent.state, "read")

    def test_batch_in_disorder(self):
        payload = self.status(self.sent, "read")
        statuses = payload["entry"][0]["changes"][0]["value"]["statuses"]
        statuses += [{**statuses[0], "status": status} for status in ("sent", "delivered")]
        self.deliver(payload)
        self.assertEqual(self.sent.state, "read")
        self.assertEqual(set(self.Event.search([]).mapped("state")), {"processed"})

    def test_screens_are_told_while_people_watch(self):
        self._reset_bus()
        self.deliver(self.status(self.sent, "read"))
        self.env.cr.precommit.run()
        told = self.env["bus.bus"].search([]).mapped("message")
        self.assertTrue(any("contact_center_delivery" in message for message in told))

    def _reset_bus(self):
        self.env.cr.precommit.run()
        self.env["bus.bus"].search([]).unlink()

    def test_status_before_the_answer_of_the_send(self):
        self.sent.write({"state": "sending", "wamid": False})
        self.deliver(self.status(self.sent, "delivered", id="wamid.first"))
        self.assertEqual((self.sent.state, self.sent.wamid), ("delivered", "wamid.first"))

    def test_failure_is_told_in_words(self):
        errors = [{"code": 131026, "title": "undeliverable", "error_data": {"details": "d"}}]
        self.deliver(self.status(self.sent, "failed", errors=errors))
        tick = self.said._contact_center_delivery()[self.said.id]
        self.assertEqual(tick["state"], "failed")
        self.assertIn("WhatsApp", tick["reason"])

    def test_failure_that_asks_for_patience_goes_out_again(self):
        self.deliver(self.status(self.sent, "failed", errors=[{"code": 131056}]), run=False)
        with self.jobs(run=False):
            self.Event._process_statuses()
        self.assertEqual((self.sent.state, self.sent.wamid), ("queued", False))
        self.assertTrue(self.sent.next_try_at)

    def test_failure_of_payment_pauses_the_number(self):
        with mute_logger("odoo.addons.whatsapp_helpdesk.models.whatsapp_account_health"):
            self.deliver(self.status(self.sent, "failed", errors=[{"code": 131042}]))
        self.assertEqual(self.account.state, "paused")
        self.assertEqual(self.sent.state, "failed")

    def test_delivered_after_we_gave_up(self):
        self.sent._fail("too_many_tries")
        self.deliver(self.status(self.sent, "delivered"))
        self.assertEqual((self.sent.state, self.sent.error_code), ("delivered", False))

    def test_unknown_message_is_waited_for_and_then_noted(self):
        payload = self.status(self.sent, "sent", id="wamid.x", biz_opaque_callback_data="x")
        event = self.deliver(payload)
        self.assertEqual(event.state, "received")
        self.assertTrue(event.next_try_at)
        self.env.cr.execute(
            "UPDATE whatsapp_event SET create_date = create_date - interval '5 minutes', "
            "next_try_at = next_try_at - interval '5 minutes' WHERE id = %s",
            [event.id],
        )
        event.invalidate_recordset()
        self.Event._process_statuses()
        self.assertEqual(event.state, "processed")
        self.assertTrue(event.note)

    def test_unknown_status_is_kept(self):
        event = self.deliver(self.status(self.sent, "hologram"))
        self.assertEqual((event.state, self.sent.state), ("processed", "sent"))

    def test_price_is_kept(self):
        pricing = {"billable": True, "category": "service"}
        self.deliver(self.status(self.sent, "delivered", pricing=pricing))
        self.assertEqual((self.sent.category, self.sent.billable), ("service", True))

    def test_merged_messages_share_the_tick(self):
        person = {"wa_id": "5511933332222", "user_id": "BR.4", "name": "B"}
        with self.bot("um", "dois"):
            conversation = self.say("oi", person=person).conversation_id
        messages = self.outgoing(conversation)
        head = messages.filtered(lambda message: not message.merged_into_id)
        self.deliver(self.status(head, "read"))
        self.assertEqual(messages.mapped("state"), ["read", "read"])

    def test_one_broken_status_leaves_the_others_alone(self):
        broken = self.Event.create(
            {
                "kind": "status",
                "unique_key": "broken",
                "payload": {"status": {"id": "w", "status": "sent"}},
                "state": "received",
            }
        )
        payload = self.status(self.sent, "delivered")
        self.deliver(payload, run=False)
        wait = type(self.Event)._wait_for_message

        def fail(event, status):
            if event == broken:
                raise ZeroDivisionError
            return wait(event, status)

        self.patch(type(self.Event), "_wait_for_message", fail)
        with mute_logger("odoo.addons.whatsapp_helpdesk.models.whatsapp_inbox"):
            self.Event._process_statuses()
        self.assertEqual(broken.state, "failed")
        self.assertEqual(self.sent.state, "delivered")

    def test_time_is_metas(self):
        moment = self.now() - timedelta(minutes=3)
        self.deliver(self.status(self.sent, "read", timestamp=str(int(moment.timestamp()))))
        self.assertEqual(self.sent.status_at, moment.replace(tzinfo=None))

    def test_say_without_people_sends_no_bus(self):
        self._reset_bus()
        with self.bot("Olá!"):
            self.say("oi", person={"wa_id": "5511900001111", "user_id": "BR.5", "name": "C"})
        self.env.cr.precommit.run()
        self.assertFalse(self.env["bus.bus"].search([]))
