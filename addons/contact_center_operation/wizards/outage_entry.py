# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError


class OutageEntry(models.TransientModel):
    """Dialog to add a note or the cause to an outage, or how the city was told."""

    _name = "contact_center.outage.entry"
    _description = "Entry for an Outage"

    outage_id = fields.Many2one(
        "contact_center.outage", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("note", "Note"), ("cause", "Cause"), ("told", "The city was told")],
        required=True,
        default="note",
    )
    text = fields.Text(required=True)

    def action_save(self):
        """Add it to the outage."""
        self.ensure_one()
        text = (self.text or "").strip()
        if not text:
            raise UserError(self.env._("Write a few words: they stay on record."))
        self.outage_id._add_entry(self.kind, text)
        return {"type": "ir.actions.act_window_close"}
