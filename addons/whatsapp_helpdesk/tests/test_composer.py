# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io
from datetime import timedelta
from unittest.mock import patch

from PIL import Image, WebPImagePlugin  # noqa: F401 - Odoo loads few of the formats

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..cloud_api import photo, voice
from .common import PHOTO, WhatsappCase

MP3 = b"\xff\xfbrecorded"
OGG = b"OggS" + b"\x00" * 24 + b"OpusHead\x01\x01"
OUTBOX = "odoo.addons.whatsapp_helpdesk.models.meta_call"


def picture(kind, size=(400, 300)):
    """Return a picture file in a format of Pillow's."""
    target = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(target, kind)
    return target.getvalue()


@tagged("post_install", "-at_install")
class TestComposer(WhatsappCase):
    """Agents' files, places and reactions: checked before, converted on the way, sent again."""

    def setUp(self):
        super().setUp()
        self.conversation = self.in_service()
        self.served = self.conversation.with_user(self.agent)

    # ------------------------------------------------------------
    # Text
    # ------------------------------------------------------------

    def test_preview_shows_marks_and_parts(self):
        (part,) = self.served.get_preview("*oi* <x>")["parts"]
        self.assertEqual(str(part), "<strong>oi</strong> &lt;x&gt;")
        preview = self.served.get_preview("palavra " * 1000)
        self.assertEqual((len(preview["parts"]), preview["length"]), (2, 7999))

    def test_agent_sees_marks_as_the_citizen_does(self):
        said = self.agent_says(self.conversation, "*Atenção*: _hoje_<br>fechado")
        self.assertIn("<strong>Atenção</strong>", said.body)
        self.assertEqual(self.meta.texts(), ["*Atenção*: _hoje_\nfechado"])

    # ------------------------------------------------------------
    # Files
    # ------------------------------------------------------------

    def check(self, name, mimetype, megabytes):
        """Return the composer's check of a file before it is uploaded."""
        size = int(megabytes * 1024 * 1024)
        (told,) = self.served.check_files([{"name": name, "type": mimetype, "size": size}])
        return told["problem"], [choice["id"] for choice in told["choices"]]

    def test_files_are_judged_before_the_upload(self):
        for name, mimetype, size in (
            ("foto.jpg", "image/jpeg", 5),
            ("filme.mp4", "video/mp4", 16),
            ("oficio.pdf", "application/pdf", 100),
            ("nota.csv", "text/csv", 1),
            ("voz.mp3", "audio/mp3", 3),
            ("planilha.xlsx", "", 1),
        ):
            self.assertEqual(self.check(name, mimetype, size), ("", []), name)
        problem, choices = self.check("foto.jpg", "image/jpeg", 7.5)
        self.assertIn("7,5 MB", problem)
        self.assertEqual(choices, ["reduce", "document"])
        for name in ("foto.heic", "foto.webp", "foto.bmp"):
            problem, choices = self.check(name, "", 1)
            self.assertIn("JPEG", problem)
            self.assertEqual(choices, ["reduce", "document"], name)
        for name, mimetype, size, word in (
            ("filme.mp4", "video/mp4", 17, "16 MB"),
            ("oficio.pdf", "application/pdf", 101, "100 MB"),
            ("pacote.zip", "application/zip", 1, "PDF"),
        ):
            problem, choices = self.check(name, mimetype, size)
            self.assertIn(word, problem)
            self.assertFalse(choices, name)

    def test_type_may_be_opened_for_everything_not_listed(self):
        self.env["whatsapp.media"].create(
            {"kind": "document", "mimetype": "*", "max_size": 1024 * 1024}
        )
        self.assertEqual(self.check("pacote.zip", "application/zip", 1), ("", []))
        self.assertIn("1 MB", self.check("pacote.zip", "application/zip", 2)[0])

    def test_picture_in_another_format_goes_as_page(self):
        attachment = self.attachments({"name": "planta.webp", "raw": picture("WEBP")})
        self.agent_says(self.conversation, "Veja", attachment_ids=attachment.ids)
        (payload,) = self.meta.sent
        self.assertEqual(payload["document"]["filename"], "planta.pdf")
        self.assertIn(b"%PDF", self.meta.uploads[0])
        self.assertEqual(attachment.name, "planta.webp")

    def test_damaged_picture_fails_in_words(self):
        attachment = self.attachments(
            {"name": "planta.webp", "raw": b"RIFF", "mimetype": "image/webp"}
        )
        said = self.agent_says(self.conversation, "", attachment_ids=attachment.ids)
        (part,) = said._contact_center_delivery()[said.id]["parts"]
        self.assertEqual((part["name"], part["again"]), ("planta.webp", False))
        self.assertFalse(self.meta.sent)

    def test_photo_is_reduced_on_request(self):
        content = self.served._reduced_upload("discuss.channel", picture("BMP", (3000, 2000)))
        self.assertLess(len(content), 5 * 1024 * 1024)
        attachment = self.attachments({"name": "planta.jpg", "raw": content})
        self.agent_says(self.conversation, "", attachment_ids=attachment.ids)
        self.assertEqual(self.meta.sent[0]["type"], "image")

    def test_what_is_no_picture_cannot_be_reduced(self):
        with self.assertRaises(UserError):
            self.served._reduced_upload("discuss.channel", b"nothing")

    def test_file_of_no_known_type_is_refused_here(self):
        attachment = self.attachments(
            {"name": "a.zip", "raw": b"PK", "mimetype": "application/zip"}
        )
        said = self.agent_says(self.conversation, "", attachment_ids=attachment.ids)
        tick = said._contact_center_delivery()[said.id]
        self.assertEqual(tick["state"], "failed")
        self.assertFalse(tick["parts"][0]["again"])
        self.assertFalse(self.meta.uploads)

    # ------------------------------------------------------------
    # Voice
    # ------------------------------------------------------------

    def record(self):
        """Let the agent send a recording of Discuss's."""
        attachment = self.attachments({"name": "voz.mp3", "raw": MP3, "mimetype": "audio/mp3"})
        attachment.sudo()._set_voice_metadata()
        return self.agent_says(self.conversation, "", attachment_ids=attachment.ids)

    def test_recording_goes_as_voice(self):
        with patch.object(voice, "to_voice", return_value=OGG) as convert:
            self.record()
        convert.assert_called_once_with(MP3)
        self.assertTrue(self.meta.sent[0]["audio"]["voice"])
        self.assertIn(OGG, self.meta.uploads[0])
        self.assertIn(b"voz.ogg", self.meta.uploads[0])

    def test_recording_that_cannot_be_converted_goes_as_sound(self):
        with (
            patch.object(voice, "to_voice", side_effect=voice.VoiceError("broken")),
            self.assertLogs(OUTBOX, "WARNING") as logged,
        ):
            self.record()
        self.assertIn("broken", logged.output[0])
        self.assertNotIn("voice", self.meta.sent[0]["audio"])
        self.assertIn(MP3, self.meta.uploads[0])
        self.assertNotIn("voice", self.outgoing(self.conversation)[-1].payload["audio"])

    # ------------------------------------------------------------
    # Location, quote, reaction
    # ------------------------------------------------------------

    def test_location(self):
        with self.jobs():
            self.served.action_send_location(-19.8108, -43.1735, "Prefeitura", "Rua A, 1")
        self.assertEqual(
            self.meta.sent[0]["location"],
            {
                "latitude": "-19.8108",
                "longitude": "-43.1735",
                "name": "Prefeitura",
                "address": "Rua A, 1",
            },
        )

    def react(self, message, emoji, action="add"):
        """React as Discuss does, in the agent's name."""
        with self.jobs():
            message.with_user(self.agent).sudo()._message_reaction(
                emoji, action, self.agent.partner_id, self.env["mail.guest"]
            )

    def test_reaction_and_its_removal(self):
        citizens = self.say("obrigada")
        message = citizens.mail_message_id
        self.react(message, "👍")
        self.react(message, "👍", "remove")
        self.assertEqual(
            [payload["reaction"] for payload in self.meta.sent],
            [
                {"message_id": citizens.wamid, "emoji": "👍"},
                {"message_id": citizens.wamid, "emoji": ""},
            ],
        )
        # The message that was reacted to is still the citizen's: it has no ticks
        self.assertFalse(message._contact_center_delivery())
        self.agent_says(self.conversation, "De nada", parent_id=message.id)
        self.assertEqual(self.meta.sent[-1]["context"], {"message_id": citizens.wamid})

    def test_citizens_reaction_stays_beside_ours(self):
        said = self.agent_says(self.conversation, "Pronto")
        ours = self.outgoing(self.conversation)[-1]
        reaction = {"message_id": ours.wamid, "emoji": "❤️"}
        self.deliver(self.inbound(type="reaction", reaction=reaction))
        self.react(said, "👍")
        self.react(said, "👍", "remove")
        self.assertEqual(said.sudo().reaction_ids.mapped("content"), ["❤️"])

    def test_reactions_that_meta_refuses_are_refused_here(self):
        citizens = self.say("obrigada")
        self.env.cr.execute(
            "UPDATE whatsapp_message SET create_date = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(days=31), citizens.id],
        )
        citizens.invalidate_recordset()
        note = self.conversation._store_message(self.citizen, "x")
        for message in (citizens.mail_message_id, note):
            with self.assertRaises(UserError):
                self.react(message, "👍")
        with self.assertRaises(UserError):
            self.react(self.say("oi").mail_message_id, "muito obrigado mesmo")

    def test_failed_reaction_is_told_and_sent_again(self):
        citizens = self.say("obrigada")
        message = citizens.mail_message_id
        self.meta.fail(131009)
        self.react(message, "👍")
        (part,) = message._contact_center_delivery()[message.id]["parts"]
        with self.jobs():
            self.served.action_send_again(message.id, part["id"])
        self.assertEqual(self.meta.sent[-1]["reaction"]["emoji"], "👍")
        self.assertFalse(message._contact_center_delivery())

    # ------------------------------------------------------------
    # Send again
    # ------------------------------------------------------------

    def test_only_the_failed_file_is_sent_again(self):
        attachments = self.attachments(
            *({"name": f"{name}.pdf", "raw": b"%PDF-1.4"} for name in "abc")
        )
        self.meta.fail_message(131026, after=1)
        said = self.agent_says(self.conversation, "", attachment_ids=attachments.ids)
        tick = said._contact_center_delivery()[said.id]
        (part,) = tick["parts"]
        self.assertEqual((part["name"], part["again"]), ("b.pdf", True))
        self.assertIn("WhatsApp", part["reason"])
        self.meta.sent.clear()
        uploads = len(self.meta.uploads)
        with self.jobs():
            self.served.action_send_again(said.id, part["id"])
        (payload,) = self.meta.sent
        self.assertEqual(payload["document"]["id"], self.Message.browse(part["id"]).media_id)
        self.assertEqual(len(self.meta.uploads), uploads)
        self.assertEqual(said._contact_center_delivery()[said.id]["parts"], [])
        with self.assertRaises(UserError):
            self.served.action_send_again(said.id, part["id"])

    def test_parts_of_other_messages_are_not_sent_again(self):
        said = self.agent_says(self.conversation, "um")
        self.meta.fail(131026)
        self.agent_says(self.conversation, "dois")
        failed = self.outgoing(self.conversation)[-1]
        for part_id in (failed.id, 0):
            with self.assertRaises(UserError):
                self.served.action_send_again(said.id, part_id)
        self.assertEqual(failed.state, "failed")

    def test_what_failed_long_ago_may_be_sent_again(self):
        self.meta.fail(131026)
        said = self.agent_says(self.conversation, "oi")
        failed = self.outgoing(self.conversation)[-1]
        self.env.cr.execute(
            "UPDATE whatsapp_message SET create_date = create_date - interval '2 days' "
            "WHERE id = %s",
            [failed.id],
        )
        with self.jobs():
            self.served.action_send_again(said.id, failed.id)
        self.assertEqual(failed.state, "sent")


@tagged("post_install", "-at_install")
class TestReducedPhoto(WhatsappCase):
    """The limit that the administrator sets is the one that holds."""

    def test_limit_is_data(self):
        self.env.ref("whatsapp_helpdesk.media_image_jpeg").max_size = 20_000
        limit = self.env["whatsapp.media"]._photo_limit()
        self.assertLessEqual(len(photo.reduce(picture("PNG", (1200, 900)), limit)), 20_000)
        self.assertEqual(self.env["whatsapp.media"]._judge("image/png", len(PHOTO)).kind, "image")
