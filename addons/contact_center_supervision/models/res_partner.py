# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class ResPartner(models.Model):
    """Agents' contacts as the city sees them: under registration numbers."""

    _inherit = "res.partner"

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Hide the names of agents where their contact is shown instead of their user."""
        super()._compute_display_name()
        if not self.env.user._contact_center_sees_numbers():
            return
        # sudo: res.users - who is an agent, to hide the name
        users = self.sudo().user_ids.with_env(self.env)
        for user in users - self.env.user:
            user.partner_id.with_env(self.env).display_name = user.display_name
