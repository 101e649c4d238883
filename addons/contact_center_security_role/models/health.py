# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class Health(models.AbstractModel):
    """Checks whether the login rules are on, and followed by users who see everything."""

    _inherit = "contact_center.health"

    @api.model
    def _checks(self):
        return {
            "security": ("security", self._check_security),
            "second_factor": ("security", self._check_second_factor),
            **super()._checks(),
        }

    @api.model
    def _check_security(self):
        _ = self.env._
        missing = self.env["contact_center.security"]._missing()
        return self._result(
            "warning" if missing else "ok",
            _("Rules of access"),
            _("Switched off: %s.", ", ".join(missing))
            if missing
            else _("Passwords, second factor, idle screens and wrong passwords have their rules."),
            _("The administrator's guide, page on security, says how to switch them on."),
        )

    @api.model
    def _check_second_factor(self):
        _ = self.env._
        group = self.env.ref("contact_center.group_supervisor")
        people = group.all_user_ids.filtered(
            lambda user: (
                user.active
                and not user.share
                and not user._mfa_type()
                and not user.auth_passkey_key_ids
            )
        )
        people -= self.env.ref("base.user_root")
        if not people:
            return self._result("ok", _("Second factor"), _("All supervisors have one."))
        return self._result(
            "warning",
            _("Second factor"),
            _("Without one: %s.", ", ".join(people.mapped("name")[:5])),
            _("Let them switch it on under Preferences, Security."),
        )
