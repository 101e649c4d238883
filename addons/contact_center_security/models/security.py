# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from .login_failure import ATTEMPTS_PARAMETER, LOCK_PARAMETER

RULES_PARAMETER = "contact_center_security.password_rules"
TOTP_PARAMETER = "auth_totp.policy"
LEADERS = "contact_center_leaders"
DONE_PARAMETER = "contact_center_security.switched_on"
PARAMETERS = {
    "auth_password_policy.minlength": "12",
    RULES_PARAMETER: "1",
    ATTEMPTS_PARAMETER: "5",
    LOCK_PARAMETER: "5",
    TOTP_PARAMETER: LEADERS,
    # Nobody signs up on the login page; Odoo allows it by default.
    "auth_signup.invitation_scope": "b2b",
}
# In minutes. A shift has eight hours: nobody is logged out at work, and a forgotten screen locks.
SESSION_LIMITS = {"lock_timeout_inactivity": 30, "lock_timeout": 12 * 60}
SECOND_FACTOR = "contact_center_security.group_second_factor"
LOCKED_SCREEN = "contact_center_security.group_locked_screen"


class Security(models.AbstractModel):
    """Recommended password policy, second factor, session time-out and throttling."""

    _name = "contact_center.security"
    _description = "Contact Center Security"

    @api.model
    def _switch_on(self):
        """Apply the recommended settings once; later changes are kept."""
        # sudo: ir.config_parameter - called by data and by the set-up of a server
        parameters = self.env["ir.config_parameter"].sudo()
        if parameters.get_param(DONE_PARAMETER):
            return
        for key, value in PARAMETERS.items():
            parameters.set_param(key, value)
        # sudo: res.groups - as above
        self.env.ref(LOCKED_SCREEN).sudo().write(SESSION_LIMITS)
        parameters.set_param(DONE_PARAMETER, fields.Datetime.to_string(fields.Datetime.now()))

    def _missing(self):
        """Return what is not switched on, in the user's language."""
        # sudo: ir.config_parameter, res.groups - whether rules are on, not their secrets
        get = self.env["ir.config_parameter"].sudo().get_param
        group = self.env.ref(LOCKED_SCREEN).sudo()
        _ = self.env._
        rules = {
            _("minimum length of passwords"): int(get("auth_password_policy.minlength", 0)) >= 8,
            _("refusal of passwords that are easy to guess"): get(RULES_PARAMETER),
            _("waiting time after wrong passwords"): int(get(ATTEMPTS_PARAMETER, 0)),
            _("second factor for supervisors and administrators"): get(TOTP_PARAMETER),
            _("locking of idle screens"): group.lock_timeout_inactivity,
        }
        return [words for words, kept in rules.items() if not kept]
