# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.tests import tagged

from odoo.addons.contact_center_distribution.models.conversation_callback import YES
from odoo.addons.whatsapp_helpdesk.tests.test_template import TemplateCase


@tagged("post_install", "-at_install")
class TestWhatsappCallback(TemplateCase):
    """A citizen is called back over WhatsApp: by a message, or by a template after 24 hours."""

    def setUp(self):
        super().setUp()
        self.account.flow_id = False
        self.queue.write(
            {
                "calendar_id": False,
                "member_ids": [Command.set(self.agent.ids)],
                "max_waiting": 1,
                "when_full": "call_back",
            }
        )
        self.account.queue_id = self.queue
        self._waiting()
        self.say("Bom dia")
        self.conversation = self.env["contact_center.conversation"].search([], limit=1)

    def _outbox(self):
        domain = [("conversation_id", "=", self.conversation.id), ("direction", "=", "out")]
        return self.env["whatsapp.message"].search(domain, order="id desc")

    def _agree(self):
        self.conversation._receive(self._option(YES))
        self.assertEqual(self.conversation.callback_id.state, "waiting")

    def test_the_offer_has_two_buttons(self):
        with self.jobs(run=False):
            self.conversation._receive(self._text("quanto tempo demora?"))
        payload = self._outbox()[0].payload
        self.assertEqual(payload["interactive"]["type"], "button")
        buttons = payload["interactive"]["action"]["buttons"]
        self.assertEqual(len(buttons), 2)
        self.assertEqual(buttons[0]["reply"]["id"], YES)

    def test_within_the_window_a_message(self):
        with self.jobs(run=False):
            self._agree()
            self.conversation.with_user(self.agent).action_take()
        self.assertEqual(self._outbox()[0].kind, "text")
        self.assertIn("Chegou a sua vez", self._outbox()[0].payload["text"]["body"])

    def test_after_it_the_template_of_the_queue(self):
        self.env["contact_center.automatic.message"].create(
            {
                "kind": "callback_now",
                "queue_id": self.queue.id,
                "body": "Chegou a sua vez.",
                "template_id": self.named.id,
                "template_values": "{nome}\n{protocolo}\naberto",
            }
        )
        with self.jobs(run=False):
            self._agree()
            self.expire(self.conversation)
            self.conversation.with_user(self.agent).action_take()
        row = self._outbox()[0]
        self.assertEqual(row.payload["template"]["name"], "chamado")
        called = self.conversation.event_ids.filtered(lambda one: one.kind == "called_back")
        self.assertTrue(called.data["reached"])

    def test_after_it_without_a_template_the_agent_is_told(self):
        with self.jobs(run=False):
            self._agree()
            self.expire(self.conversation)
            count = len(self._outbox())
            self.conversation.with_user(self.agent).action_take()
        self.assertEqual(len(self._outbox()), count, "nothing that Meta would refuse")
        called = self.conversation.event_ids.filtered(lambda one: one.kind == "called_back")
        self.assertFalse(called.data["reached"])
