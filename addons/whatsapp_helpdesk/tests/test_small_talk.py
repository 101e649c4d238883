# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..models import whatsapp_account
from .common import MARIA, WhatsappCase

FIRST = "Quando precisar de um serviço, é só escrever aqui."


@tagged("post_install", "-at_install")
class TestSmallTalk(WhatsappCase):
    """Thanks after the end, a lone thumb and an insult open no protocol; nothing is lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.flow = cls.env["chatbot.flow"].create({"name": "Conversa"})
        steps = cls.env["chatbot.flow.step"]
        for position, vals in enumerate(
            (
                {"key": "oi", "kind": "message", "text": "Protocolo {protocolo}."},
                {"key": "nome", "kind": "question", "text": "Qual é o seu nome?"},
                {"key": "fim", "kind": "end", "text": "Até logo, {nome}."},
            ),
            1,
        ):
            steps.create(
                {**vals, "name": vals["key"], "flow_id": cls.flow.id, "sequence": position}
            )
        cls.flow.action_publish()
        cls.account.flow_id = cls.flow

    def setUp(self):
        super().setUp()
        # the clock goes back after a test that moved it
        whatsapp_account._limiters.clear()
        self.addCleanup(whatsapp_account._limiters.clear)

    def _ended(self):
        """Return a conversation that the flow has just ended."""
        conversation = self.say("oi").conversation_id
        self.say("Maria Souza")
        self.assertEqual(conversation.state, "closed")
        self.meta.sent.clear()
        return conversation

    def _conversations(self):
        domain = [("whatsapp_account_id", "=", self.account.id)]
        return self.env["contact_center.conversation"].search(domain)

    def _later(self, **more):
        return freeze_time(fields.Datetime.now() + timedelta(**more))

    def test_thanks_after_the_end_get_one_reply_and_no_protocol(self):
        conversation = self._ended()
        for text in ("obrigada!", "👍", "ok", "tchau", "❤️", "🙏", "kkkk"):
            self.assertEqual(self.say(text).conversation_id, conversation, text)
        self.assertEqual(self.meta.texts(), ["Por nada! 😊"])
        self.assertEqual(self._conversations(), conversation)
        bodies = " ".join(conversation.discuss_channel_id.message_ids.mapped("body"))
        self.assertIn("kkkk", bodies)
        self.assertEqual(conversation.state, "closed")

    def test_a_sticker_is_kept_without_a_word(self):
        conversation = self._ended()
        sticker = {"id": "77", "mime_type": "image/webp"}
        self.deliver(self.inbound(type="sticker", sticker=sticker))
        self.assertEqual(self._conversations(), conversation)
        self.assertEqual(self.meta.texts(), [])

    def test_what_asks_for_something_opens_a_new_one(self):
        conversation = self._ended()
        for text in ("oi", "obrigada, mas preciso de outra coisa", "quero falar com um atendente"):
            opened = self.say(text).conversation_id
            self.assertNotEqual(opened, conversation, text)
            opened._close("resolved")

    def test_a_heart_instead_of_words(self):
        self.flow.quiet_answer = "reaction"
        self.flow.action_publish()
        self._ended()
        wamid = self.say("obrigada").wamid
        self.say("tchau")
        self.assertEqual(
            [payload["reaction"] for payload in self.meta.sent],
            [{"message_id": wamid, "emoji": "❤️"}],
        )

    def test_nothing_at_all_where_the_flow_says_so(self):
        self.flow.quiet_answer = "nothing"
        self.flow.action_publish()
        conversation = self._ended()
        self.assertEqual(self.say("obrigada").conversation_id, conversation)
        self.assertEqual(self.meta.sent, [])

    def test_after_the_quiet_time_thanks_are_still_kept_with_it_in_silence(self):
        conversation = self._ended()
        with self._later(minutes=30):
            self.assertEqual(self.say("obrigada").conversation_id, conversation)
        self.assertEqual(self.meta.sent, [])

    def test_an_ok_after_the_quiet_time_is_kept_and_answered_without_a_protocol(self):
        conversation = self._ended()
        with self._later(minutes=30):
            message = self.say("ok")
        self.assertFalse(message.conversation_id)
        self.assertIn("ok", message.kept_body)
        self.assertEqual(self.meta.texts(), [f"Certo! 👍 {FIRST}"])
        self.assertEqual(self._conversations(), conversation)

    def test_thanks_after_the_survey(self):
        self.account.flow_id = False
        conversation = self.in_service()
        self.account.flow_id = self.flow
        conversation.with_user(self.agent).action_close()
        self.say("ótimo")
        self.assertEqual((conversation.state, conversation.satisfaction), ("closed", "very_good"))
        self.meta.sent.clear()
        for text in ("obrigada, Joana!", "tchau"):
            self.assertEqual(self.say(text).conversation_id, conversation)
        self.assertEqual(self.meta.texts(), ["Por nada! 😊"])
        self.assertEqual(self._conversations(), conversation)

    def test_an_insult_instead_of_a_mark_opens_nothing_and_is_seen(self):
        self.account.flow_id = False
        conversation = self.in_service()
        self.account.flow_id = self.flow
        conversation.with_user(self.agent).action_close()
        self.assertEqual(conversation.state, "survey")
        self.assertEqual(self.say("vai se foder").conversation_id, conversation)
        self.assertEqual(conversation.collected[-1]["value"], "vai se foder")
        self.assertIn("small_talk", conversation.event_ids.mapped("kind"))
        self.assertEqual(self._conversations(), conversation)

    def test_a_first_message_that_is_only_an_insult_or_a_thumb_is_kept(self):
        for text, reply in (("seu idiota", "Entendo que algo desagradou"), ("👍", "")):
            message = self.say(text)
            self.assertFalse(message.conversation_id)
            self.assertIn(text, message.kept_body)
            self.assertEqual(message.direction, "in")
            if reply:
                self.assertIn(reply, self.meta.texts()[-1])
        self.assertEqual(len(self.meta.sent), 1, "one answer, not one for each")
        self.assertFalse(self._conversations())

    def test_the_next_conversation_begins_with_what_was_kept(self):
        self.say("seu idiota")
        with self._later(minutes=1):
            conversation = self.say("minha rua está sem luz").conversation_id
        said = conversation.discuss_channel_id.message_ids.sorted("id")
        self.assertIn("seu idiota", said[0].body)
        self.assertEqual(said[0].author_id, conversation.partner_id)
        self.assertIn("Entendo que algo desagradou", said[1].body)
        self.assertEqual(said[1].author_id, conversation._bot_partner())

    def test_the_answer_that_belongs_to_no_conversation_has_its_ticks(self):
        self.say("👍")
        reply = self.Message.search([("direction", "=", "out")], order="id desc", limit=1)
        self.assertEqual(reply.state, "sent")
        self.deliver(self.status(reply, "read"))
        self.assertEqual(reply.state, "read")

    def test_a_number_without_a_flow_keeps_what_it_did(self):
        self.account.flow_id = False
        self.assertTrue(self.say("👍").conversation_id)

    def test_a_wish_about_automatic_messages_is_followed(self):
        self.assertTrue(self.say("pare").conversation_id)
        partner = self._conversations().partner_id
        self.assertTrue(partner.contact_center_opt_out)

    def test_thanks_of_somebody_else_are_not_answered_there(self):
        conversation = self._ended()
        other = {"wa_id": "5511933332222", "user_id": "BR.4", "name": "Bia"}
        self.assertFalse(self.say("obrigada", person=other).conversation_id)
        self.assertEqual(self.say("obrigada", person=MARIA).conversation_id, conversation)
