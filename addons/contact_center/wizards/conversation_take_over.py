# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ConversationTakeOver(models.TransientModel):
    """Ask why, then continue another agent's service."""

    _name = "contact_center.conversation.take.over"
    _description = "Take Over a Contact Center Conversation"

    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, readonly=True, ondelete="cascade"
    )
    agent_id = fields.Many2one(related="conversation_id.agent_id")
    reason = fields.Char(required=True, help="The present agent will read it.")

    def action_take_over(self):
        """Take the conversation over; its agent is told the reason."""
        self.ensure_one()
        self.conversation_id.action_take_over(self.reason)
        return {"type": "ir.actions.act_window_close"}
