# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class Conversation(models.Model):
    """Values of a conversation for canned responses."""

    _inherit = "contact_center.conversation"

    def _canned_values(self):
        """Hook: return the values of canned responses' placeholders by name; empty if unknown."""
        self.ensure_one()
        return {**self._placeholder_values(), "atendente": self.env.user.name.split(" ")[0]}
