# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestArchive(ContactCenterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Archive = cls.env["contact_center.archive.message"]
        while cls.Archive._index_batch():
            pass

    def _index(self):
        while self.Archive._index_batch(limit=3):
            pass

    def _find(self, text, user=None, **domain):
        found = self.Archive.with_user(user or self.supervisor).search(
            [("text_search", "ilike", text)] + list(domain.get("also", []))
        )
        return found.mapped("content")

    def test_words_are_found_without_accents_and_in_other_forms(self):
        conversation = self._in_service()
        conversation._receive(self._text("Minhas SOLICITAÇÕES de impressoras não chegaram"))
        self._index()
        for text in ("solicitação", "solicitacao", "impressora", "Não chegou", '"nao chegaram"'):
            self.assertEqual(len(self._find(text)), 1, text)
        for text in ("teclado", '"chegaram nao"', "impressora -chegaram"):
            self.assertFalse(self._find(text), text)
        self.assertEqual(len(self._find("teclado OR impressora")), 1)

    def test_filters_by_who_spoke_and_by_the_conversation(self):
        conversation = self._in_service()
        conversation._receive(self._text("Quebrou a fechadura"))
        self._answer(conversation, "Vamos trocar a fechadura")
        self._index()
        self.assertEqual(
            self._find("fechadura", also=[("author_kind", "=", "citizen")]),
            ["Quebrou a fechadura"],
        )
        self.assertEqual(
            self._find("fechadura", also=[("author_kind", "=", "team")]),
            ["Vamos trocar a fechadura"],
        )
        in_queue = [("queue_id", "=", self.queue.id), ("agent_id", "=", self.agent.id)]
        self.assertEqual(len(self._find("fechadura", also=in_queue)), 2)
        self.assertFalse(self._find("fechadura", also=[("queue_id", "=", self.other_queue.id)]))
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        self.assertFalse(self._find("fechadura", also=[("at", ">", tomorrow)]))

    def test_everybody_finds_what_they_may_read(self):
        conversation = self._in_service()
        conversation._receive(self._text("Assunto sigiloso"))
        self._index()
        for user, expected in (
            (self.agent, 1),
            (self.supervisor, 1),
            (self.administrator, 1),
            (self.manager, 1),
            (self.colleague, 0),
            (self.outsider, 0),
        ):
            self.assertEqual(len(self._find("sigiloso", user)), expected, user.login)
        with self.assertRaises(AccessError):
            self._find("sigiloso", self.employee)
        row = self.Archive.search([("conversation_id", "=", conversation.id)], limit=1)
        with self.assertRaises(AccessError):
            row.with_user(self.colleague).action_open_conversation()

    def test_the_web_client_finds_the_same(self):
        conversation = self._in_service()
        conversation._receive(self._text("Lâmpada queimada"))
        self._index()
        found = self.Archive.with_user(self.agent).web_search_read(
            [("text_search", "ilike", "lampadas")], {"content": {}, "conversation_id": {}}
        )
        self.assertEqual(found["length"], 1)
        action = (
            self.Archive.browse(found["records"][0]["id"])
            .with_user(self.agent)
            .action_open_conversation()
        )
        message = self.env["mail.message"].browse(action["params"]["highlight_message_id"])
        self.assertIn("Lâmpada", message.body)

    def test_only_small_words_are_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "at least one word"):
            self._find("de a para")

    def test_indexing_again_adds_nothing(self):
        self._in_service()
        self._index()
        before = self.Archive.search_count([])
        self._index()
        self.assertEqual(self.Archive.search_count([]), before)

    def test_a_message_that_ends_late_is_taken_in(self):
        conversation = self._in_service()
        conversation._receive(self._text("primeira"))
        conversation._receive(self._text("segunda"))
        self._index()
        late = self.Archive.search([("content", "=", "primeira")])
        self.env.cr.execute("DELETE FROM contact_center_archive_message WHERE id = %s", [late.id])
        self.env.invalidate_all()
        self._index()
        self.assertEqual(len(self._find("primeira")), 1)

    def test_changed_text_is_found_as_it_is_now(self):
        conversation = self._in_service()
        message = conversation._receive(self._text("antes"))
        self._index()
        message.sudo().body = "depois"
        self.assertFalse(self._find("antes"))
        self.assertEqual(self._find("depois"), ["depois"])

    def test_waits_for_the_next_run_when_a_conversation_is_locked(self):
        with (
            patch.object(type(self.Archive), "_index_batch", side_effect=SerializationFailure),
            patch.object(self.env.cr, "rollback") as rolled_back,
        ):
            self.Archive._cron_index()
        rolled_back.assert_called_once()

    def test_names_of_files_are_found(self):
        conversation = self._in_service()
        attachment = self.env["ir.attachment"].create({"name": "planilha.pdf", "raw": b"x"})
        message = conversation._receive(self._text("segue"))
        conversation._attach(message, attachment)
        self._index()
        self.assertEqual(len(self._find("planilha.pdf")), 1)

    def test_deleted_message_leaves_the_archive(self):
        message = self._in_service()._receive(self._text("efêmera"))
        self._index()
        self.env.cr.execute("DELETE FROM mail_message WHERE id = %s", [message.id])
        self.env.invalidate_all()
        self.assertFalse(self._find("efemera"))
