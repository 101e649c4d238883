from odoo import api, fields, models


class ConversationTransfer(models.TransientModel):
    """Choose the queue, or the agent, that continues the service."""

    _name = "contact_center.conversation.transfer"
    _description = "Transfer a Contact Center Conversation"

    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, readonly=True, ondelete="cascade"
    )
    queue_id = fields.Many2one("contact_center.queue", required=True)
    available_user_ids = fields.Many2many("res.users", compute="_compute_available_user_ids")
    user_id = fields.Many2one(
        "res.users",
        string="Agent",
        domain="[('id', 'in', available_user_ids)]",
        help="Leave empty for the conversation to wait for any agent of the queue.",
    )

    @api.depends("queue_id", "conversation_id")
    def _compute_available_user_ids(self):
        for wizard in self:
            wizard.available_user_ids = wizard.queue_id.member_ids - wizard.conversation_id.agent_id

    @api.onchange("queue_id")
    def _onchange_queue_id(self):
        if self.user_id not in self.available_user_ids:
            self.user_id = False

    def action_transfer(self):
        """Transfer the conversation to the chosen queue or agent."""
        self.ensure_one()
        self.conversation_id.action_transfer(self.queue_id, self.user_id)
        return {"type": "ir.actions.act_window_close"}
