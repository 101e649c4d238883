# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from odoo.addons.contact_center.models.agent_state import BY_HAND


class AgentStateChange(models.TransientModel):
    """Ask for the state and the reason, then change what an agent is doing."""

    _name = "contact_center.agent.state.change"
    _description = "Change an Agent's State"

    user_id = fields.Many2one(
        "res.users", string="Agent", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        selection="_selection_kind", string="State", required=True, default="available"
    )
    reason = fields.Char(required=True, help="The agent reads it.")

    @api.model
    def _selection_kind(self):
        """Return the states to which a supervisor may change."""
        field = self.env["contact_center.agent.state"]._fields["kind"]
        allowed = (*BY_HAND, "logged_out")
        return [entry for entry in field._description_selection(self.env) if entry[0] in allowed]

    def action_change(self):
        """Change the state; the agent is told by whom, and why."""
        self.ensure_one()
        states = self.env["contact_center.agent.state"]
        states.set_for(self.user_id.id, self.kind, self.reason)
        return {"type": "ir.actions.act_window_close"}
