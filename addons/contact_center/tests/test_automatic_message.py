from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAutomaticMessage(ContactCenterCase):
    def _message(self, kind="queued", body="Espere", queue=None):
        return self.env["contact_center.automatic.message"].create(
            {"kind": kind, "body": body, "queue_id": queue.id if queue else False}
        )

    def test_unknown_placeholder_is_named(self):
        with self.assertRaisesRegex(ValidationError, r"\{nomee\}.*\{nome\}.*\{protocolo\}"):
            self._message(body="Olá, {nomee}", queue=self.queue)
        with self.assertRaisesRegex(ValidationError, r"\{ticket\}"):
            self._message("closing", "Chamado {ticket}", queue=self.queue)
        with self.assertRaises(ValidationError):
            self._message("survey", "Olá, {nome", queue=self.queue)

    def test_known_placeholders_by_kind(self):
        message = self._message("ticket_opened", "Chamado {ticket}", self.queue)
        self.assertIn("{ticket}", message.known_placeholders)

    def test_queues_own_comes_first(self):
        self._message("queued", "Só desta fila: {fila}", self.queue)
        self.assertIn("Só desta fila: Fila de teste", self._said(self._waiting()))
        self.assertNotIn("Só desta fila", " ".join(self._said(self._waiting(self.other_queue))))

    def test_never_twice_unless_repeatable(self):
        conversation = self._waiting()
        self.assertIs(conversation._automatic("queued"), False)
        self.assertTrue(conversation._automatic("ticket_opened", ticket=1))
        message = conversation._automatic("ticket_opened", ticket=2)
        self.assertIn("Chamado nº 2 aberto", str(message.preview))

    def test_switched_off(self):
        self.env.ref("contact_center.automatic_message_queued").active = False
        self.assertEqual(self._automatic_kinds(self._waiting()), [])

    def test_agent_joined_names_the_agent(self):
        conversation = self._in_service()
        self.assertIn("Ana Agente", self._said(conversation)[-1])

    def test_name_in_words(self):
        message = self._message("closing", "Até logo", self.queue)
        self.assertEqual(message.display_name, "Closing (Fila de teste)")

    def test_default_messages_are_valid(self):
        messages = self.env["contact_center.automatic.message"].search([("queue_id", "=", False)])
        kinds = dict(messages._fields["kind"].selection)
        self.assertEqual(set(messages.mapped("kind")), set(kinds))
        messages._check_body()

    def test_citizens_name_is_no_template(self):
        self.citizen.name = "{protocolo}"
        conversation = self._in_service()
        message = conversation._automatic("ticket_opened", ticket="{nome}")
        self.assertIn("{nome}", str(message.preview))
