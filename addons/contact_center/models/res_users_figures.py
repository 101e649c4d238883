# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .conversation_visibility import LEADERS


class ResUsers(models.Model):
    """Whose figures a person may see, for what counts with system rights."""

    _inherit = "res.users"

    def _contact_center_sees_figures(self):
        """Return whether this user sees figures of the whole center: supervisors and managers."""
        self.ensure_one()
        return any(self.has_group(group) for group in LEADERS)

    def _contact_center_figure_queues(self):
        """Return the queues whose figures this user may see; None: no queue is left out (hook).

        Companies are another limit, see `conversation._visible_domain`.
        """
        self.ensure_one()
        return

    def _contact_center_sees_citizens(self):
        """Return whether this leader may see citizens' data besides figures (hook)."""
        self.ensure_one()
        return True
