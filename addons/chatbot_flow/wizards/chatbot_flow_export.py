from odoo import fields, models


class ChatbotFlowExport(models.TransientModel):
    """A file on its way to whoever exports a flow."""

    _name = "chatbot.flow.export"
    _description = "Exported Flow"

    filename = fields.Char(readonly=True)
    file = fields.Binary(readonly=True, attachment=False)
