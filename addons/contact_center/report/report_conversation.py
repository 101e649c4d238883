from odoo import api, models


class ReportConversation(models.AbstractModel):
    """Values of the printed conversation; raises AccessError for one the user may not read."""

    _name = "report.contact_center.report_conversation"
    _description = "Printed Conversation"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Conversations and what was said in each (see `_export_values`), by conversation id."""
        docs = self.env["contact_center.conversation"].browse(docids)
        return {
            "doc_ids": docids,
            "doc_model": docs._name,
            "docs": docs,
            "exports": {doc.id: doc._export_values() for doc in docs},
        }


class ReportConversationText(models.AbstractModel):
    """The same as a text file; raises AccessError likewise."""

    _name = "report.contact_center.report_conversation_text"
    _description = "Conversation as Text"
    _plain_text = True

    @api.model
    def _get_report_values(self, docids, data=None):
        """Conversations, and their texts by conversation id."""
        docs = self.env["contact_center.conversation"].browse(docids)
        return {
            "doc_ids": docids,
            "doc_model": docs._name,
            "docs": docs,
            # Plain text: escaped by the template, see models/ir_actions_report.py
            "texts": {doc.id: doc._export_text() for doc in docs},
        }
