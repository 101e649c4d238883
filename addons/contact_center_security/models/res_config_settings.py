# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .security import LEADERS


class ResConfigSettings(models.TransientModel):
    """Add an option for the users who need a second factor."""

    _inherit = "res.config.settings"

    auth_totp_policy = fields.Selection(
        selection_add=[(LEADERS, "Supervisors and administrators (group “Second factor required”)")]
    )
