# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models


class Freeze(models.TransientModel):
    """The dialog in which an administrator has days closed, or counted again."""

    _name = "contact_center.indicator.freeze"
    _description = "Close Days"

    kind = fields.Selection(
        [("frozen", "Close days"), ("recomputed", "Count closed days again")],
        required=True,
        default="frozen",
    )
    date_from = fields.Date(string="From", required=True, default=lambda self: self._yesterday())
    date_until = fields.Date(string="Until", required=True, default=lambda self: self._yesterday())

    @api.model
    def _yesterday(self):
        return self.env["contact_center.indicator.source"]._today() - timedelta(days=1)

    def action_begin(self):
        """Begin, and open the list that tells how far it is."""
        self.ensure_one()
        self.check_access("write")
        self.env["contact_center.indicator.run"]._begin(self.kind, self.date_from, self.date_until)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center_indicator.indicator_run_action"
        )
