from odoo import models

ENROL_URL = "/contact_center/second-factor"


class ResUsers(models.Model):
    """Who needs a second factor and has none sets one up before the session begins.

    A code by e-mail needs a mail server and a real address. Where it cannot arrive the login is
    not let through with the password alone: the login page asks to set up an authenticator app.
    """

    _inherit = "res.users"

    def _must_enrol(self):
        """Whether this user must set up an authenticator app before being let in."""
        return self._mfa_type() is None and self._needs_second_factor()

    def _mfa_url(self):
        """Lead to the page where the app is set up."""
        url = super()._mfa_url()
        return ENROL_URL if url is None and self._must_enrol() else url

    def _rpc_api_keys_only(self):
        """Let no program in with a password for which the login page asks more."""
        return super()._rpc_api_keys_only() or self._must_enrol()

    def _enrol(self, secret, counter):
        """Keep the app's secret (base 32), of which the code of `counter` was just used."""
        # sudo: res.users - nobody is logged in yet; the password and a code were checked
        self.sudo().write({"totp_secret": secret, "totp_last_counter": counter})
