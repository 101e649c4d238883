# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class IrUiMenu(models.Model):
    """The GLPI group on the settings page."""

    _inherit = "ir.ui.menu"

    settings_group = fields.Selection(
        selection_add=[("assistant",), ("glpi", "GLPI"), ("privacy",)],
        ondelete={"glpi": "set null"},
    )

    @api.model
    def _settings_icons(self):
        return {**super()._settings_icons(), "glpi": "fa-ticket"}
