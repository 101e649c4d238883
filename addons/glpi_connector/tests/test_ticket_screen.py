# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import PNG, GlpiCase


@tagged("post_install", "-at_install")
class TestTicketScreen(GlpiCase):
    """Agents' actions on a ticket from Odoo's screens."""

    def setUp(self):
        super().setUp()
        self.conversation = self._in_service()
        self.ticket = self._ticket(self.conversation)
        self.ticket._push()

    @property
    def mine(self):
        """Return the ticket as the agent's click finds it, without anything cached."""
        self.env.invalidate_all()
        return self.ticket.with_user(self.agent)

    def _send(self, dialog):
        self.env.invalidate_all()
        return dialog.record.action_send()

    def _dialog(self, action):
        model = self.env["glpi.ticket.say"].with_user(self.agent)
        return Form(model.with_context(**action["context"]))

    def test_followup_with_a_file_private_unless_said_otherwise(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.agent)
            .create({"name": "foto.png", "mimetype": "image/png", "raw": PNG})
        )
        for audience, private in ((None, 1), ("public", 0)):
            with self._dialog(self.mine.action_write_followup()) as dialog:
                dialog.content = "Troquei o cabo"
                if audience:
                    dialog.audience = audience
                dialog.attachment_ids.add(file)
            self._send(dialog)
            self.server._pump()
            row = self.glpi.followups[-1]
            self.assertEqual(row["is_private"], private)
            self.assertIn("Ana Agente:<br>Troquei o cabo", row["content"])
            self.assertEqual(self.glpi.links[-1][1], row["id"])

    def test_nothing_is_refused(self):
        with self._dialog(self.mine.action_write_followup()) as dialog:
            dialog.content = "  "
        with self.assertRaises(UserError):
            self._send(dialog)

    def test_status_is_changed_in_glpi(self):
        with self._dialog(self.mine.action_change_status()) as dialog:
            dialog.status = "4"
        self._send(dialog)
        self.server._pump()
        self.assertEqual(self.glpi.tickets[self.ticket.glpi_id]["status"], 4)

    def test_status_without_the_right_is_told(self):
        self.glpi.refuse("PUT Ticket", 400, "ERROR_GLPI_UPDATE")
        entry = self.ticket._send_to_glpi("status", status="4")
        self.server._pump()
        self.assertEqual(entry.state, "failed")
        self.assertIn("GLPI", entry.error)

    def test_conversation_is_sent_once_and_never_a_note(self):
        with self._delivered():
            self.conversation._receive(self._text("não liga"))
            self._answer(self.conversation, "já vou")
        self.conversation.discuss_channel_id.with_user(self.agent).message_post(
            body="cidadão difícil", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        self.mine.action_send_conversation()
        self.server._pump()
        (row,) = self.glpi.followups
        self.assertEqual(row["is_private"], 1)
        self.assertIn("Maria da Silva: não liga", row["content"])
        self.assertIn("Ana Agente: já vou", row["content"])
        self.assertNotIn("difícil", row["content"])
        with self.assertRaises(UserError):
            self.mine.action_send_conversation()

    def test_others_may_not(self):
        for user in (self.outsider, self.colleague, self.manager, self.employee):
            ticket = self.ticket.with_user(user)
            for method in (
                "action_write_followup",
                "action_change_status",
                "action_send_conversation",
            ):
                with self.assertRaises(AccessError):
                    getattr(ticket, method)()
            with self.assertRaises(AccessError):
                self.env["glpi.ticket.say"].with_user(user).create(
                    {"ticket_id": self.ticket.id, "content": "x"}
                ).action_send()

    def test_agents_see_the_last_word_private_or_not(self):
        self.env["glpi.followup"].create(
            {
                "ticket_id": self.ticket.id,
                "kind": "followup",
                "glpi_id": 1,
                "content": "verificar o disjuntor",
                "private": True,
            }
        )
        (row,) = self.conversation.with_user(self.agent)._panel_tickets()
        self.assertEqual(
            (row["last"]["text"], row["last"]["private"]), ("verificar o disjuntor", True)
        )
