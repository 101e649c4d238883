# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class IrUiMenu(models.Model):
    """The virtual assistant's group on the settings page."""

    _inherit = "ir.ui.menu"

    settings_group = fields.Selection(
        selection_add=[("words",), ("assistant", "Virtual assistant (flows)"), ("privacy",)],
        ondelete={"assistant": "set null"},
    )

    @api.model
    def _settings_icons(self):
        return {**super()._settings_icons(), "assistant": "fa-magic"}
