# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class Health(models.AbstractModel):
    """Titles of the distribution's jobs on the health page."""

    _inherit = "contact_center.health"

    @api.model
    def _job_titles(self):
        return {**super()._job_titles(), "root.distribution": self.env._("Jobs of distribution")}
