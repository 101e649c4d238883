# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..core.values import Incoming, Location, Media, Outgoing
from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestMessages(ContactCenterCase):
    def _attachment(self, name="foto.png", mimetype="image/png", user=None):
        attachments = self.env["ir.attachment"].with_user(user or self.env.user)
        return attachments.create(
            {"name": name, "mimetype": mimetype, "raw": base64.b64decode("R0lGODlhAQABAAAAACw=")}
        )

    def test_bot_phase_is_stored_cheaply(self):
        """A bare message: nothing on the bus, no change of the channel."""
        conversation = self._open()
        heard = []
        self.env.cr.precommit.run()
        self.env["bus.bus"].search([]).unlink()
        with self._bot(heard):
            message = conversation._receive(self._text("oi <b>tudo bem?</b>"))
            answer = conversation._say(self._outgoing())
        self.assertEqual([incoming.text for incoming in heard], ["oi <b>tudo bem?</b>"])
        self.assertEqual(message.author_id, self.citizen)
        self.assertIn("&lt;b&gt;", str(message.body))
        self.assertEqual(answer.author_id, self.env.ref("contact_center.partner_bot"))
        self.assertIn("<li>Sim</li>", str(answer.body))
        self.assertFalse(conversation.discuss_channel_id.channel_member_ids)
        self.env.cr.precommit.run()
        self.assertFalse(self.env["bus.bus"].search([]))
        self.assertTrue(conversation.last_inbound_at)
        self.assertTrue(conversation.last_outbound_at)

    def test_message_id_reaches_the_bot(self):
        conversation = self._open()
        seen = []

        def on_bot_incoming(_conversation, incoming):
            seen.append(incoming.message_id)

        self.patch(type(conversation), "_has_bot", lambda conversation: True)
        self.patch(type(conversation), "_on_bot_incoming", on_bot_incoming)
        message = conversation._receive(self._text("oi"))
        self.assertEqual(seen, message.ids)

    def test_what_goes_along_is_asked_once_the_message_is_served(self):
        conversation = self._open()
        heard, asked = [], []

        def on_received(_conversation, incoming, message):
            asked.append((incoming.text, message, len(heard)))

        self.patch(type(conversation), "_on_received", on_received)
        with self._bot(heard):
            message = conversation._receive(self._text("oi"))
        self.assertEqual(asked, [("oi", message, 1)])

    def test_without_a_bot_people_are_called(self):
        conversation = self._open()
        conversation._receive(self._text("oi"))
        self.assertEqual(conversation.state, "queued")
        self.assertEqual(self._automatic_kinds(conversation), ["welcome", "queued"])

    def test_with_people_it_is_posted_and_counted(self):
        conversation = self._waiting()
        conversation._receive(self._text("alguém aí?"))
        conversation._receive(self._text("olá?"))
        self.assertEqual(conversation.unread_count, 2)
        self.assertEqual(self._said(conversation)[-1], "olá?")

    def test_closed_conversation_receives_nothing(self):
        conversation = self._open()
        conversation._end_by_bot()
        with self.assertRaises(ValueError):
            conversation._receive(self._text("oi"))

    def test_attachments_belong_to_the_channel(self):
        conversation = self._open()
        attachment = self._attachment()
        with self._bot():
            message = conversation._receive(
                Incoming(kind="media", media=Media("image", attachment.id)), attachments=attachment
            )
        self.assertEqual(message.attachment_ids, attachment)
        self.assertEqual(attachment.res_model, "discuss.channel")
        self.assertEqual(attachment.res_id, conversation.discuss_channel_id.id)

    def test_attach_later(self):
        conversation = self._waiting()
        message = conversation._receive(Incoming(kind="media", text="foto"))
        conversation._attach(message, self._attachment())
        self.assertEqual(message.attachment_ids.name, "foto.png")
        self.assertEqual(message.attachment_ids.res_id, conversation.discuss_channel_id.id)

    def test_location_contacts_and_unsupported_are_readable(self):
        conversation = self._waiting()
        where = Location(-19.9, -43.9, "Prefeitura", "Av. Afonso Pena, 1212")
        message = conversation._receive(Incoming(kind="location", location=where))
        self.assertIn("Prefeitura", str(message.body))
        self.assertIn("openstreetmap.org", str(message.body))
        for kind in ("contacts", "unsupported"):
            message = conversation._receive(Incoming(kind=kind))
            self.assertTrue(message.preview)

    def test_say_delivers(self):
        conversation = self._open()
        outgoing = self._outgoing()
        with self._delivered() as delivered:
            message = conversation._say(outgoing)
        self.assertEqual(delivered, [(message, outgoing)])

    def test_agents_message_is_delivered(self):
        conversation = self._in_service()
        conversation._receive(self._text("socorro"))
        attachment = self._attachment(user=self.agent)
        with self._delivered() as delivered:
            message = self._answer(conversation, "Bom dia, Maria", attachment_ids=attachment.ids)
        [(delivered_message, outgoing)] = delivered
        self.assertEqual(delivered_message, message)
        self.assertEqual(outgoing.text, "Bom dia, Maria")
        self.assertEqual([media.kind for media in outgoing.media], ["image"])
        self.assertEqual(outgoing.media[0].attachment_id, attachment.id)
        self.assertEqual(conversation.unread_count, 0)

    def test_only_the_agent_answers(self):
        conversation = self._in_service()
        for user in (self.colleague, self.supervisor, self.administrator):
            channel = conversation.discuss_channel_id.with_user(user)
            # As Discuss posts: with sudo, and with whatever context the browser sent.
            for thread in (
                channel.sudo(),
                channel.sudo().with_context(
                    contact_center_passed="SYSTEM", contact_center_internal=1
                ),
            ):
                with self.assertRaisesRegex(UserError, "Ana Agente"):
                    thread.message_post(
                        body="Oi", message_type="comment", subtype_xmlid="mail.mt_comment"
                    )

    def test_nobody_answers_before_taking_nor_after_closing(self):
        conversation = self._waiting()
        channel = conversation.discuss_channel_id.with_user(self.agent)
        with self.assertRaisesRegex(UserError, "take it first"):
            channel.message_post(body="Oi", message_type="comment", subtype_xmlid="mail.mt_comment")
        conversation.with_user(self.agent).action_take()
        conversation.with_user(self.agent).action_close()
        with self.assertRaisesRegex(UserError, "not in service"):
            channel.message_post(body="Oi", message_type="comment", subtype_xmlid="mail.mt_comment")

    def test_agents_speak_in_their_own_name(self):
        conversation = self._in_service()
        message = self._answer(conversation, author_id=self.citizen.id)
        self.assertEqual(message.author_id, self.agent.partner_id)

    def test_what_was_said_stays(self):
        conversation = self._in_service()
        channel = conversation.discuss_channel_id.with_user(self.agent)
        message = self._answer(conversation)
        with self.assertRaises(UserError):
            channel._message_update_content(message, body="Nada disso")
        with self.assertRaises(UserError):
            message.write({"body": "Nada disso"})
        with self.assertRaises(UserError):
            message.unlink()
        with self.assertRaises(UserError):
            message.sudo().unlink()

    def test_outgoing_with_media(self):
        conversation = self._open()
        attachment = self._attachment("manual.pdf", "application/pdf")
        message = conversation._say(
            Outgoing(
                text="Segue",
                header="Manual",
                footer="TI",
                media=(Media("document", attachment.id),),
            )
        )
        self.assertEqual(message.attachment_ids, attachment)
        for text in ("Manual", "Segue", "TI"):
            self.assertIn(text, str(message.body))
