# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class GlpiGiveUp(models.TransientModel):
    """Dialog in which an agent says why something is no longer to be sent to GLPI."""

    _name = "glpi.give.up"
    _description = "Give Up Sending to GLPI"

    ticket_id = fields.Many2one("glpi.ticket", readonly=True, ondelete="cascade")
    outbox_id = fields.Many2one("glpi.outbox", readonly=True, ondelete="cascade")
    reason = fields.Text(required=True)

    @api.model
    def _dialog(self, **what):
        """Return the action that opens the dialog for a ticket_id or an outbox_id."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Give up sending"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{name}": value for name, value in what.items()},
        }

    def action_give_up(self):
        """Stop sending it."""
        self.ensure_one()
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Please give the reason: your colleagues read it."))
        (self.outbox_id or self.ticket_id)._give_up(reason)
        return {"type": "ir.actions.act_window_close"}
