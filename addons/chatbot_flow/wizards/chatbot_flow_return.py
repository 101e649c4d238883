from odoo import fields, models
from odoo.exceptions import UserError


class ChatbotFlowReturn(models.TransientModel):
    """An agent gives a conversation back to the robot, at a step of their choice."""

    _name = "chatbot.flow.return"
    _description = "Return to the Robot"

    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, readonly=True, ondelete="cascade"
    )
    choice_ids = fields.One2many("chatbot.flow.return.step", "return_id", readonly=True)
    step_id = fields.Many2one(
        "chatbot.flow.return.step",
        string="Go on at",
        domain="[('return_id', '=', id)]",
        help="The citizen is asked this next.",
    )

    def action_return(self):
        """Gives the conversation back and closes the window."""
        self.ensure_one()
        if not self.step_id or not self.conversation_id._return_to_flow(self.step_id.key):
            raise UserError(self.env._("Choose where the robot shall go on."))
        return {"type": "ir.actions.act_window_close"}
