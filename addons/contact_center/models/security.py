from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core.passwords import weakness
from .login_failure import ATTEMPTS_PARAMETER, LOCK_PARAMETER

RULES_PARAMETER = "contact_center.password_rules"
TOTP_PARAMETER = "auth_totp.policy"
LEADERS = "contact_center_leaders"
DONE_PARAMETER = "contact_center.security_switched_on"
PARAMETERS = {
    "auth_password_policy.minlength": "12",
    RULES_PARAMETER: "1",
    ATTEMPTS_PARAMETER: "5",
    LOCK_PARAMETER: "5",
    TOTP_PARAMETER: LEADERS,
    # Nobody makes an account by themselves on the login page; Odoo allows it from the start.
    "auth_signup.invitation_scope": "b2b",
}
# In minutes. A shift has eight hours: nobody is thrown out at work, and a forgotten screen locks.
SESSION_LIMITS = {"lock_timeout_inactivity": 30, "lock_timeout": 12 * 60}
PLACEHOLDER_DOMAIN = "@example.com"


class Security(models.AbstractModel):
    """Password policy, second factor, session time-out and login throttling, as recommended."""

    _name = "contact_center.security"
    _description = "Contact Center Security"

    @api.model
    def _switch_on(self):
        """Set everything as recommended, once: what people change afterwards stays."""
        # sudo: ir.config_parameter - called by data and by the set-up of a server
        parameters = self.env["ir.config_parameter"].sudo()
        if parameters.get_param(DONE_PARAMETER):
            return
        for key, value in PARAMETERS.items():
            parameters.set_param(key, value)
        for name in ("group_technician", "group_manager"):
            # sudo: res.groups - as above
            self.env.ref(f"contact_center.{name}").sudo().write(SESSION_LIMITS)
        parameters.set_param(DONE_PARAMETER, fields.Datetime.to_string(fields.Datetime.now()))

    def _missing(self):
        """What is not switched on, as words in the user's language."""
        # sudo: ir.config_parameter, res.groups - whether rules hold, not their secrets
        get = self.env["ir.config_parameter"].sudo().get_param
        group = self.env.ref("contact_center.group_technician").sudo()
        _ = self.env._
        rules = {
            _("minimum length of passwords"): int(get("auth_password_policy.minlength", 0)) >= 8,
            _("refusal of passwords that are easy to guess"): get(RULES_PARAMETER),
            _("waiting time after wrong passwords"): int(get(ATTEMPTS_PARAMETER, 0)),
            _("second factor for supervisors and administrators"): get(TOTP_PARAMETER),
            _("locking of idle screens"): group.lock_timeout_inactivity,
        }
        return [words for words, kept in rules.items() if not kept]


class ResConfigSettings(models.TransientModel):
    """One more choice for who needs a second factor."""

    _inherit = "res.config.settings"

    auth_totp_policy = fields.Selection(
        selection_add=[(LEADERS, "Supervisors and administrators of the contact center")]
    )


class ResUsers(models.Model):
    """Rules for passwords and the second factor of those who see everything."""

    _inherit = "res.users"

    def _check_password_policy(self, passwords):
        """Refuse what is guessed first, where the rules are switched on."""
        result = super()._check_password_policy(passwords)
        # sudo: ir.config_parameter - whoever changes their own password need not read it
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

    def _mfa_type(self):
        """Ask supervisors and administrators for a code by e-mail when they have no app.

        Only where the code can arrive. Without a mail server or a real address they set up an
        app before they are let in, see `second_factor.py`.
        """
        kind = super()._mfa_type()
        if kind is None and self._needs_second_factor() and self._can_get_code_by_mail():
            return "totp_mail"
        return kind

    def _needs_second_factor(self):
        """Whether the policy asks this user for a second factor."""
        self.ensure_one()
        # sudo: ir.config_parameter, res.users - asked before anybody is logged in
        policy = self.env["ir.config_parameter"].sudo().get_param(TOTP_PARAMETER)
        return policy == LEADERS and self.sudo().has_group("contact_center.group_supervisor")

    def _can_get_code_by_mail(self):
        """Whether a code by e-mail can reach this user."""
        # sudo: ir.mail_server, res.users - asked before anybody is logged in
        address = (self.sudo().email or "").strip().lower()
        if not address or address.endswith(PLACEHOLDER_DOMAIN):
            return False
        return bool(self.env["ir.mail_server"].sudo().search_count([], limit=1))
