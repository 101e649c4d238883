from contextlib import contextmanager
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessDenied
from odoo.http import request

ATTEMPTS_PARAMETER = "contact_center.login_attempts"
LOCK_PARAMETER = "contact_center.login_lock_minutes"
DEFAULT_LOCK_MINUTES = 5
# Rows that the daily cleaning deletes at once; it comes again while there are more
GC_BATCH = 10_000


class LoginFailure(models.Model):
    """Wrong passwords of one login from one address, shared by all processes and servers.

    Odoo's own cooldown counts by address in each process' memory: with a dozen workers a guesser
    has a dozen times the tries, and a whole office behind one address is locked out together.
    """

    _name = "contact_center.login.failure"
    _inherit = ["contact_center.machine.row"]
    _description = "Contact Center Login Failure"
    _order = "last_at desc"
    _rec_name = "login"

    login = fields.Char(required=True, readonly=True)
    source = fields.Char(required=True, readonly=True, string="Address")
    count = fields.Integer(readonly=True, string="Wrong passwords")
    last_at = fields.Datetime(required=True, readonly=True, index=True)

    _login_source_unique = models.UniqueIndex("(login, source)")

    def _limits(self):
        """(wrong passwords allowed, minutes for which further ones are refused); 0: switched off"""
        # sudo: ir.config_parameter - the login has no user yet
        get = self.env["ir.config_parameter"].sudo().get_param
        return int(get(ATTEMPTS_PARAMETER, 0)), int(get(LOCK_PARAMETER, DEFAULT_LOCK_MINUTES))

    def _minutes_left(self, login, source):
        """For how many minutes `login` is refused from `source`; 0 when it may try."""
        attempts, minutes = self._limits()
        # sudo: contact_center.login.failure - the login has no user yet
        failure = self.sudo().search(
            [
                ("login", "=", login),
                ("source", "=", source),
                ("count", ">=", attempts),
                ("last_at", ">", fields.Datetime.now() - timedelta(minutes=minutes)),
            ]
        )
        if not attempts or not failure:
            return 0
        left = failure.last_at + timedelta(minutes=minutes) - fields.Datetime.now()
        return max(1, -(-int(left.total_seconds()) // 60))

    def _count_up(self, login, source):
        """Note a wrong password; failures older than the lock no longer count.

        In a transaction of its own: that of the login is rolled back.
        """
        _attempts, minutes = self._limits()
        now = fields.Datetime.now()
        with self.env.registry.cursor() as cr:
            cr.execute(
                """
                INSERT INTO contact_center_login_failure (login, source, count, last_at)
                VALUES (%(login)s, %(source)s, 1, %(now)s)
                ON CONFLICT (login, source) DO UPDATE SET
                    count = CASE WHEN contact_center_login_failure.last_at > %(since)s
                        THEN contact_center_login_failure.count + 1 ELSE 1 END,
                    last_at = %(now)s
                """,
                {
                    "login": login,
                    "source": source,
                    "now": now,
                    "since": now - timedelta(minutes=minutes),
                },
            )

    def _forget(self, login, source):
        """The right password was given."""
        # sudo: contact_center.login.failure - the login has no rights of its own here
        self.sudo().search([("login", "=", login), ("source", "=", source)]).unlink()

    @api.autovacuum
    def _gc_login_failures(self):
        """Forget failures of the day before: they name people and their addresses.

        :return: how many, and whether there are more (an attack leaves many)
        """
        limit = fields.Datetime.now() - timedelta(days=1)
        old = self.search([("last_at", "<", limit)], order="id", limit=GC_BATCH)
        count = len(old)
        old.unlink()
        return count, count == GC_BATCH


class ResUsers(models.Model):
    """Logging in is refused for a while after several wrong passwords."""

    _inherit = "res.users"

    @contextmanager
    def _assert_can_auth(self, user=None):
        """Refuse a login with too many wrong passwords, before looking at the password."""
        failures = self.env["contact_center.login.failure"]
        attempts, _minutes = failures._limits()
        if not request or not attempts:
            with super()._assert_can_auth(user=user):
                yield
            return
        login, source = str(user or ""), request.httprequest.remote_addr
        if left := failures._minutes_left(login, source):
            raise AccessDenied(
                self.env._(
                    "Too many wrong passwords. Wait %s minutes and try again, or ask an "
                    "administrator for a new password.",
                    left,
                )
            )
        try:
            with super()._assert_can_auth(user=user):
                yield
        except AccessDenied:
            failures._count_up(login, source)
            raise
        else:
            failures._forget(login, source)
