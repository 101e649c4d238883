# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError


class PrivacyErase(models.TransientModel):
    """Asks for confirmation before a person's data is erased for good."""

    _name = "contact_center.privacy.erase"
    _description = "Erase Personal Data"

    request_id = fields.Many2one("contact_center.privacy.request", required=True, readonly=True)
    preview = fields.Html(related="request_id.preview")
    typed = fields.Char(string="Number of the request, to confirm")

    def action_confirm(self):
        """Start the erasure; there is no way back."""
        self.ensure_one()
        if (self.typed or "").strip().casefold() != self.request_id.name.casefold():
            raise UserError(
                self.env._("To confirm, write the number of the request: %s", self.request_id.name)
            )
        self.request_id._start_erasing()
        return {"type": "ir.actions.act_window_close"}
