# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestEvent(ContactCenterCase):
    def test_append_only_even_for_the_superuser(self):
        event = self._open().event_ids
        for user_event in (event, event.sudo(), event.with_user(self.administrator)):
            with self.assertRaises(UserError):
                user_event.write({"kind": "closed"})
            with self.assertRaises(UserError):
                user_event.unlink()
        with self.assertRaises(UserError):
            event.sudo().data = {"forged": True}

    def test_details_in_words(self):
        closed = self._open()._log("closed", outcome="self_service")
        self.assertEqual(closed.details, "Outcome: Self-service")
        closed = closed.with_context(lang="pt_BR")
        self.assertEqual(closed.details, "Desfecho: Autoatendimento")
        self.assertTrue(closed.display_name.startswith(closed.conversation_id.protocol))

    def _details(self, kind, **data):
        return self._open()._log(kind, **data).with_context(lang="pt_BR").details

    def test_details_show_no_notation_of_programs(self):
        """Flags by their name, reasons alone, ids and codes not at all."""
        self.assertEqual(self._details("accepted", begun_by_agent=True), "Iniciado pelo atendente")
        self.assertEqual(self._details("accepted", begun_by_agent=False), "")
        self.assertEqual(
            self._details("queued", reason="asked", hours="open"),
            "O cidadão pediu uma pessoa; Dentro do horário de atendimento",
        )
        self.assertEqual(
            self._details("taken_over", previous_agent="Ana", reason="A pedido dela"),
            "Atendente anterior: Ana; A pedido dela",
        )
        self.assertEqual(self._details("note", message_id=17, code="131047", empty=""), "")

    def test_details_that_nobody_knows_are_readable_all_the_same(self):
        """Events of an addon that was removed, or that has no words for them."""
        self.assertEqual(self._details("note", text="Bom dia"), "Bom dia")
        self.assertEqual(self._details("queued", reason="fila_cheia"), "Fila cheia")
        self.assertEqual(self._details("note", begun_somewhere=True), "")
        self.assertEqual(self._details("note", thing={"a": 1}, things=[1, 2]), "")

    def test_unknown_kind(self):
        with self.assertRaises(ValueError):
            self._open()._log("no_such_kind")
