# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class ReportConversation(models.AbstractModel):
    """Return a printed conversation's values; AccessError if the user may not read it."""

    _name = "report.contact_center_archive.report_conversation"
    _description = "Printed Conversation"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the conversations and their content by id (see `_export_values`)."""
        docs = self.env["contact_center.conversation"].browse(docids)
        return {
            "doc_ids": docids,
            "doc_model": docs._name,
            "docs": docs,
            "exports": {doc.id: doc._export_values() for doc in docs},
        }


class ReportConversationText(models.AbstractModel):
    """Return the same as a text file; also raises AccessError."""

    _name = "report.contact_center_archive.report_conversation_text"
    _description = "Conversation as Text"
    _plain_text = True

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return conversations, and their texts by conversation id."""
        docs = self.env["contact_center.conversation"].browse(docids)
        return {
            "doc_ids": docids,
            "doc_model": docs._name,
            "docs": docs,
            # Plain text: escaped by the template, see models/ir_actions_report.py
            "texts": {doc.id: doc._export_text() for doc in docs},
        }
