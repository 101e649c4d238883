# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center_archive.tests.common import ExportCase
from odoo.addons.contact_center_archive.tests.test_data_export import DataExportCase
from odoo.addons.contact_center_privacy.tests.test_access_log import AccessCase


@tagged("post_install", "-at_install")
class TestArchiveAndAccessLog(AccessCase):
    """Searching the archive and exporting from it leave their lines."""

    def test_archive(self):
        conversation = self._in_service()
        conversation.with_user(self.agent).discuss_channel_id.message_post(
            body="Vou verificar", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.env["contact_center.archive.message"]._index_batch(1000)
        of_it = [("conversation_id", "=", conversation.id)]
        archive = self._as("contact_center.archive.message")
        self.assertTrue(archive.search(of_it))
        lines = self._lines(lambda: archive.web_search_read(of_it, {"content": {}}))
        self.assertEqual(lines.conversation_id, conversation)
        self.assertIn(
            "exported",
            self._lines(lambda: archive.search(of_it).export_data(["content"])).mapped("kind"),
        )

    def test_what_was_searched_for(self):
        self.env["contact_center.archive.message"]._index_batch(1000)
        archive = self._as("contact_center.archive.message")
        domain = [("text_search", "ilike", "fechadura")]
        lines = self._lines(lambda: archive.web_search_read(domain, {"content": {}}))
        self.assertIn("searched", lines.mapped("kind"))
        self.assertIn("fechadura", lines.filtered(lambda line: line.kind == "searched").details)


@tagged("post_install", "-at_install")
class TestTranscriptAndAccessLog(ExportCase):
    def test_printing_is_in_the_access_log(self):
        conversation = self._conversation()
        self._render("contact_center_archive.conversation_report_text", conversation)
        log = self.env["contact_center.access.log"].search(
            [("conversation_id", "=", conversation.id), ("kind", "=", "printed")]
        )
        self.assertEqual(log.user_id, self.agent)


@tagged("post_install", "-at_install")
class TestDataExportAndAccessLog(DataExportCase):
    def test_asking_is_in_the_access_log(self):
        export = self._start(self._data_export())
        log = self.env["contact_center.access.log"].search(
            [("user_id", "=", self.administrator.id), ("kind", "=", "exported")], limit=1
        )
        self.assertIn(export.purpose, log.details)
