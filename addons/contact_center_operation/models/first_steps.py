# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class FirstSteps(models.AbstractModel):
    """Leads from the first steps to the health page."""

    _inherit = "contact_center.first.steps"

    @api.model
    def _then(self):
        return {
            "label": self.env._("System health"),
            "action": "contact_center_operation.health_action",
        }
