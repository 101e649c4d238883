# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields
from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Incoming

from .common import GlpiCase


@tagged("post_install", "-at_install")
class TestSmallTalk(GlpiCase):
    """Small talk of the ready service desk, and tickets waiting for an answer."""

    def test_the_ready_flow_tells_its_stories(self):
        flow = self.env.ref("glpi_connector.template_it_support")._make_flow()[0]
        self.assertGreaterEqual(len(flow.test_ids), 12)
        flow.test_ids.action_run()
        for test in flow.test_ids:
            self.assertEqual(test.result, "passed", f"{test.name}: {test.result_text}")
        email = flow.step_ids.filtered(lambda step: step.key == "email")
        self.assertFalse(email.required)

    def _meet(self, ticket, text):
        partner = ticket.conversation_id.partner_id
        return self.Conversation._meet_small_talk(
            [("partner_id", "=", partner.id)],
            Incoming(kind="text", text=text),
            partner,
            flow_id=self.flow.id,
        )

    def test_a_thumb_may_answer_a_ticket_and_opens_a_conversation_then(self):
        self.flow = self.env.ref("glpi_connector.template_it_support")._make_flow()[0]
        self.flow.action_publish()
        ticket = self._ticket()
        over = ticket.conversation_id
        over._close("resolved")
        self.assertEqual(self._meet(ticket, "👍")[0], over)
        ticket.write({"state": "open", "awaiting_reply_at": fields.Datetime.now()})
        for text in ("👍", "ok", "certo"):
            self.assertEqual(self._meet(ticket, text), (self.Conversation, None), text)
        self.assertEqual(self._meet(ticket, "muito obrigado")[0], over)
