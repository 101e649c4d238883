from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import PNG, GlpiCase


@tagged("post_install", "-at_install")
class TestTicketOpen(GlpiCase):
    """An agent opens a ticket for the citizen of a conversation."""

    def _dialog(self, conversation, user):
        action = conversation.with_user(user).action_new_ticket()
        return Form(self.env["glpi.ticket.open"].with_user(user).with_context(**action["context"]))

    def test_agent_opens_a_ticket_with_the_citizens_files(self):
        conversation = self._in_service()
        self._message_with(conversation, ("foto.png", "image/png", PNG))
        conversation._collect("email", "E-mail", "maria.silva@example.test")
        with self._dialog(conversation, self.agent) as dialog:
            self.assertEqual(dialog.requester_email, "maria.silva@example.test")
            self.assertEqual(dialog.requester_name, "Maria da Silva")
            dialog.title = "Sem rede"
            dialog.description = "Caiu às 10h"
            dialog.category_id = self.other_category
        dialog.record.action_open()
        ticket = conversation.ticket_ids
        ticket._push()
        self.assertEqual((ticket.state, ticket.document_ids.mapped("state")), ("open", ["sent"]))
        self.assertEqual(ticket.requester_email, "maria.silva@example.test")
        self.assertEqual(conversation.with_user(self.agent).ticket_count, 1)
        action = conversation.with_user(self.agent).action_open_tickets()
        self.assertEqual(action["res_id"], ticket.id)
        self.assertIn(
            "front/ticket.form.php", ticket.with_user(self.agent).action_open_in_glpi()["url"]
        )
        # the same files are not sent a second time
        dialog.record.action_open()
        self.assertFalse((conversation.ticket_ids - ticket).document_ids)

    def test_a_telephone_is_read_or_refused_in_words(self):
        conversation = self._in_service()
        for text, stored in (("31 8777-6666 (recado)", "+55 31 98777-6666"), ("", False)):
            with self._dialog(conversation, self.agent) as dialog:
                dialog.title = "Sem rede"
                dialog.description = "Caiu"
                dialog.requester_phone = text
            before = conversation.ticket_ids
            dialog.record.action_open()
            self.assertEqual((conversation.ticket_ids - before).requester_phone, stored)
        with self._dialog(conversation, self.agent) as dialog:
            dialog.title = "Sem rede"
            dialog.description = "Caiu"
            dialog.requester_phone = "8777-6666"
        with self.assertRaisesRegex(UserError, "area code is missing"):
            dialog.record.action_open()

    def test_what_is_chosen_goes_along_and_what_is_known_is_filled_in(self):
        conversation = self._in_service()
        with self._delivered():
            conversation._receive(self._text("Não liga desde ontem"))
            self._answer(conversation, "E o cabo?")
        self._note_in(conversation)
        conversation._collect("descricao", "Descrição", "Impressora parada")
        with self._dialog(conversation, self.agent) as dialog:
            self.assertEqual(dialog.description, "Impressora parada")
            dialog.title = "Impressora"
            dialog.urgency = "4"
            dialog.ticket_type = "2"
            texts = []
            for index in range(len(dialog.message_ids)):
                with dialog.message_ids.edit(index) as line:
                    texts.append(line.text)
                    line.chosen = "ontem" in line.text
        self.assertNotIn("nota", " ".join(texts))
        dialog.record.action_open()
        ticket = conversation.ticket_ids
        ticket._push()
        stored = self.glpi.tickets[ticket.glpi_id]
        self.assertEqual((stored["urgency"], stored["type"]), (4, 2))
        self.assertIn("Maria da Silva: Não liga desde ontem", stored["content"])
        self.assertNotIn("E o cabo", stored["content"])

    def test_message_of_elsewhere_is_never_taken(self):
        conversation, other = self._in_service(), self._in_service(self.colleague)
        secret = other._store_message(other.partner_id, "segredo alheio")
        note = self._note_in(conversation)
        wizard = (
            self.env["glpi.ticket.open"]
            .with_user(self.agent)
            .create(
                {
                    "conversation_id": conversation.id,
                    "title": "x",
                    "description": "y",
                    "message_ids": [
                        Command.create({"message_id": one.id, "chosen": True})
                        for one in (secret, note)
                    ],
                }
            )
        )
        wizard.action_open()
        self.assertEqual(conversation.ticket_ids.description, "y")

    def _note_in(self, conversation):
        return conversation.discuss_channel_id.with_user(self.agent).message_post(
            body="nota interna", message_type="comment", subtype_xmlid="mail.mt_note"
        )

    def test_others_may_not(self):
        conversation = self._in_service()
        values = {"conversation_id": conversation.id, "title": "x", "description": "x"}
        for user in (self.outsider, self.colleague, self.manager, self.employee):
            with self.assertRaises(AccessError):
                self.env["glpi.ticket.open"].with_user(user).create(values).action_open()
        self.assertFalse(conversation.ticket_ids)

    def test_no_glpi(self):
        self.server.active = False
        with self.assertRaises(UserError):
            self._ticket(category_id=False, location_id=False)

    def test_category_of_another_glpi_is_left_out(self):
        other = self.env["glpi.server"].create({"name": "Outro", "url": "https://o.example.test"})
        ticket = self._ticket(server_id=other.id)
        self.assertEqual(ticket.server_id, other)
        self.assertFalse(ticket.category_id)
