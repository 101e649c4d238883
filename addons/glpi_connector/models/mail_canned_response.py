from odoo import api, models


class CannedResponse(models.Model):
    """The number of the citizen's GLPI ticket in canned responses."""

    _inherit = "mail.canned.response"

    @api.model
    def _known_placeholders(self):
        return (*super()._known_placeholders(), "ticket")
