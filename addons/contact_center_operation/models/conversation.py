# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.contact_center.core import lifecycle

from .automatic_message import KIND


class Conversation(models.Model):
    """Tells citizens who write during a maintenance window when it ends."""

    _inherit = "contact_center.conversation"

    def _on_received(self, incoming, message):
        """Send the automatic message about the maintenance window, once in each conversation."""
        super()._on_received(incoming, message)
        if self.state in (lifecycle.SURVEY, lifecycle.CLOSED):
            return
        window = self.env["contact_center.maintenance.window"]._current()
        if window:
            self._automatic(KIND, fim=window._end_text(self))
