# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import UserError

from ..core.passwords import weakness
from .security import RULES_PARAMETER


class ResUsers(models.Model):
    """Refuses easily guessed passwords, beyond Odoo's minimum length."""

    _inherit = "res.users"

    def _check_password_policy(self, passwords):
        """Refuse easily guessed passwords, if the rules are switched on."""
        result = super()._check_password_policy(passwords)
        # sudo: ir.config_parameter - users changing their own password may not read it
        if not self.env["ir.config_parameter"].sudo().get_param(RULES_PARAMETER):
            return result
        _ = self.env._
        reasons = {
            "classes": _("Use letters together with numbers or signs."),
            "name": _("Your password is your name with numbers: choose other words."),
            "common": _("This password is among the first that are guessed: choose other words."),
            "repeated": _("This password repeats too few characters: choose other words."),
        }
        people = self if len(self) == len(passwords) else [self.browse()] * len(passwords)
        for user, password in zip(people, passwords, strict=True):
            found = weakness(password or "", (user.login or "", user.name or ""))
            if password and found:
                raise UserError(reasons[found])
        return result
