# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ChatbotFlowExport(models.TransientModel):
    """The file of an exported flow, for download."""

    _name = "chatbot.flow.export"
    _description = "Exported Flow"

    filename = fields.Char(readonly=True)
    file = fields.Binary(readonly=True, attachment=False)
