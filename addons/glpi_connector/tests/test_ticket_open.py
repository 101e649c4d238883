# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

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
        # the same files are not ticked a second time
        with self._dialog(conversation, self.agent) as dialog:
            self.assertFalse(dialog.chosen_ids)
            dialog.title, dialog.description = "Outra coisa", "Outra coisa"
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

    def _talk(self, conversation, *texts):
        """Let the citizen say these texts."""
        with self._delivered():
            for text in texts:
                conversation._receive(self._text(text))

    def test_what_is_chosen_goes_along_and_what_is_known_is_filled_in(self):
        conversation = self._in_service()
        conversation._collect("assunto", "Assunto", "Impressora")
        conversation._collect("descricao", "Descrição", "Impressora parada")
        conversation._collect("local", "Local", "Sala 2")
        conversation._collect("email", "E-mail", "maria@example.test")
        self._talk(conversation, "Bom dia!", "1", "Impressora parada", "Não liga desde ontem")
        with self._delivered():
            self._answer(conversation, "E o cabo?")
        self._note_in(conversation)
        with self._dialog(conversation, self.agent) as dialog:
            self.assertEqual(dialog.title, "Impressora")
            self.assertEqual(dialog.description, "Impressora parada\nLocal: Sala 2")
            self.assertEqual(dialog.requester_email, "maria@example.test")
            texts = {option["id"]: option["text"] for option in dialog.message_options}
            self.assertNotIn("nota interna", texts.values())
            self.assertIn("E o cabo?", texts.values())
            ticked = [texts[message_id] for message_id in dialog.chosen_ids]
            self.assertEqual(ticked, ["Não liga desde ontem"], "what is known is not said twice")
            dialog.urgency = "4"
            dialog.ticket_type = "2"
        dialog.record.action_open()
        ticket = conversation.ticket_ids
        ticket._push()
        stored = self.glpi.tickets[ticket.glpi_id]
        self.assertEqual((stored["urgency"], stored["type"]), (4, 2))
        self.assertIn("Maria da Silva: Não liga desde ontem", stored["content"])
        self.assertNotIn("E o cabo", stored["content"])
        self.assertEqual(stored["content"].count("Impressora parada"), 1)

    def test_without_the_bots_questions_the_first_words_are_the_ticket(self):
        conversation = self._in_service()
        words = "O computador da recepção não liga. Já troquei a tomada"
        self._talk(conversation, "oi", words, "E agora?")
        with self._dialog(conversation, self.agent) as dialog:
            self.assertEqual(dialog.title, "O computador da recepção não liga")
            self.assertEqual(dialog.description, words)
            self.assertEqual(len(dialog.chosen_ids), 2, "all but the greeting")
        dialog.record.action_open()
        description = conversation.ticket_ids.description
        self.assertEqual(description.count("Já troquei a tomada"), 1)
        self.assertIn("Maria da Silva: E agora?", description)

    def test_files_go_along_with_their_message_only(self):
        conversation = self._in_service()
        self._message_with(conversation, ("foto.png", "image/png", PNG))
        self._message_with(conversation, ("outra.png", "image/png", PNG))
        with self._dialog(conversation, self.agent) as dialog:
            names = {option["id"]: option["files"] for option in dialog.message_options}
            self.assertEqual(list(names.values())[-2:], [["foto.png"], ["outra.png"]])
            dialog.title, dialog.description = "Fotos", "Fotos"
            dialog.chosen_ids = list(names)[-1:]
        dialog.record.action_open()
        sent = conversation.ticket_ids.document_ids.message_id
        self.assertEqual(sent.attachment_ids.mapped("name"), ["outra.png"])

    def test_what_no_screen_sends_is_refused_in_words(self):
        conversation = self._in_service()
        with self._dialog(conversation, self.agent) as dialog:
            dialog.title, dialog.description = "x", "y"
            dialog.chosen_ids = {"all": True}
        with self.assertRaisesRegex(UserError, "cannot be read"):
            dialog.record.action_open()

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
                    "chosen_ids": [secret.id, note.id],
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
