# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class CannedResponse(models.Model):
    """Adds the number of the citizen's GLPI ticket to canned responses."""

    _inherit = "mail.canned.response"

    @api.model
    def _known_placeholders(self):
        return (*super()._known_placeholders(), "ticket")

    @api.model
    def _placeholder_samples(self):
        return {**super()._placeholder_samples(), "ticket": "4711"}
