# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

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
        self.message = messages._find("closing")

    def _outbox(self):
        domain = [("conversation_id", "=", self.conversation.id), ("direction", "=", "out")]
        return self.env["whatsapp.message"].search(domain, order="id desc", limit=1)

    def _said(self):
        with self.jobs(run=False):
            return self.conversation._automatic("closing", protocolo=4711)

    def test_inside_the_window_the_text_is_said(self):
        self.message.template_id = self.named
        self._said()
        self.assertEqual(self._outbox().kind, "text")

    def test_outside_the_template_with_its_variables(self):
        self.message.write(
            {"template_id": self.named.id, "template_values": "{nome}\n{protocolo}\naberto"}
        )
        self.expire(self.conversation)
        said = self._said()
        self.assertIn("O chamado nº 4711 mudou: aberto", said.body)
        row = self._outbox()
        self.assertEqual(row.payload["template"]["name"], "chamado")
        self.assertFalse(self._said(), "once")

    def test_what_cannot_be_sent_is_not_said(self):
        self.expire(self.conversation)
        self.assertFalse(self._said(), "no template is set")
        self.message.template_id = self.named
        self.assertFalse(self._said(), "a variable has no value")
        self.message.template_values = "{nome}\n{protocolo}\naberto"
        self.named.status = "PAUSED"
        self.assertFalse(self._said(), "Meta has paused it")

    def test_wrong_variables_are_named(self):
        for values in ("uma só", "{nome}\n{protocolo}\n{desconhecido}"):
            with self.assertRaises(ValidationError):
                self.message.write({"template_id": self.named.id, "template_values": values})
