# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import ContactCenterCase

EMOJI = "👍"


@tagged("post_install", "-at_install")
class TestComposer(ContactCenterCase):
    """The composer's calls and their rights, without a channel to send over."""

    def setUp(self):
        super().setUp()
        self.conversation = self._in_service()
        self.patch(
            type(self.conversation), "_composer_features", lambda conversation: {"location": True}
        )
        self.served = self.conversation.with_user(self.agent)

    def test_only_the_agent_uses_the_composer(self):
        calls = (
            ("get_preview", "oi"),
            ("check_files", []),
            ("action_send_location", -19.8, -43.1),
            ("action_send_again", 1, 1),
            ("_reduced_upload", "discuss.channel", b"x"),
        )
        for user in (self.colleague, self.supervisor, self.administrator, self.manager):
            for name, *arguments in calls:
                with self.assertRaises(UserError):
                    getattr(self.conversation.with_user(user), name)(*arguments)

    def test_preview_is_what_will_be_shown(self):
        preview = self.served.get_preview("<b>oi</b>")
        self.assertEqual(preview["length"], 9)
        self.assertIn("&lt;b&gt;", str(preview["parts"][0]))
        self.assertEqual(self.served.get_preview("")["parts"], [])

    # ------------------------------------------------------------
    # Location
    # ------------------------------------------------------------

    def test_location_is_said_by_the_agent_with_a_map(self):
        with self._delivered() as delivered:
            self.served.action_send_location("-19.8108", -43.1735, " Prefeitura ", "Rua A, 1")
        [(message, outgoing)] = delivered
        self.assertEqual(message.author_id, self.agent.partner_id)
        self.assertIn("openstreetmap.org", str(message.body))
        self.assertEqual(
            (outgoing.location.latitude, outgoing.location.name), (-19.8108, "Prefeitura")
        )

    def test_impossible_places_are_refused(self):
        for latitude, longitude in ((91, 0), (0, -181), ("nan", 0), ("x", 0), (None, 0)):
            with self.assertRaises(UserError):
                self.served.action_send_location(latitude, longitude)

    def test_channel_without_locations_refuses_them(self):
        self.patch(type(self.conversation), "_composer_features", lambda conversation: {})
        with self.assertRaises(UserError):
            self.served.action_send_location(0, 0)

    def test_dialog_takes_over_a_saved_place(self):
        place = self.env["contact_center.place"].create(
            {"name": "Praça", "address": "Centro", "latitude": -19.8, "longitude": -43.1}
        )
        wizard = (
            self.env["contact_center.location.send"]
            .with_user(self.agent)
            .create({"conversation_id": self.conversation.id, "place_id": place.id})
        )
        self.assertEqual((wizard.name, wizard.address), ("Praça", "Centro"))
        self.assertIn("mlat=-19.8", wizard.map_url)
        with self._delivered() as delivered:
            wizard.action_send()
        self.assertEqual(delivered[0][1].location.longitude, -43.1)

    # ------------------------------------------------------------
    # Reactions
    # ------------------------------------------------------------

    def _react(self, message, emoji, action="add", user=None):
        """React as Discuss does: the controller acts with sudo in the user's name."""
        user = user or self.agent
        guest = self.env["mail.guest"]
        message.with_user(user).sudo()._message_reaction(emoji, action, user.partner_id, guest)

    def test_agents_reaction_is_delivered_and_replaced(self):
        message = self.conversation._receive(self._text("obrigada"))
        sent = []
        self.patch(
            type(self.conversation),
            "_deliver_reaction",
            lambda conversation, about, emoji: sent.append((about.id, emoji)),
        )
        self._react(message, EMOJI)
        self._react(message, "❤️")
        self.assertEqual(message.reaction_ids.mapped("content"), ["❤️"])
        # One that is not there any more is not taken away twice
        self._react(message, EMOJI, "remove")
        self._react(message, "❤️", "remove")
        self.assertFalse(message.reaction_ids)
        self.assertEqual(sent, [(message.id, EMOJI), (message.id, "❤️"), (message.id, "")])

    def test_nobody_else_reacts(self):
        message = self.conversation._receive(self._text("obrigada"))
        for user in (self.colleague, self.supervisor):
            with self.assertRaises(UserError):
                self._react(message, EMOJI, user=user)
        self.assertFalse(message.reaction_ids)

    # ------------------------------------------------------------
    # Send again, photos
    # ------------------------------------------------------------

    def test_send_again_is_for_messages_of_the_conversation(self):
        again = []
        self.patch(
            type(self.conversation),
            "_send_again",
            lambda conversation, message, part_id: again.append((message.id, part_id)),
        )
        message = self._answer(self.conversation, "oi")
        self.served.action_send_again(message.id, 7)
        self.assertEqual(again, [(message.id, 7)])
        other = self._answer(self._in_service(), "olá")
        for message_id in (other.id, self.env["mail.message"].create({}).id, 0):
            with self.assertRaises(AccessError):
                self.served.action_send_again(message_id, 7)


@tagged("post_install", "-at_install")
class TestUpload(ContactCenterCase, HttpCase):
    """A picture that is too large for the channel is reduced on its way in."""

    def setUp(self):
        super().setUp()
        self.conversation = self._in_service()
        self.patch(
            type(self.conversation), "_reduced_photo", lambda conversation, content: content[:5]
        )

    def _upload(self, user, choice="reduce", channel=None):
        user.password = user.login
        self.authenticate(user.login, user.login)
        answer = self.url_open(
            "/mail/attachment/upload",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "thread_id": (channel or self.conversation.discuss_channel_id).id,
                "thread_model": "discuss.channel",
                "is_pending": "true",
                "contact_center_choice": choice,
            },
            files={"ufile": ("planta.bmp", b"small and more", "image/bmp")},
        ).json()
        attachment_id = answer.get("data", {}).get("attachment_id")
        return self.env["ir.attachment"].browse(attachment_id), answer.get("error")

    def test_photo_is_reduced(self):
        attachment, error = self._upload(self.agent)
        self.assertFalse(error)
        self.assertEqual((attachment.raw, attachment.name), (b"small", "planta.jpg"))

    def test_document_stays_as_it_is(self):
        attachment, _error = self._upload(self.agent, choice="document")
        self.assertEqual((attachment.raw, attachment.name), (b"small and more", "planta.bmp"))

    def test_channel_looks_into_what_is_for_the_citizen(self):
        seen = []

        def look(_conversation, *arguments):
            seen.append(arguments)
            return "" if len(seen) == 1 else "não toca"

        self.patch(type(self.conversation), "_composer_content", look)
        attachment, error = self._upload(self.agent, choice="answer")
        self.assertFalse(error)
        self.assertEqual((attachment.raw, attachment.name), (b"small and more", "planta.bmp"))
        self.assertEqual(seen, [("planta.bmp", "image/bmp", b"small and more")])
        attachment, error = self._upload(self.agent, choice="answer")
        self.assertFalse(attachment)
        self.assertEqual(error, "não toca")
        attachment, error = self._upload(self.supervisor, choice="answer")
        self.assertTrue(error)
        self.assertEqual(len(seen), 2)

    def test_others_are_told_why_not(self):
        attachment, error = self._upload(self.supervisor)
        self.assertFalse(attachment)
        self.assertTrue(error)

    def test_only_in_conversations(self):
        channel = self.env["discuss.channel"]._create_channel("Equipe", None)
        channel._add_members(users=self.agent)
        attachment, error = self._upload(self.agent, channel=channel)
        self.assertFalse(attachment)
        self.assertIn("conversa", error)
