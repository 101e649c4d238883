# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ExportCase


@tagged("post_install", "-at_install")
class TestConversationExport(ExportCase):
    def test_text_file_has_everything_said_and_no_note(self):
        conversation = self._conversation()
        text = self._render("contact_center_archive.conversation_report_text", conversation)
        self.assertIn(conversation.protocol, text)
        self.assertIn("Segue a foto & o laudo <hoje>", text)
        self.assertIn("laudo.pdf", text)
        self.assertIn("Recebido", text)
        self.assertNotIn("difícil", text)

    def test_report_lists_the_files_with_size_and_checksum(self):
        conversation = self._conversation()
        html = self._render("contact_center_archive.conversation_report", conversation)
        attachment = self.env["ir.attachment"].search([("name", "=", "laudo.pdf")], limit=1)
        self.assertIn("laudo.pdf", html)
        self.assertIn(attachment.checksum, html)
        self.assertIn("Recebido", html)
        self.assertNotIn("difícil", html)

    def test_nobody_exports_what_they_may_not_read(self):
        conversation = self._conversation()
        for report in ("conversation_report", "conversation_report_text"):
            for user in (self.colleague, self.outsider, self.employee):
                with self.assertRaises(AccessError):
                    self._render(f"contact_center_archive.{report}", conversation, user)
            for user in (self.agent, self.supervisor, self.manager):
                self.assertIn(
                    "Recebido", self._render(f"contact_center_archive.{report}", conversation, user)
                )


@tagged("post_install", "-at_install")
class TestConversationExportRoutes(ExportCase, HttpCase):
    def test_downloading_as_the_web_client_does(self):
        conversation = self._conversation()
        self.agent.password = self.outsider.password = "uma-senha-longa-2026"
        url = f"/report/text/contact_center_archive.report_conversation_text/{conversation.id}"
        self.authenticate(self.agent.login, "uma-senha-longa-2026")
        # The test's cursor is read-only at first, as with a replica: Odoo serves it once more
        with mute_logger("odoo.http"):
            self.assertIn("Recebido", self.url_open(url).text)
        self.authenticate(self.outsider.login, "uma-senha-longa-2026")
        with mute_logger("odoo.http"):
            answer = self.url_open(url)
        self.assertNotIn("Recebido", answer.text)
        self.assertEqual(answer.status_code, 403)
