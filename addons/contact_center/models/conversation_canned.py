# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class Conversation(models.Model):
    """Values of a conversation for canned responses."""

    _inherit = "contact_center.conversation"

    def _canned_values(self):
        """Return the values of placeholders by name; empty if unknown (hook).

        Those of canned responses.
        """
        self.ensure_one()
        return {**self._placeholder_values(), "atendente": self.env.user.name.split(" ")[0]}
