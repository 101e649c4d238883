# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import UserError


class DashboardShare(models.Model):
    """Keeps the centre's dashboards inside: no public link with their figures."""

    _inherit = "spreadsheet.dashboard.share"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse to publish a dashboard of the contact center under a link without login."""
        group = self.env.ref("contact_center_dashboard.dashboard_group")
        shares = super().create(vals_list)
        # sudo: spreadsheet.dashboard - to which group it belongs
        if group.id in shares.sudo().dashboard_id.dashboard_group_id.ids:
            raise UserError(
                self.env._(
                    "Dashboards of the contact center are not published under a link. Download "
                    "the figures instead, or give the person a role that sees them."
                )
            )
        return shares
