from odoo import models
from odoo.exceptions import AccessDenied, UserError


class ResUsersIdentitycheck(models.TransientModel):
    """The dialog that asks for the password again says when it refuses to look."""

    _inherit = "res.users.identitycheck"

    def _check_identity(self):
        try:
            self.env["contact_center.login.failure"]._check_open("password", self.env.user.login)
        except AccessDenied as refused:
            raise UserError(str(refused)) from None
        return super()._check_identity()
