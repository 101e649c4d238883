# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ResUsers(models.Model):
    """Whose figures, and whose data, the city's people may see."""

    _inherit = "res.users"

    def _contact_center_figure_queues(self):
        """Limit people of the city to the queues that were set for them."""
        queues = super()._contact_center_figure_queues()
        if not self._is_of_city():
            return queues
        # sudo: res.users - one's own restriction, which only administrators change
        limited = self.sudo().contact_center_city_queue_ids
        if not limited:
            return queues
        return limited if queues is None else queues & limited

    def _contact_center_sees_citizens(self):
        """Leave out people of the city without that right."""
        return super()._contact_center_sees_citizens() and self._sees_citizens()
