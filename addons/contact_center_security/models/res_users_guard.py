# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import api, models
from odoo.exceptions import AccessDenied

_logger = logging.getLogger(__name__)

# Credentials of the second step: the user already knows the password
_CODES = ("totp", "totp_mail")


class ResUsers(models.Model):
    """Counts every way to log in, in one place.

    Forms, RPC, dialogs that ask for the password again.
    """

    _inherit = "res.users"

    def _on_login_cooldown(self, failures, previous):
        """Switch off Odoo's own counter, by process and address, where ours is on."""
        attempts, _minutes = self.env["contact_center.login.failure"]._limits()
        return not attempts and super()._on_login_cooldown(failures, previous)

    def _login(self, credential, user_agent_env):
        """Count attempts with unknown logins, which never reach the password check.

        A login must be a string: a list, possible with JSON, would be looked up as several and
        counted as a new one each time.
        """
        kind = credential.get("type")
        if kind in _CODES:
            # The second step is never the first
            raise AccessDenied()
        if kind != "password":
            return super()._login(credential, user_agent_env)
        login, password = credential.get("login"), credential.get("password")
        if not isinstance(login, str) or not isinstance(password, str) or "\0" in login + password:
            raise AccessDenied()
        # sudo: res.users - nobody is logged in yet
        if self.sudo().search_count(self._get_login_domain(login), limit=1):
            return super()._login(credential, user_agent_env)
        with self.env["contact_center.login.failure"]._guard("password", login):
            return super()._login(credential, user_agent_env)

    def _check_credentials(self, credential, env):
        """Count each attempt with a password, code or passkey before it is checked."""
        person = self if len(self) == 1 else self.env.user
        kind = "code" if credential.get("type") in _CODES else "password"
        # sudo: res.users - the login of the user logging in
        with self.env["contact_center.login.failure"]._guard(kind, person.sudo().login):
            return super()._check_credentials(credential, env)

    def _set_password(self):
        """Clear failures when a password is changed."""
        result = super()._set_password()
        for user in self:
            self.env["contact_center.login.failure"]._forget_login(user.login)
        return result

    @api.model
    def _check_uid_passwd(self, uid, passwd):
        """Refuse a locked user before Odoo's cache of valid passwords answers."""
        if not isinstance(passwd, str) or not isinstance(uid, int):
            raise AccessDenied()
        # sudo: res.users - nobody is logged in yet
        login = self.sudo().browse(uid).exists().login or str(uid)
        self.env["contact_center.login.failure"]._check_open("password", login)
        return super()._check_uid_passwd(uid, passwd)

    def reset_password(self, login):
        """Send only a few messages per login, and never reveal which logins exist."""
        if not isinstance(login, str):
            raise AccessDenied()
        with self.env["contact_center.login.failure"]._guard("reset", login, forgiving=False):
            users = self.search(self._get_login_domain(login)) or self.search(
                self._get_email_domain(login)
            )
            if len(users) != 1:
                _logger.info("New password asked for %r: no account of that name", login)
                return None
            return super().reset_password(login)
