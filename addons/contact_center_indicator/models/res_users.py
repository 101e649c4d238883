# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

# A boolean of `contact_center.person` for each side of the contract
DUTIES = {
    "is_contract_inspector": "contact_center_indicator.group_contract_inspector",
    "is_contract_manager": "contact_center_indicator.group_contract_manager",
}


class ResUsers(models.Model):
    """Adds those who answer for the contract to the people of the contact center."""

    _inherit = "res.users"

    @api.model
    def _contact_center_duties(self):
        return {**super()._contact_center_duties(), **DUTIES}
