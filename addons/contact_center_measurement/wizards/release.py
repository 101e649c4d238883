# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Release(models.TransientModel):
    """The dialog in which the city's inspector releases a measurement or refuses it."""

    _name = "contact_center.measurement.release"
    _description = "Release a Measurement"

    measurement_id = fields.Many2one("contact_center.measurement", required=True, readonly=True)
    remarks = fields.Text(help="Printed on the supplier performance report.")

    def action_release(self):
        """Release the measurement: the month may be invoiced."""
        self.ensure_one()
        self.check_access("write")
        self.measurement_id._decided_with(self.remarks, True)
        return {"type": "ir.actions.act_window_close"}

    def action_refuse(self):
        """Refuse it; the contractor makes another one."""
        self.ensure_one()
        self.check_access("write")
        self.measurement_id._decided_with(self.remarks, False)
        return {"type": "ir.actions.act_window_close"}
