# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from pytz import UTC

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ContactCenterCase, NotesMixin


@tagged("post_install", "-at_install")
class TestNotes(NotesMixin, ContactCenterCase):
    """Authors and readers of internal notes, and their mark."""

    def test_agent_and_supervisors_write_notes(self):
        conversation = self._in_service()
        for user in (self.agent, self.supervisor, self.administrator):
            message = self._note(conversation, "Cidadã já ligou ontem", user)
            self.assertTrue(message._is_contact_center_note())
            self.assertEqual(message.author_id, user.partner_id)
        self.assertEqual(self._kinds(conversation)[-3:], ["note"] * 3)

    def test_nobody_else_does(self):
        conversation = self._in_service()
        for user in (self.colleague, self.outsider, self.manager, self.employee):
            with self.assertRaises(UserError):
                self._note(conversation, "Intruso", user)

    def test_notes_need_no_take(self):
        waiting = self._waiting()
        self._note(waiting, "Prioridade", self.supervisor)
        self.assertEqual(waiting.state, "queued")
        with self.assertRaises(UserError):
            self._note(waiting, "Prioridade", self.agent)
        closed = self._in_service()
        closed.with_user(self.agent).action_close()
        closed._close("resolved")
        self._note(closed, "Ligar amanhã", self.supervisor)
        self._note(closed, "Combinado", self.agent)
        self.assertEqual(self._kinds(closed)[-2:], ["note", "note"])

    def test_a_note_is_no_answer(self):
        conversation = self._in_service()
        conversation._receive(self._text("Alô?"))
        before = (conversation.unread_count, conversation.last_outbound_at)
        self._note(conversation, "Vou verificar")
        self.assertEqual((conversation.unread_count, conversation.last_outbound_at), before)

    def test_a_post_without_a_subtype_is_a_note(self):
        conversation = self._in_service()
        channel = conversation.discuss_channel_id.with_user(self.agent)
        with self._delivered() as delivered:
            for subtype in ({}, {"subtype_xmlid": "mail.mt_activities"}, {"subtype_xmlid": "x.y"}):
                message = channel.message_post(body="?", message_type="comment", **subtype)
                self.assertEqual(message.subtype_id, self.env.ref("mail.mt_note"))
        self.assertFalse(delivered)

    def test_a_note_is_neither_changed_nor_turned_into_an_answer(self):
        conversation = self._in_service()
        message = self._note(conversation, "Segredo").with_user(self.agent)
        for values in (
            {"subtype_id": self.env.ref("mail.mt_comment").id},
            {"body": "x"},
            {"is_internal": False},
            {"partner_ids": [(4, self.citizen.id)]},
        ):
            with self.assertRaises(UserError):
                message.write(values)
        with self.assertRaises(UserError):
            conversation.discuss_channel_id.with_user(self.agent)._message_update_content(
                message, body="x"
            )

    def test_whisper_reaches_the_agent(self):
        conversation = self._in_service()
        with self._bus() as sent:
            self._note(conversation, "Ofereça uma visita", self.supervisor)
        ((target, payload),) = self._attention(sent)
        self.assertEqual(target, self.agent.partner_id)
        self.assertEqual((payload["kind"], payload["text"]), ("whisper", "Ofereça uma visita"))
        self.assertEqual(payload["author"], self.supervisor.name)
        event = conversation.event_ids.sorted("id")[-1]
        self.assertEqual((event.kind, event.data), ("note", {"to_agent": self.agent.name}))

    def test_own_note_tells_nobody(self):
        conversation = self._in_service()
        with self._bus() as sent:
            self._note(conversation, "Só para lembrar")
        self.assertFalse(self._attention(sent))

    def test_mentions_are_for_the_team(self):
        conversation = self._in_service()
        everybody = (
            self.citizen
            | self.supervisor.partner_id
            | self.colleague.partner_id
            | self.employee.partner_id
        )
        with self._bus() as sent:
            message = self._note(conversation, "@todos", partner_ids=everybody.ids)
        self.assertEqual(message.partner_ids, self.supervisor.partner_id)
        ((target, payload),) = self._attention(sent)
        self.assertEqual((target, payload["kind"]), (self.supervisor.partner_id, "mention"))
        notification = self.env["mail.notification"].search([("mail_message_id", "=", message.id)])
        self.assertEqual(notification.res_partner_id, self.supervisor.partner_id)
        self.assertEqual(notification.notification_type, "inbox")

    def test_suggested_mentions(self):
        def suggested(user):
            channel = conversation.discuss_channel_id
            partners = self.env["res.partner"].with_user(user)
            found = partners.get_mention_suggestions_from_channel(channel.id, "")
            return {one["id"] for one in found["res.partner"]} if found else set()

        conversation = self._in_service()
        found = suggested(self.agent)
        self.assertIn(self.supervisor.partner_id.id, found)
        for partner in (self.citizen, self.colleague.partner_id, self.employee.partner_id):
            self.assertNotIn(partner.id, found)
        self.assertFalse(suggested(self.colleague))

    def test_an_answer_quotes_no_note_and_takes_no_file_of_one(self):
        conversation = self._in_service()
        file = self._file("interno.txt")
        note = self._note(conversation, "Segredo", attachment_ids=file.ids)
        self.assertEqual(note.attachment_ids, file)
        with self._delivered() as delivered:
            for values in ({"parent_id": note.id}, {"attachment_ids": file.ids}):
                with self.assertRaises(UserError):
                    self._answer(conversation, "Veja", **values)
        self.assertFalse(delivered)

    def test_live_chats_transcripts(self):
        conversation = self._in_service()
        self._answer(conversation, "Bom dia")
        self._note(conversation, "jabuticaba")
        channel = conversation.discuss_channel_id
        render = self.env["ir.qweb"]._render(
            "im_livechat.livechat_email_template",
            {
                "channel": channel,
                "company": self.env.company,
                "tz": UTC,
            },
        )
        self.assertIn("Bom dia", render)
        self.assertNotIn("jabuticaba", render)
        self.assertNotIn("jabuticaba", channel._get_channel_history())
        with self.assertRaises(UserError):
            channel.with_user(self.agent)._email_livechat_transcript("maria@example.com")
