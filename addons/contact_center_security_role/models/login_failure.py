# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class LoginFailure(models.Model):
    """Written by the system only, not even by system administrators."""

    _name = "contact_center.login.failure"
    _inherit = ["contact_center.login.failure", "contact_center.machine.row"]
