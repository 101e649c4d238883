# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class IrUiMenu(models.Model):
    """The group of text messages on the page of settings."""

    _inherit = "ir.ui.menu"

    settings_group = fields.Selection(
        selection_add=[("words",), ("sms", "Text messages (SMS)"), ("privacy",)],
        ondelete={"sms": "set null"},
    )

    @api.model
    def _settings_icons(self):
        return {**super()._settings_icons(), "sms": "fa-commenting-o"}
