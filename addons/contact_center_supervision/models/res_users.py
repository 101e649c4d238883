# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ResUsers(models.Model):
    """Supervisors start on the team view."""

    _inherit = "res.users"

    def _contact_center_home_action(self):
        home = super()._contact_center_home_action()
        at_desk = home == "contact_center.desk_action"
        if at_desk and self.has_group("contact_center.group_supervisor"):
            return "contact_center_supervision.team_action"
        return home
