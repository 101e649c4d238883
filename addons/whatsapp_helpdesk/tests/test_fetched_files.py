# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import tagged

from ..cloud_api.client import CloudApi
from .common import MARIA, PHOTO
from .test_inbound_types import InboundCase

IMAGE = {"id": "555", "mime_type": "image/png", "caption": "a placa"}
ADVERTISEMENT = {"source_url": "https://example.org/a", "headline": "Vacinação", "body": "Sábado"}


@tagged("post_install", "-at_install")
class TestFetchedFiles(InboundCase):
    """A file that arrives later changes only its own message, and checks its state anew."""

    def setUp(self):
        super().setUp()
        self.conversation = self.in_service()
        self.meta.files["555"] = (PHOTO, "image/png")

    def photo(self, **fields):
        """Let Maria send a photo; return its whatsapp.message, with the file fetched."""
        self.deliver(self.inbound(type="image", image=IMAGE, **fields))
        return self.Message.search([("direction", "=", "in")], order="id desc", limit=1)

    def shown(self, record):
        """Return the text that an agent reads now."""
        record.mail_message_id.invalidate_recordset()
        return self.text(record)

    def test_advertisement_catalogue_and_quote_stay_above(self):
        product = {"catalog_id": "c", "product_retailer_id": "sku1"}
        for fields, words in (
            ({"referral": ADVERTISEMENT}, "Vacinação"),
            ({"context": {"referred_product": product}}, "sku1"),
            ({"context": {"id": "wamid.gone"}}, "não está aqui"),
            ({"referral": ADVERTISEMENT, "context": {"id": "wamid.gone"}}, "Sábado"),
        ):
            with self.subTest(words=words):
                self.env["res.lang"]._activate_lang("pt_BR")
                record = self.photo(**fields)
                self.assertEqual(record.media_state, "done")
                self.assertIn(words, self.shown(record))
                self.assertIn("a placa", self.shown(record))
                self.assertTrue(record.mail_message_id.attachment_ids)
                self.assertNotIn("baixando", self.shown(record))

    def test_they_stay_when_the_file_is_gone(self):
        self.meta.files.clear()
        record = self.photo(referral=ADVERTISEMENT)
        self.assertEqual(record.media_state, "failed")
        self.assertIn("Vacinação", self.shown(record))
        self.assertIn("a placa", self.shown(record))

    def test_they_stay_when_the_caption_is_corrected(self):
        record = self.photo(referral=ADVERTISEMENT)
        part = {"type": "image", "image": {"caption": "outra placa"}}
        self.change("edit", record, message=part)
        self.assertIn("Vacinação", self.shown(record))
        self.assertIn("outra placa", self.shown(record))
        text = self.receive(text="sala 12", referral=ADVERTISEMENT)
        self.correct(text, "sala 21")
        self.assertIn("Vacinação", self.shown(text))
        self.assertIn("sala 21", self.shown(text))

    def test_quotes_that_the_citizen_typed_do_not_pile_up(self):
        record = self.receive(text="> ontem\nhoje")
        for text in ("> ontem\namanhã", "> anteontem\nontem"):
            self.correct(record, text)
        self.assertEqual(self.shown(record).count("ontem"), 2)
        self.assertNotIn("hoje", self.shown(record))

    # ------------------------------------------------------------
    # Meanwhile
    # ------------------------------------------------------------

    @contextmanager
    def meanwhile(self, change):
        """Run a function while the file is on its way."""
        real = CloudApi.download

        def download(api, info, limit):
            content = real(api, info, limit)
            # As if by somebody else: nothing of it is in this transaction's memory
            change()
            self.env.flush_all()
            return content

        with patch.object(CloudApi, "download", download):
            yield

    def test_conversation_that_was_closed_meanwhile(self):
        told = []
        conversation = self.conversation

        def close():
            self.env.cr.execute(
                "UPDATE contact_center_conversation SET state = 'closed', outcome = 'resolved',"
                " closed_at = now() WHERE id = %s",
                [conversation.id],
            )

        message_class = self.registry["mail.message"]
        with (
            self.meanwhile(close),
            patch.object(message_class, "_show_again", lambda message: told.append(message.id)),
        ):
            self.assertEqual(conversation.state, "in_service")
            record = self.photo()
        self.assertEqual(conversation.state, "closed")
        self.assertEqual(record.media_state, "done")
        self.assertTrue(record.mail_message_id.attachment_ids, "the file is on record")
        self.assertFalse(told, "nobody has the conversation on the screen")

    def test_texts_that_were_erased_meanwhile(self):
        def erase():
            self.env.cr.execute(
                "UPDATE whatsapp_message SET payload = NULL WHERE media_state = 'pending'"
            )

        with self.meanwhile(erase):
            record = self.photo()
        self.assertFalse(record.attachment_id)
        self.assertFalse(record.mail_message_id.attachment_ids)

    def test_file_that_another_job_fetched_meanwhile(self):
        def fetched():
            self.env.cr.execute(
                "UPDATE whatsapp_message SET media_state = 'done' WHERE media_state = 'pending'"
            )

        with self.meanwhile(fetched):
            record = self.photo()
        self.assertFalse(record.mail_message_id.attachment_ids, "not twice")

    def test_transaction_ends_before_the_conversation_is_read(self):
        commits = []
        worker = self.registry["whatsapp.message"]
        real = worker._commit
        order = []
        with (
            patch.object(worker, "_commit", lambda one: (commits.append(1), real(one))),
            patch.object(worker, "_show_media", lambda *_args: order.append(len(commits))),
        ):
            self.photo()
        self.assertEqual(len(order), 1)
        self.assertGreaterEqual(order[0], 1, "a new snapshot, after the download")

    # ------------------------------------------------------------
    # Too large
    # ------------------------------------------------------------

    def test_too_large_is_told_and_stays_told(self):
        errors = [{"code": 131052, "title": "Media download error"}]
        video = {"id": "nope", "mime_type": "video/mp4", "caption": "o buraco"}
        self.meta.requests.clear()
        self.deliver(self.inbound(type="video", video=video, errors=errors))
        record = self.Message.search([("direction", "=", "in")], order="id desc", limit=1)
        with self.jobs():
            record.with_user(self.administrator).action_fetch_media()
            self.Event._sweep_all()
        self.assertIn("grande demais", self.shown(record.with_context(lang="pt_BR")))
        self.assertIn("o buraco", self.shown(record))
        self.assertNotIn("não está mais disponível", self.shown(record))
        self.assertFalse([r for r in self.meta.requests if "nope" in r.url], "never asked for")
        self.assertIn("grande demais", self.meta.texts()[-1], "the citizen is told too")


