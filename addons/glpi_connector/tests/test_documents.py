# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io
from datetime import timedelta

from freezegun import freeze_time
from PIL import Image

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME

from .common import PNG, GlpiCase


@tagged("post_install", "-at_install")
class TestDocuments(GlpiCase):
    """The citizen's files are on the ticket in GLPI, or technicians know which are missing."""

    def _with_files(self, *files):
        conversation = self._open()
        message = self._message_with(conversation, *files)
        return self._ticket(conversation, media_refs=[f"message:{message.id}"])

    def _stored(self):
        return list(self.glpi.documents.values())

    def test_photo_goes_along(self):
        ticket = self._with_files(("foto.png", "image/png", PNG))
        ticket._push()
        (stored,) = self._stored()
        self.assertEqual(self.glpi.links, [(stored["id"], ticket.glpi_id)])
        self.assertEqual(ticket.document_ids.mapped("state"), ["sent"])
        self.assertIn(ticket.protocol, stored["name"])

    def test_citizen_hears_the_number_before_a_file_has_arrived(self):
        conversation = self._open()
        message = self._message_with(conversation)
        ticket = self._ticket(conversation, media_refs=[f"message:{message.id}"])
        ticket._push()
        self.assertTrue(self._wait_of(ticket))
        self.assertEqual((ticket.state, ticket.announced), ("open", True))
        attachments = self.env["ir.attachment"].create(
            [{"name": f"{n}.png", "mimetype": "image/png", "raw": PNG} for n in "ab"]
        )
        conversation._attach(message, attachments)
        ticket._push()
        self.assertEqual(len(self.glpi.links), 2)
        self.assertEqual(set(ticket.document_ids.mapped("state")), {"sent"})
        self.assertEqual(len(self.glpi.tickets), 1)

    def test_file_that_never_arrives(self):
        conversation = self._open()
        message = self._message_with(conversation)
        ticket = self._ticket(conversation, media_refs=[f"message:{message.id}"])
        ticket._push()
        self.assertTrue(self._wait_of(ticket))
        with freeze_time(WORKING_TIME + timedelta(days=3)):
            ticket._push()
        self.assertEqual(ticket.document_ids.state, "refused")
        self.assertTrue(ticket.document_ids.error)
        self.assertEqual([f["is_private"] for f in self.glpi.followups], [1])

    def test_what_glpi_does_not_take_is_renamed_converted_or_wrapped(self):
        picture = io.BytesIO()
        Image.new("RGB", (8, 8), "red").save(picture, "WEBP")
        ticket = self._with_files(
            ("voz.opus", "audio/ogg", b"OggS"),
            ("figurinha.webp", "image/webp", picture.getvalue()),
            ("video.mp4", "video/mp4", b"mp4"),
        )
        ticket._push()
        names = sorted(document["filename"] for document in self._stored())
        self.assertEqual(names, ["figurinha.png", "video.mp4.zip", "voz.ogg"])
        self.assertEqual(set(ticket.document_ids.mapped("state")), {"sent"})
        self.assertEqual(len(self.glpi.links), 3)

    def test_large_picture_is_made_smaller_and_a_large_video_is_named(self):
        self.server.document_limit_mb = 0.05
        noise = io.BytesIO()
        Image.effect_noise((1500, 1500), 80).save(noise, "PNG")
        ticket = self._with_files(
            ("grande.png", "image/png", noise.getvalue()),
            ("video.mp4", "video/mp4", b"\x00" * 100_000),
        )
        self.server.document_limit_mb = 0.3
        ticket.document_ids[:1].invalidate_recordset()
        ticket._push()
        sent = ticket.document_ids.filtered(lambda document: document.state == "sent")
        self.assertIn("grande.jpg", [d["filename"] for d in self._stored()])
        self.assertEqual(len(sent), 2)
        self.server.document_limit_mb = 0.05
        other = self._with_files(("video.mp4", "video/mp4", b"\x00" * 100_000))
        other._push()
        self.assertEqual(other.document_ids.state, "refused")
        (note,) = self.glpi.followups
        self.assertIn("video.mp4", note["content"])
        self.assertEqual((note["is_private"], note["items_id"]), (1, other.glpi_id))
        self.assertEqual(other.state, "open")

    def test_lost_answer_makes_no_second_document(self):
        ticket = self._with_files(("foto.png", "image/png", PNG))
        self.glpi.lose("POST Document")
        self._push_fails(ticket)
        self.assertEqual(ticket.state, "open")
        ticket._push()
        self.assertEqual(len(self._stored()), 1)
        self.assertEqual(len(self.glpi.links), 1)
        self.assertEqual(len(self.glpi.tickets), 1)

    def test_token_revoked_between_ticket_and_file(self):
        ticket = self._with_files(("foto.png", "image/png", PNG))
        self.glpi.refuse("POST Document", 400, "ERROR_WRONG_APP_TOKEN_PARAMETER")
        self._push_fails(ticket)
        self.assertEqual((ticket.state, ticket.document_ids.state), ("open", "pending"))
        self.assertTrue(ticket.announced and ticket.can_push)
        self.glpi.behave()
        ticket.action_push()
        ticket._push()
        self.assertEqual(ticket.document_ids.state, "sent")
        self.assertFalse(ticket.can_push)
        self.assertEqual(len(self.glpi.tickets), 1)

    def test_broken_picture_and_empty_file_do_not_stop_the_others(self):
        ticket = self._with_files(
            ("quebrada.webp", "image/webp", b"no picture"),
            ("foto.png", "image/png", PNG),
        )
        ticket._push()
        states = sorted(ticket.document_ids.mapped("state"))
        self.assertEqual(states, ["refused", "sent"])

    def test_only_messages_of_the_own_conversation_are_taken(self):
        message = self._message_with(self._open(), ("foto.png", "image/png", PNG))
        ticket = self._ticket(media_refs=[f"message:{message.id}", "message:x", "attachment:1"])
        self.assertFalse(ticket.document_ids)
