# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from psycopg2.errors import DeadlockDetected, SerializationFailure, UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessDenied
from odoo.http import request

from ..core import logins

ATTEMPTS_PARAMETER = "contact_center_security.login_attempts"
LOCK_PARAMETER = "contact_center_security.login_lock_minutes"
DEFAULT_LOCK_MINUTES = 5
# Rows deleted per run of the daily clean-up, which repeats while there are more
GC_BATCH = 10_000
# More than the processes and threads that could try the same login at once
_AGAIN = 100

# Odoo hides the request from /xmlrpc and /jsonrpc calls: record their address first
_address = ContextVar("contact_center_address", default="")
# Whether the try that this thread looks at is counted already
_counting = ContextVar("contact_center_counting", default=False)


def note_address(address):
    """Remember the address of the request that this thread serves."""
    _address.set(address or "")


class LoginFailure(models.Model):
    """Failed attempts with passwords, codes and keys, shared by all servers.

    And all processes.

    Odoo's own cooldown counts by address in each process' memory: with a dozen workers an attacker
    has a dozen times the attempts, a whole office behind one address is locked out together, and
    only some ways to log in are counted at all.

    An attempt is counted *before* it is checked and credited back if it was right, so simultaneous
    attempts cannot exceed the limit. All of this happens in separate transactions, since that of a
    refused login is rolled back.
    """

    _name = "contact_center.login.failure"
    _description = "Contact Center Login Failure"
    _order = "last_at desc"
    _rec_name = "login"

    kind = fields.Selection(
        [
            ("password", "Password"),
            ("code", "Code of the second factor"),
            ("key", "API key"),
            ("reset", "Request for a new password"),
        ],
        required=True,
        readonly=True,
        default="password",
        string="What was tried",
    )
    login = fields.Char(required=True, readonly=True)
    source = fields.Char(required=True, readonly=True, string="Address")
    count = fields.Integer(readonly=True, string="Wrong passwords")
    last_at = fields.Datetime(required=True, readonly=True, index=True)

    _login_source_unique = models.UniqueIndex("(kind, login, source)")

    def _limits(self):
        """Return (failed passwords allowed, minutes of refusal); 0: switched off."""
        # sudo: ir.config_parameter - the login has no user yet
        get = self.env["ir.config_parameter"].sudo().get_param
        return int(get(ATTEMPTS_PARAMETER, 0)), int(get(LOCK_PARAMETER, DEFAULT_LOCK_MINUTES))

    def _cursor(self):
        """Return a separate transaction, which survives the rollback of a refused login."""
        return self.env.registry.cursor()

    def _apart(self, work):
        """Run `work(cursor)` in a separate transaction and return its result.

        Odoo's transactions see a snapshot: one that waited for another's row has to retry. Each
        time somebody else made progress, so this ends; AccessDenied if it does not.
        """
        for _again in range(_AGAIN):
            try:
                with self._cursor() as cr:
                    return work(cr)
            except (SerializationFailure, DeadlockDetected, UniqueViolation):
                continue
        raise AccessDenied()

    def _source(self):
        """Return the address of the attempt, "" if unknown."""
        return request.httprequest.remote_addr if request else _address.get()

    @contextmanager
    def _guard(self, kind, login, forgiving=True):
        """Count an attempt; the block raises AccessDenied if it was wrong.

        :param kind: the kind of attempt, a value of `kind`
        :param login: the login used
        :param forgiving: whether a successful attempt clears earlier failures
        :raise AccessDenied: too many earlier failures, or raised by the block
        """
        attempts, minutes = self._limits()
        if not attempts:
            yield
            return
        counters = logins.counters(kind, login, self._source(), attempts)
        if left := self._count(counters, minutes):
            raise AccessDenied(self._refusal(kind, left))
        before = _counting.set(True)
        try:
            yield
        finally:
            _counting.reset(before)
        if forgiving:
            self._give_back(counters)

    def _is_counting(self):
        """Return whether what is looked at now is part of a try that is counted already."""
        return _counting.get()

    def _check_open(self, kind, login):
        """Raise AccessDenied if further attempts are refused now, without counting."""
        attempts, minutes = self._limits()
        if not attempts:
            return
        counters = logins.counters(kind, login, self._source(), attempts)
        left = self._apart(
            lambda cr: max(self._minutes_left(cr, counter, minutes) for counter in counters)
        )
        if left:
            raise AccessDenied(self._refusal(kind, left))

    def _refusal(self, kind, minutes):
        """Return the error text for an attempt that is refused for this many minutes."""
        if kind == "code":
            return self.env._("Too many wrong codes. Wait %s minutes and try again.", minutes)
        if kind in ("key", "reset"):
            return self.env._("Too many tries. Wait %s minutes and try again.", minutes)
        return self.env._(
            "Too many wrong passwords. Wait %s minutes and try again, or ask an "
            "administrator for a new password.",
            minutes,
        )

    def _count(self, counters, minutes):
        """Count an attempt in each counter; return the minutes to wait if one of them is full.

        One statement per counter counts and decides: PostgreSQL serialises access to the row, and a
        full counter is not updated. The order is always narrowest first, so that two attempts never
        deadlock; an attempt refused by a narrower counter does not fill the wider ones.
        """
        return self._apart(lambda cr: self._count_in(cr, counters, minutes))

    def _count_in(self, cr, counters, minutes):
        """Carry out `_count` with a cursor."""
        for counter in counters:
            now = fields.Datetime.now()
            cr.execute(
                """
                INSERT INTO contact_center_login_failure AS f
                    (kind, login, source, count, last_at)
                VALUES (%(kind)s, %(login)s, %(source)s, 1, %(now)s)
                ON CONFLICT (kind, login, source) DO UPDATE SET
                    count = CASE WHEN f.last_at > %(since)s THEN f.count + 1 ELSE 1 END,
                    last_at = CASE WHEN f.last_at > %(since)s AND NOT %(rolling)s
                        THEN f.last_at ELSE %(now)s END
                WHERE f.last_at <= %(since)s OR f.count < %(limit)s
                RETURNING id
                """,
                {
                    "kind": counter.kind,
                    "login": counter.login,
                    "source": counter.source,
                    "limit": counter.limit,
                    "rolling": counter.rolling,
                    "now": now,
                    "since": now - timedelta(minutes=minutes),
                },
                log_exceptions=False,
            )
            if not cr.rowcount:
                return self._minutes_left(cr, counter, minutes) or 1
        return 0

    def _minutes_left(self, cr, counter, minutes):
        """Return for how many minutes a counter refuses; 0 if it does not."""
        now = fields.Datetime.now()
        cr.execute(
            """
            SELECT last_at FROM contact_center_login_failure
            WHERE kind = %s AND login = %s AND source = %s AND count >= %s AND last_at > %s
            """,
            (
                *(counter.kind, counter.login, counter.source, counter.limit),
                now - timedelta(minutes=minutes),
            ),
        )
        row = cr.fetchone()
        if not row:
            return 0
        left = row[0] + timedelta(minutes=minutes) - now
        return max(1, -(-int(left.total_seconds()) // 60))

    def _give_back(self, counters):
        """Clear this login's failures from this address after a successful attempt.

        In the wider counters only this attempt is credited back: an attacker with their own account
        must not be able to reset them by logging in.
        """
        self._apart(lambda cr: self._give_back_in(cr, counters))

    def _give_back_in(self, cr, counters):
        """Carry out `_give_back` with a cursor."""
        for position, counter in enumerate(counters):
            if position or counter.login == logins.ANY:
                query = """
                    UPDATE contact_center_login_failure SET count = GREATEST(count - 1, 0)
                    WHERE kind = %s AND login = %s AND source = %s
                    """
            else:
                query = """
                    DELETE FROM contact_center_login_failure
                    WHERE kind = %s AND login = %s AND source = %s
                    """
            cr.execute(query, (counter.kind, counter.login, counter.source), log_exceptions=False)

    def _forget_login(self, login):
        """Clear the failures of a user who got a new password.

        From an administrator or by e-mail.
        """
        # Not while tables are being created: another transaction would wait for them
        if not self.env.registry.ready:
            return
        self._apart(
            lambda cr: cr.execute(
                """
                DELETE FROM contact_center_login_failure
                WHERE login = %s AND kind IN ('password', 'code')
                """,
                (logins.login_key(login),),
                log_exceptions=False,
            )
        )

    @api.autovacuum
    def _gc_login_failures(self):
        """Delete the previous day's failures: they contain people and their addresses.

        :return: how many, and whether there are more (an attack leaves many)
        """
        limit = fields.Datetime.now() - timedelta(days=1)
        old = self.search([("last_at", "<", limit)], order="id", limit=GC_BATCH)
        count = len(old)
        old.unlink()
        return count, count == GC_BATCH
