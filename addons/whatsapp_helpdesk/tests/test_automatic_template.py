from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .test_template import TemplateCase


@tagged("post_install", "-at_install")
class TestAutomaticTemplate(TemplateCase):
    """A template stands in for an automatic message when the 24 hours are over."""

    def setUp(self):
        super().setUp()
        self.say("oi")
        self.conversation = self.env["contact_center.conversation"].search([], limit=1)
        messages = self.env["contact_center.automatic.message"]
        self.message = messages._find("ticket_opened") or messages.create(
            {"kind": "ticket_opened", "body": "Chamado {ticket} aberto"}
        )

    def _outbox(self):
        domain = [("conversation_id", "=", self.conversation.id), ("direction", "=", "out")]
        return self.env["whatsapp.message"].search(domain, order="id desc", limit=1)

    def _said(self):
        with self.jobs(run=False):
            return self.conversation._automatic("ticket_opened", ticket=4711)

    def test_inside_the_window_the_text_is_said(self):
        self.message.template_id = self.named
        self._said()
        self.assertEqual(self._outbox().kind, "text")

    def test_outside_the_template_with_its_variables(self):
        self.message.write(
            {"template_id": self.named.id, "template_values": "{nome}\n{ticket}\naberto"}
        )
        self.expire(self.conversation)
        said = self._said()
        self.assertIn("O chamado nº 4711 mudou: aberto", said.body)
        row = self._outbox()
        self.assertEqual(row.payload["template"]["name"], "chamado")
        self.assertFalse(self._said(), "once for each ticket")

    def test_what_cannot_be_sent_is_not_said(self):
        self.expire(self.conversation)
        self.assertFalse(self._said(), "no template is set")
        self.message.template_id = self.named
        self.assertFalse(self._said(), "a variable has no value")
        self.message.template_values = "{nome}\n{ticket}\naberto"
        self.named.status = "PAUSED"
        self.assertFalse(self._said(), "Meta has paused it")

    def test_wrong_variables_are_named(self):
        for values in ("uma só", "{nome}\n{ticket}\n{desconhecido}"):
            with self.assertRaises(ValidationError):
                self.message.write({"template_id": self.named.id, "template_values": values})
