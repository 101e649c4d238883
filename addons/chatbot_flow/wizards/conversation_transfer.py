# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.steps import INPUT_KINDS


class ConversationTransfer(models.TransientModel):
    """Lets a conversation go back to the bot, at a step of the agent's choice."""

    _inherit = "contact_center.conversation.transfer"

    target = fields.Selection(selection_add=[("flow", "Bot")], ondelete={"flow": "set default"})
    step_key = fields.Char(string="Go on at", help="The citizen is asked this next.")
    step_options = fields.Json(
        compute="_compute_step_options",
        help="Steps on offer, {id, name}: agents may not read flows, so the titles are copied.",
    )

    @api.depends("conversation_id")
    def _compute_step_options(self):
        for wizard in self:
            wizard.step_options = []
            if wizard.conversation_id.has_access("read"):
                session = wizard.conversation_id._flow_session()
                steps = session.version_id._compiled().steps.values() if session else ()
                wizard.step_options = [
                    {"id": step.key, "name": step.title}
                    for step in steps
                    if step.kind in INPUT_KINDS
                ]

    def _transfer(self):
        if self.target != "flow":
            return super()._transfer()
        conversation = self.conversation_id
        if not self.step_key or not conversation._return_to_flow(
            self.step_key, self.reason, self.note
        ):
            raise UserError(self.env._("Choose where the bot should continue."))
        return None
