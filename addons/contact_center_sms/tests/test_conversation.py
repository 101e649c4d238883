# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Location, Option, Outgoing

from .common import SmsCase


@tagged("post_install", "-at_install")
class TestConversation(SmsCase):
    """Replies reach conversations as over any other channel."""

    def test_reply_opens_a_conversation_and_is_answered(self):
        """A citizen writes; the queue gets it; the agent's answer goes out as a text message."""
        record = self._reply("Quero falar com alguém")
        conversation = record.conversation_id
        self.assertEqual(conversation.channel_kind, "sms")
        self.assertEqual(conversation.queue_id, self.queue)
        self.assertEqual(conversation.partner_id.phone, "+55 31 98888-7777")
        conversation.with_user(self.agent).action_take()
        before = self.Message.search([("direction", "=", "out")])
        conversation.discuss_channel_id.with_user(self.agent).message_post(
            body="Bom dia", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        answer = self.Message.search([("direction", "=", "out")]) - before
        self.assertEqual([answer.text, answer.number], ["Bom dia", "+5531988887777"])
        self.gateway._send_outbox()
        ticks = answer.mail_message_id._contact_center_delivery()
        self.assertEqual(ticks[answer.mail_message_id.id]["state"], "sent")

    def test_the_same_reply_twice_is_one(self):
        """Gateways repeat their calls."""
        first = self._reply("oi")
        self._reply("oi")
        self.assertEqual(self.Message.search([("direction", "=", "in")]), first)

    def test_reply_finds_who_was_written_to(self):
        """The number belongs to the citizen to whom the city wrote."""
        self.env["contact_center.sms.identity"]._of("+5531988887777", self.citizen)
        record = self._reply("SIM")
        self.assertEqual(record.partner_id, self.citizen)
        self.assertEqual(record.conversation_id.partner_id, self.citizen)

    def test_leaving_is_obeyed_once_and_confirmed_once(self):
        """SAIR to no conversation: no more messages. Said again it needs no answer."""
        record = self._reply(" Sair! ")
        self.assertFalse(record.conversation_id)
        self.assertTrue(record.partner_id.contact_center_opt_out)
        self._reply("SAIR", key="r-2")
        self.assertEqual(self.Message.search_count([("direction", "=", "out")]), 1)

    def test_leaving_within_a_conversation_is_an_answer(self):
        """A flow's option may be called so."""
        record = self._reply("oi")
        again = self._reply("sair", key="r-2")
        self.assertEqual(again.conversation_id, record.conversation_id)
        self.assertFalse(again.partner_id.contact_center_opt_out)

    def test_menus_are_numbered_lines(self):
        """Everything that a text message cannot show is words."""
        text = self.Conversation._sms_text(
            Outgoing(
                text="Escolha:",
                header="Saúde",
                options=(Option("a", "Consulta"), Option("b", "Vacina", label="12")),
                location=Location(-19.92, -43.94, "Posto", "Rua A, 1"),
            )
        )
        self.assertEqual(
            text,
            "Saúde\nEscolha:\n1 Consulta\n12 Vacina\nPosto\nRua A, 1\n"
            "https://maps.google.com/?q=-19.920000,-43.940000",
        )

    def test_agent_sees_what_the_channel_can(self):
        """No files, no reactions; the preview shows what is left of accents."""
        conversation = self._reply("oi").conversation_id
        conversation.with_user(self.agent).action_take()
        mine = conversation.with_user(self.agent)
        self.assertIn("files", mine.check_files([{"name": "a.pdf"}])[0]["problem"])
        self.assertIn("Acao", str(mine.get_preview("Ação")["parts"][0]))

    def test_unreadable_replies_are_kept(self):
        """A number that is none: the event fails, in words, and can be read again."""
        event = self.gateway._store_call("reply", {"from": "29345", "text": "oi", "id": "x"})
        with self.assertLogs("odoo.addons.contact_center_sms", "ERROR"):
            self.gateway._hear_all()
        self.assertEqual(event.state, "failed")
        self.assertTrue(event.error)
        after = self._reply("oi", key="r-9")
        self.assertTrue(after.conversation_id)
