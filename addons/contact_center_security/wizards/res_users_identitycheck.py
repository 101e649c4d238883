# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import AccessDenied, UserError


class ResUsersIdentitycheck(models.TransientModel):
    """Makes the password dialog say when attempts are refused."""

    _inherit = "res.users.identitycheck"

    def _check_identity(self):
        try:
            self.env["contact_center.login.failure"]._check_open("password", self.env.user.login)
        except AccessDenied as refused:
            raise UserError(str(refused)) from None
        return super()._check_identity()
