# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ResUsers(models.Model):
    """Administrators start on the health page once the first steps are done."""

    _inherit = "res.users"

    def _contact_center_home_action(self):
        self.ensure_one()
        is_administrator = self.has_group("contact_center.group_administrator")
        if is_administrator and not self.env["contact_center.first.steps"]._are_open():
            return "contact_center_operation.health_action"
        return super()._contact_center_home_action()
