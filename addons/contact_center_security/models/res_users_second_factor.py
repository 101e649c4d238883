# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .security import LEADERS, SECOND_FACTOR, TOTP_PARAMETER

ENROL_URL = "/contact_center_security/second-factor"
PLACEHOLDER_DOMAIN = "@example.com"


class ResUsers(models.Model):
    """Users who need a second factor and have none must set one up before logging in.

    A code by e-mail needs a mail server and a real address. If it cannot be delivered, the password
    alone is not enough: the login page requires setting up an authenticator app.
    """

    _inherit = "res.users"

    def _mfa_type(self):
        """Ask users who need a second factor and have no app for a code by e-mail.

        Only if the code can be delivered. Without a mail server or a real address they must set up
        an app before logging in.
        """
        kind = super()._mfa_type()
        if kind is None and self._needs_second_factor() and self._can_get_code_by_mail():
            return "totp_mail"
        return kind

    def _needs_second_factor(self):
        """Return whether the policy asks this user for a second factor."""
        self.ensure_one()
        # sudo: ir.config_parameter, res.users - asked before anybody is logged in
        policy = self.env["ir.config_parameter"].sudo().get_param(TOTP_PARAMETER)
        return policy == LEADERS and self.sudo().has_group(SECOND_FACTOR)

    def _can_get_code_by_mail(self):
        """Return whether a code by e-mail can reach this user."""
        # sudo: ir.mail_server, res.users - asked before anybody is logged in
        address = (self.sudo().email or "").strip().lower()
        if not address or address.endswith(PLACEHOLDER_DOMAIN):
            return False
        return bool(self.env["ir.mail_server"].sudo().search_count([], limit=1))

    def _must_enrol(self):
        """Return whether this user must set up an authenticator app before being let in."""
        return self._mfa_type() is None and self._needs_second_factor()

    def _mfa_url(self):
        """Redirect to the page for setting up the app."""
        url = super()._mfa_url()
        return ENROL_URL if url is None and self._must_enrol() else url

    def _rpc_api_keys_only(self):
        """Refuse programs a password for which the login page requires a second factor."""
        return super()._rpc_api_keys_only() or self._must_enrol()

    def _enrol(self, secret, counter):
        """Keep the app's secret (base 32), of which the code of `counter` was just used."""
        # sudo: res.users - nobody is logged in yet; the password and a code were checked
        self.sudo().write({"totp_secret": secret, "totp_last_counter": counter})
