from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from psycopg2.errors import DeadlockDetected, SerializationFailure, UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessDenied
from odoo.http import request

from ..core import logins

ATTEMPTS_PARAMETER = "contact_center.login_attempts"
LOCK_PARAMETER = "contact_center.login_lock_minutes"
DEFAULT_LOCK_MINUTES = 5
# Rows that the daily cleaning deletes at once; it comes again while there are more
GC_BATCH = 10_000
# More than processes and threads of a server that could try the same login at once
_AGAIN = 100

# Odoo hides the request from the calls of /xmlrpc and /jsonrpc: their address is noted before
_address = ContextVar("contact_center_address", default="")


def note_address(address):
    """Remember the address of the request that this thread serves."""
    _address.set(address or "")


class LoginFailure(models.Model):
    """Tries with wrong passwords, codes and keys, shared by all processes and servers.

    Odoo's own cooldown counts by address in each process' memory: with a dozen workers a guesser
    has a dozen times the tries, a whole office behind one address is locked out together, and
    only some of the ways in are counted at all.

    A try is counted *before* it is looked at and given back when it was right: so many at the
    same time cannot pass the limit. All of it happens in transactions of its own, since that of a
    refused login is rolled back.
    """

    _name = "contact_center.login.failure"
    _inherit = ["contact_center.machine.row"]
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
        """(wrong passwords allowed, minutes for which further ones are refused); 0: switched off"""
        # sudo: ir.config_parameter - the login has no user yet
        get = self.env["ir.config_parameter"].sudo().get_param
        return int(get(ATTEMPTS_PARAMETER, 0)), int(get(LOCK_PARAMETER, DEFAULT_LOCK_MINUTES))

    def _cursor(self):
        """A transaction of its own, which stays when that of a refused login is rolled back."""
        return self.env.registry.cursor()

    def _apart(self, work):
        """Run `work(cursor)` in a transaction of its own and return what it returns.

        Odoo's transactions see a snapshot: whoever waited for another's row has to look again.
        Each time somebody else got on, so it ends; AccessDenied if it does not.
        """
        for _again in range(_AGAIN):
            try:
                with self._cursor() as cr:
                    return work(cr)
            except (SerializationFailure, DeadlockDetected, UniqueViolation):
                continue
        raise AccessDenied()

    def _source(self):
        """The address from which somebody tries, "" where there is none."""
        return request.httprequest.remote_addr if request else _address.get()

    @contextmanager
    def _guard(self, kind, login, forgiving=True):
        """Count a try; what is done inside raises AccessDenied when it was wrong.

        :param kind: what is tried, a value of `kind`
        :param login: whose it is
        :param forgiving: whether a right one makes earlier wrong ones forgotten
        :raise AccessDenied: too many wrong ones before, or the one inside
        """
        attempts, minutes = self._limits()
        if not attempts:
            yield
            return
        counters = logins.counters(kind, login, self._source(), attempts)
        if left := self._count(counters, minutes):
            raise AccessDenied(self._refusal(kind, left))
        yield
        if forgiving:
            self._give_back(counters)

    def _check_open(self, kind, login):
        """Raise AccessDenied if further tries are refused now; counts nothing."""
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
        """What somebody reads whose try is refused for so many minutes."""
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
        """Count one try in each of the counters; the minutes to wait if one of them is full.

        One statement for each counter counts and judges: PostgreSQL lets one after the other into
        the row, and a full one is not updated. Always in the same order, the narrowest first, so
        that two tries never wait for each other; a try that a narrower one refuses does not fill
        the wider ones.
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
        """For how many minutes a counter refuses; 0 when it does not."""
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
        """The try was right: forget the wrong ones of this login from here.

        Of the wider counters only this try is taken back: a guesser with an account of their own
        must not empty them by logging in.
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
        """An administrator, or a message to their own address, gave this user a new password."""
        # Not while the tables are being made: another transaction would wait for them
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
        """Forget failures of the day before: they name people and their addresses.

        :return: how many, and whether there are more (an attack leaves many)
        """
        limit = fields.Datetime.now() - timedelta(days=1)
        old = self.search([("last_at", "<", limit)], order="id", limit=GC_BATCH)
        count = len(old)
        old.unlink()
        return count, count == GC_BATCH
