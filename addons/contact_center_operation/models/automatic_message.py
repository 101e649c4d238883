# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

KIND = "maintenance_window"


class AutomaticMessage(models.Model):
    """The message to citizens who write during a maintenance window."""

    _inherit = "contact_center.automatic.message"

    kind = fields.Selection(
        selection_add=[(KIND, "Maintenance window")], ondelete={KIND: "cascade"}
    )

    @api.model
    def _known_placeholders(self, kind):
        return super()._known_placeholders(kind) + (("fim",) if kind == KIND else ())

    @api.model
    def _placeholder_samples(self):
        return {**super()._placeholder_samples(), "fim": "hoje às 22h"}
