# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

OFFICER = "contact_center_privacy.group_privacy_officer"


class ResUsers(models.Model):
    """Adds the data protection officer to the people of the contact center."""

    _inherit = "res.users"

    @api.model
    def _contact_center_duties(self):
        return {**super()._contact_center_duties(), "is_privacy_officer": OFFICER}

    def _contact_center_home_action(self):
        """Officers without another role start on citizens' requests."""
        home = super()._contact_center_home_action()
        if not home and self.has_group(OFFICER):
            return "contact_center_privacy.request_action"
        return home
