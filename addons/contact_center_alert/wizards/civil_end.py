# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError


class CivilEnd(models.TransientModel):
    """Switches the civil-defence mode off, with the reason."""

    _name = "contact_center.civil.end"
    _description = "Switch the Civil-Defence Mode off"

    run_id = fields.Many2one(
        "contact_center.civil.run", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Char(help="It stays on record.")

    def action_switch_off(self):
        """Switch the mode off."""
        self.ensure_one()
        run = self.run_id
        run._check_leads()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Write why: it stays on record."))
        if run.state != "active":
            raise UserError(self.env._("The civil-defence mode was switched off already."))
        run._switch_off(self.reason.strip())
        return {"type": "ir.actions.act_window_close"}
