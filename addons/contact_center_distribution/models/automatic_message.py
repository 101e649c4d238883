# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

KINDS = ("queued", "still_waiting", "transferred", "agent_left")


class AutomaticMessage(models.Model):
    """Messages to waiting citizens may tell how long it will take."""

    _inherit = "contact_center.automatic.message"

    @api.model
    def _known_placeholders(self, kind):
        """Add the forecast where citizens wait."""
        return super()._known_placeholders(kind) + (("previsao",) if kind in KINDS else ())

    @api.model
    def _placeholder_samples(self):
        """Add a sample of the forecast."""
        return {**super()._placeholder_samples(), "previsao": "entre 3 e 8 minutos"}
