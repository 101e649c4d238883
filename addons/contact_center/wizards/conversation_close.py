# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ConversationClose(models.TransientModel):
    """Ask what the conversation was about, then close it."""

    _name = "contact_center.conversation.close"
    _description = "Close a Contact Center Conversation"

    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, readonly=True, ondelete="cascade"
    )
    queue_id = fields.Many2one(related="conversation_id.queue_id")
    disposition_id = fields.Many2one(
        "contact_center.disposition",
        required=True,
        domain="['|', ('queue_ids', '=', False), ('queue_ids', 'in', queue_id)]",
        help="Those that you used last come first; type a part of the name to search.",
    )

    def action_close(self):
        """Close the conversation with the chosen disposition."""
        self.ensure_one()
        self.conversation_id.action_close(self.disposition_id)
        return {"type": "ir.actions.act_window_close"}
