from odoo import fields, models


class ChatbotFlowReturnStep(models.TransientModel):
    """A step on offer: agents may not read flows, so its title is copied for them."""

    _name = "chatbot.flow.return.step"
    _description = "Return to the Robot: Step"

    return_id = fields.Many2one("chatbot.flow.return", required=True, ondelete="cascade")
    key = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, readonly=True)
