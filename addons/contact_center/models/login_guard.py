import logging

from odoo import api, models
from odoo.exceptions import AccessDenied

_logger = logging.getLogger(__name__)

# Credentials of the second step; whoever tries them knows the password already
_CODES = ("totp", "totp_mail")
# Compared by identity: a context that comes from outside cannot hold it
_COUNTED = object()


class ResUsers(models.Model):
    """Every way in is counted in one place: forms, RPC, dialogs that ask for the password again."""

    _inherit = "res.users"

    def _on_login_cooldown(self, failures, previous):
        """Switch off Odoo's count by process and address where ours is switched on."""
        attempts, _minutes = self.env["contact_center.login.failure"]._limits()
        return not attempts and super()._on_login_cooldown(failures, previous)

    def _login(self, credential, user_agent_env):
        """Count tries with logins that nobody has, which reach no password.

        A login is one word: a list of them, which JSON can bring, would be looked up as several
        and counted as a new one each time.
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
        """Count each try of a password, code or passkey before it is looked at."""
        person = self if len(self) == 1 else self.env.user
        kind = "code" if credential.get("type") in _CODES else "password"
        # sudo: res.users - the login of whoever logs in
        with self.env["contact_center.login.failure"]._guard(kind, person.sudo().login):
            counted = self.with_context(contact_center_counted=_COUNTED)
            return super(ResUsers, counted)._check_credentials(credential, env)

    def _set_password(self):
        """A new password is a new start."""
        result = super()._set_password()
        for user in self:
            self.env["contact_center.login.failure"]._forget_login(user.login)
        return result

    @api.model
    def _check_uid_passwd(self, uid, passwd):
        """Refuse a locked user before Odoo's cache of right passwords answers."""
        if not isinstance(passwd, str) or not isinstance(uid, int):
            raise AccessDenied()
        # sudo: res.users - nobody is logged in yet
        login = self.sudo().browse(uid).exists().login or str(uid)
        self.env["contact_center.login.failure"]._check_open("password", login)
        return super()._check_uid_passwd(uid, passwd)

    def reset_password(self, login):
        """Send no more than a few messages for one login, and tell nobody which logins exist."""
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


class ResUsersApikeys(models.Model):
    """Keys that do not exist are counted by address."""

    _inherit = "res.users.apikeys"

    def _check_credentials(self, *, scope, key):
        # A trusted browser's cookie is looked up by the same method: an old one is no guess. And
        # a password of RPC that was no key either has been counted as a password.
        counted = self.env.context.get("contact_center_counted") is _COUNTED
        if self._name != "res.users.apikeys" or counted:
            return super()._check_credentials(scope=scope, key=key)
        failures = self.env["contact_center.login.failure"]
        failures._check_open("key", "")
        try:
            with failures._guard("key", ""):
                found = super()._check_credentials(scope=scope, key=key)
                if not found:
                    raise AccessDenied()
        except AccessDenied:
            return None
        return found
