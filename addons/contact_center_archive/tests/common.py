# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.addons.contact_center.tests.common import ContactCenterCase


class ExportCase(ContactCenterCase):
    def _conversation(self):
        """Return a conversation with a file and an internal note."""
        conversation = self._in_service()
        conversation._receive(self._text("Segue a foto & o laudo <hoje>"))
        attachment = self.env["ir.attachment"].create({"name": "laudo.pdf", "raw": b"laudo"})
        message = conversation._receive(self._text(""))
        conversation._attach(message, attachment)
        self._answer(conversation, "Recebido")
        note = self._answer(conversation, "Cidadã difícil")
        note.sudo().write({"subtype_id": self.env.ref("mail.mt_note").id, "is_internal": True})
        return conversation

    def _render(self, report, conversation, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.agent)
        method = "_render_qweb_text" if report.endswith("_text") else "_render_qweb_html"
        return getattr(reports, method)(report, conversation.ids)[0].decode()
