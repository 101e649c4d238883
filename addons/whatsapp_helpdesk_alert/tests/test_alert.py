# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center_alert.tests.common import AlertMixin
from odoo.addons.whatsapp_helpdesk.tests.test_template import TemplateCase

TEXT = "A luz voltou\nno Barreiro."


@tagged("post_install", "-at_install")
class TestAlert(AlertMixin, TemplateCase):
    """Over WhatsApp: told by a template outside the 24 hours, led by number."""

    def setUp(self):
        super().setUp()
        self.say("estou sem luz")
        self.conversation = self.env["contact_center.conversation"].search([], limit=1)

    def _sending(self):
        broadcast = self.env["contact_center.alert.broadcast"].create(
            {"name": "x", "text": TEXT, "days": 30}
        )
        with self.jobs(run=False):
            broadcast._start()
        return broadcast

    def _send(self, broadcast):
        with self._no_commits(), self.jobs(run=False):
            broadcast.sudo()._send()

    def _outbox(self):
        domain = [("conversation_id", "=", self.conversation.id), ("direction", "=", "out")]
        return self.env["whatsapp.message"].search(domain, order="id desc")

    def test_outside_the_24_hours_a_template_and_once(self):
        message = self.env["contact_center.automatic.message"]._find("alert_bulk")
        message.write(
            {"template_id": self.named.id, "template_values": "{nome}\n{protocolo}\n{aviso}"}
        )
        self.expire(self.conversation)
        self.conversation._close("abandoned")
        broadcast, before = self._sending(), len(self._outbox())
        self._send(broadcast)
        self._send(broadcast)
        self.assertEqual((broadcast.sent_count, len(self._outbox()) - before), (1, 1))
        self.assertIn("A luz voltou no Barreiro.", str(self._outbox()[0].payload))

    def test_outside_the_24_hours_without_a_template_nobody_is_written_to(self):
        self.expire(self.conversation)
        broadcast, before = self._sending(), len(self._outbox())
        self._send(broadcast)
        self.assertEqual(broadcast.recipient_ids.mapped("why"), ["window"])
        self.assertEqual(len(self._outbox()), before)

    def test_within_them_the_text(self):
        broadcast = self._sending()
        self._send(broadcast)
        self.assertEqual(self._outbox()[0].payload["text"]["body"], f"📢 {TEXT}")

    def test_each_number_has_its_prepared_flow(self):
        flows = self.env["chatbot.flow"].create(
            [{"name": "Um"}, {"name": "Dois"}, {"name": "Três"}]
        )
        for flow in flows:
            self.env["chatbot.flow.step"].create(
                {"flow_id": flow.id, "key": "fim", "name": "Fim", "kind": "end", "text": "Até já"}
            )
            flow.action_publish()
        self.account.flow_id = flows[0]
        other = self.account.copy({"phone_number_id": "999", "name": "Outro"})
        plan = self.env["contact_center.civil.plan"].create(
            {
                "name": "Enchente",
                "entry_ids": [
                    (0, 0, {"flow_id": flows[1].id, "whatsapp_account_id": other.id}),
                    (0, 0, {"flow_id": flows[2].id, "whatsapp_account_id": self.account.id}),
                ],
            }
        )
        run = self.env["contact_center.civil.run"]._switch_on(plan, "chuva")
        self.conversation._close("abandoned")
        led = self.say("oi").conversation_id
        self.assertEqual(led.flow_id, flows[2])
        self.assertEqual(self.account.flow_id, flows[0], "the number itself is as it was")
        self.assertIn(
            self.account.name, " ".join(run.entry_ids.filtered("detail").mapped("detail"))
        )

    def test_a_number_goes_with_its_channel(self):
        plan = self.env["contact_center.civil.plan"].create({"name": "Enchente"})
        with self.assertRaises(ValidationError):
            self.env["contact_center.civil.plan.entry"].create(
                {
                    "plan_id": plan.id,
                    "flow_id": self.env["chatbot.flow"].create({"name": "Um"}).id,
                    "channel_kind": "internal",
                    "whatsapp_account_id": self.account.id,
                }
            )