@tagged("post_install", "-at_install")
class TestContents(InboundCase):
    """Contents found in other libraries' payloads are shown as what they are."""

    def test_cards_with_everything_in_them(self):
        self.in_service()
        cards = [
            {
                "name": {"formatted_name": "João"},
                "birthday": "2012-08-18",
                "urls": [{"url": "https://x.example"}],
                "addresses": [{"street": "Rua B 20", "city": "Monlevade"}],
                "org": {"company": "PMJM", "department": "TI", "title": "Diretor"},
            },
            {"vcard": "BEGIN:VCARD\nFN:Ana\nTEL:+5531988887777\nEND:VCARD"},
        ]
        shown = self.text(self.receive(type="contacts", contacts=cards))
        for words in ("Rua B 20, Monlevade", "x.example", "18/08/2012", "TI", "PMJM", "Diretor"):
            self.assertIn(words, shown)
        self.assertIn("Ana", shown)
        self.assertIn("+5531988887777", shown)
        self.assertNotIn("Sem nome", shown)

    def test_voice_as_a_type(self):
        self.in_service()
        self.meta.files["v1"] = (b"OggS", "audio/ogg")
        part = {"id": "v1", "mime_type": "audio/ogg; codecs=opus"}
        for fields in ({"voice": part}, {"audio": part}):
            self.deliver(self.inbound(type="voice", **fields))
            record = self.Message.search([("direction", "=", "in")], order="id desc", limit=1)
            self.assertTrue(record.mail_message_id.attachment_ids.voice_ids)

    def test_files_of_a_form(self):
        conversation = self.in_service()
        self.meta.files.update({"790": (PHOTO, "image/png"), "791": (b"%PDF", "application/pdf")})
        answers = {
            "flow_token": "t",
            "nome": "Ana",
            "photo_picker": [
                {"file_name": "poste.png", "mime_type": "image/png", "sha256": "", "id": 790}
            ],
            "document_picker": [
                {"file_name": "laudo.pdf", "mime_type": "application/pdf", "id": "791"}
            ],
        }
        reply = {"name": "flow", "body": "Sent", "response_json": json.dumps(answers)}
        with self.bot():
            self.deliver(
                self.inbound(
                    type="interactive", interactive={"type": "nfm_reply", "nfm_reply": reply}
                )
            )
        messages = conversation.discuss_channel_id.message_ids.sorted("id")
        self.assertIn("nome: Ana", messages[-3].body)
        self.assertNotIn("790", messages[-3].body)
        names = messages.attachment_ids.mapped("name")
        self.assertEqual(sorted(names), ["laudo.pdf", "poste.png"])

    def test_unknown_type_with_something_to_read(self):
        self.in_service()
        part = {"title": "Festa junina", "options": ["sim", "não"], "id": "1"}
        shown = self.text(self.receive(type="event_invite", event_invite=part))
        self.assertIn("event_invite", shown)
        self.assertIn("Festa junina", shown)
        self.meta.files["n1"] = (b"mp4", "video/mp4")
        note = {"id": "n1", "mime_type": "video/mp4"}
        self.deliver(self.inbound(type="video_note", video_note=note))
        record = self.Message.search([("direction", "=", "in")], order="id desc", limit=1)
        self.assertTrue(record.mail_message_id.attachment_ids)

    def test_type_that_is_not_said(self):
        self.in_service()
        message = {"id": "wamid.u", "from": MARIA["wa_id"], "text": {"body": "sem tipo"}}
        self.deliver(self.call({"messages": [message]}))
        self.assertEqual(self.text(self.Message.search([("wamid", "=", "wamid.u")])), "sem tipo")

    def test_unknown_system_type(self):
        conversation = self.in_service()
        system = {"type": "group_moved", "body": "Something happened"}
        self.deliver(self.call({"messages": [self.message(type="system", system=system)]}))
        self.assertIn("Something happened", self.said(conversation)[-1])
        other = {"wa_id": "553188880000", "name": "Zé"}
        message = self.message(other, type="system", system=system)
        self.deliver(self.call({"messages": [message]}))
        kept = self.Message.search([("wamid", "=", message["id"])])
        self.assertIn("Something happened", kept.kept_body)
        self.assertFalse(kept.conversation_id)
