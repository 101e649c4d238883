# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import errno
from unittest.mock import patch

import requests

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PHOTO, TOKEN, WhatsappCase


@tagged("post_install", "-at_install")
class TestMedia(WhatsappCase):
    """Files that citizens send: fetched at once, checked, shown in place of the placeholder."""

    def setUp(self):
        super().setUp()
        # The words at the start of a conversation are not tested here
        self.say("oi")
        self.meta.requests.clear()
        self.meta.sent.clear()
        self.meta.files["555"] = (PHOTO, "image/png")

    def send(self, kind="image", run=True, **part):
        """Let Maria send a file; return the whatsapp.message."""
        part = {"id": "555", "mime_type": "image/png", **part}
        self.deliver(self.inbound(**{"type": kind, kind: part}), run=run)
        return self.Message.search([("direction", "=", "in")], order="id desc", limit=1)

    def test_picture_is_shown_with_its_caption(self):
        message = self.send(caption="Minha *mesa*")
        attachment = message.mail_message_id.attachment_ids
        self.assertEqual((attachment.raw, attachment.mimetype), (PHOTO, "image/png"))
        self.assertEqual(
            (attachment.res_model, attachment.res_id),
            ("discuss.channel", message.conversation_id.discuss_channel_id.id),
        )
        self.assertIn("<strong>mesa</strong>", message.mail_message_id.body)
        self.assertNotIn("<em>", message.mail_message_id.body)
        self.assertEqual(message.media_state, "done")

    def test_placeholder_stands_until_then(self):
        with self.jobs(run=False) as trap:
            self.deliver(self.inbound(type="image", image={"id": "555"}), run=False)
            self.Event._drain_inbox()
        message = self.Message.search([("direction", "=", "in")], order="id desc", limit=1)
        self.assertIn("<em>", message.mail_message_id.body)
        (job,) = [j for j in trap.enqueued_jobs if j.method_name == "_fetch_media"]
        self.assertEqual(job.identity_key, f"whatsapp.media:{message.id}")

    def test_bot_hears_of_it_before_it_is_there(self):
        with self.bot("Recebi"):
            other = {"wa_id": "5511922221111", "user_id": "BR.3", "name": "Bia"}
            self.deliver(self.inbound(person=other, type="image", image={"id": "555"}))
        message = self.Message.search([("direction", "=", "in")], order="id desc", limit=1)
        self.assertEqual(self.heard[0].media.ref, "555")
        self.assertEqual(self.meta.texts(), ["Recebi"])
        self.assertTrue(message.mail_message_id.attachment_ids)

    def test_voice_message_gets_discusss_player(self):
        self.meta.files["555"] = (b"OggS", "audio/ogg")
        message = self.send("audio", voice=True, mime_type="audio/ogg; codecs=opus")
        attachment = message.mail_message_id.attachment_ids
        self.assertTrue(attachment.voice_ids)
        self.assertEqual(attachment.mimetype, "audio/ogg")
        self.assertTrue(attachment.name.endswith(".ogg"))

    def test_document_keeps_a_safe_name(self):
        self.meta.files["555"] = (b"%PDF-1.4", "application/pdf")
        message = self.send("document", filename="..\\..\\a/b\u202e\x00relatório.pdf")
        self.assertEqual(message.mail_message_id.attachment_ids.name, "brelatório.pdf")

    def test_page_that_a_citizen_sends_never_runs(self):
        self.meta.files["555"] = (b"<script>alert(1)</script>", "text/html")
        for kind in ("document", "image"):
            attachment = self.send(kind).mail_message_id.attachment_ids
            self.assertIn(attachment.mimetype, ("text/plain", "application/octet-stream"))

    def test_token_goes_to_the_allowed_hosts_only(self):
        self.meta.answer((200, {"url": "https://evil.test/x", "mime_type": "image/png"}))
        message = self.send()
        self.assertEqual(message.media_state, "failed")
        self.assertEqual(message.error_code, "foreign_host")
        for request in self.meta.requests:
            self.assertTrue(request.url.startswith(self.meta.url))
            self.assertEqual(request.headers["Authorization"], f"Bearer {TOKEN}")

    def test_gone_file_says_so_and_can_be_tried_again(self):
        self.meta.files.clear()
        message = self.send()
        self.assertEqual((message.media_state, message.error_code), ("failed", "media_gone"))
        self.assertIn("<em>", message.mail_message_id.body)
        self.meta.files["555"] = (PHOTO, "image/png")
        with self.jobs():
            message.with_user(self.administrator).action_fetch_media()
        self.assertEqual(message.media_state, "done")
        self.assertTrue(message.mail_message_id.attachment_ids)

    def test_damaged_file_is_fetched_again(self):
        message = self.pending()
        self.meta.on("GET whatsapp_business", own=True, cut=True)
        with self.retried():
            message._fetch_media()
        self.assertEqual((message.media_state, message.tries), ("pending", 1))
        message._fetch_media()
        self.assertEqual(message.media_state, "done")

    def pending(self):
        """Return a message whose file is not fetched yet."""
        message = self.send()
        message.mail_message_id.sudo().attachment_ids.unlink()
        message.write({"media_state": "pending", "attachment_id": False})
        return message

    def test_unreachable_meta_is_asked_again_but_not_for_ever(self):
        message = self.pending()
        for _time in range(7):
            self.meta.breaks(requests.exceptions.ConnectTimeout())
            with self.retried():
                message._fetch_media()
        self.meta.breaks(requests.exceptions.ConnectTimeout())
        message._fetch_media()
        self.assertEqual(message.media_state, "failed")

    def test_expired_address_is_asked_for_anew(self):
        message = self.pending()
        self.meta.breaks(requests.exceptions.ReadTimeout())
        with self.retried():
            message._fetch_media()
        before = len(self.meta.requests)
        message._fetch_media()
        self.assertEqual(len(self.meta.requests) - before, 2)

    def test_wrong_token_pauses_the_number(self):
        message = self.pending()
        self.meta.fail(190, 401)
        self.meta.fail(190, 401)
        muted = mute_logger("odoo.addons.whatsapp_helpdesk.models.whatsapp_account_health")
        # Meta is asked whether it is the token, or only this file
        with muted, self.jobs(), self.retried():
            message._fetch_media()
        self.assertEqual(self.account.state, "paused")
        self.assertEqual(message.media_state, "pending")

    def test_larger_than_allowed_is_refused(self):
        self.env["whatsapp.media"].search([("kind", "=", "document")]).max_size = 10
        message = self.send()
        self.assertEqual(message.error_code, "media_size")

    def test_a_file_for_which_there_is_no_space_comes_when_there_is(self):
        message = self.pending()
        full = OSError(errno.ENOSPC, "No space left on device")
        attachments = type(self.env["ir.attachment"])
        with patch.object(attachments, "_file_write", side_effect=full), self.retried():
            message._fetch_media()
        self.assertEqual(message.media_state, "pending")
        message._fetch_media()
        self.assertEqual(message.media_state, "done")

    def test_what_was_left_behind_is_found(self):
        message = self.pending()
        self.env.cr.execute(
            "UPDATE whatsapp_message SET create_date = create_date - interval '1 hour'"
        )
        with self.jobs():
            self.Event._sweep_all()
        self.assertEqual(message.media_state, "done")
