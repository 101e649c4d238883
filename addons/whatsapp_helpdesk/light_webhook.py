# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answer Meta's deliveries in front of Odoo's request stack.

Four of five calls of a busy server are deliveries of Meta's, and all that they need is a signature
checked and a row inserted. Session, routing and dispatching cost more than that. So the usual case,
a delivery that is signed and can be read, is answered here; everything else (challenges, forged,
too large or unreadable bodies, a server with several databases, an error) goes the ordinary way, to
`controllers/webhook.py`, as if this were not there. See docs/decisions/webhook-before-odoo.md.
"""

import atexit
import contextlib
import functools
import io
import logging
import threading
import time

import psycopg2

from odoo import SUPERUSER_ID, api, http
from odoo.modules.registry import Registry
from odoo.sql_db import BaseCursor, Cursor
from odoo.tools import config

from .cloud_api import events, sanitize, signature
from .models.whatsapp_event import INSERT, PREPARED
from .models.whatsapp_inbox_drain import SOMEBODY_COMES

_logger = logging.getLogger(__name__)

PATH = "/whatsapp/webhook"
# Meta sends at most 3 MB; what is larger than this is not read at all
MAX_BODY = 8 * 1024 * 1024
# Changes of other processes (a secret, a number) are seen after this many seconds at the latest
_FRESH = 1.0

_HEADER = "HTTP_" + signature.HEADER.upper().replace("-", "_")
_ANSWER = (
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Length", "0"),
    ("X-Content-Type-Options", "nosniff"),
)
_checked_at: dict[str, float] = {}
_kept: dict[str, api.Environment] = {}


def install() -> None:
    """Put this in front of Odoo.

    Called once for each process, when the addon is loaded.
    """
    http.Application.__call__ = _in_front_of(http.Application.__call__)


def _in_front_of(application):
    @functools.wraps(application)
    def light_application(self, environ, start_response):
        if environ.get("PATH_INFO") == PATH and environ.get("REQUEST_METHOD") == "POST":
            body = _read(environ)
            if body is not None and _taken(body, environ.get(_HEADER)):
                start_response("200 OK", list(_ANSWER))
                return [b""]
        return application(self, environ, start_response)

    return light_application


def _read(environ) -> bytes | None:
    """Return the body, which stays readable for others; None for one of no or too great length."""
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return None
    if not 0 < length <= MAX_BODY or environ.get("HTTP_TRANSFER_ENCODING"):
        return None
    body = environ["wsgi.input"].read(length)
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def _taken(body: bytes, header: str | None) -> bool:
    """Store a delivery and return True; False leaves it to the ordinary way."""
    names = config["db_name"]
    names = [names] if isinstance(names, str) else names
    if len(names) != 1:
        return False
    thread = threading.current_thread()
    thread.query_count, thread.query_time, thread.perf_t0 = 0, 0, time.time()
    thread.dbname, thread.cursor_mode = names[0], "rw"
    try:
        return _store(_fresh_registry(names[0]), body, header)
    except Exception:
        # Nothing is lost: the ordinary way begins anew, and an error there makes Meta come again
        _logger.warning("WhatsApp webhook: a delivery goes the ordinary way", exc_info=True)
        return False


def _fresh_registry(name: str) -> Registry:
    """Return the registry as other processes left it a moment ago."""
    registry, now = Registry(name), time.monotonic()
    if now - _checked_at.get(name, -_FRESH) >= _FRESH:
        registry = registry.check_signaling()
        _checked_at[name] = now
    return registry


def _store(registry: Registry, body: bytes, header: str | None) -> bool:
    """Store a delivery that is signed, readable and about a number of ours."""
    if "whatsapp_helpdesk" not in registry._init_modules:
        # The server has this addon, this database does not
        return False
    env = _take(registry)
    try:
        items = _items(env, body, header)
        if items is None:
            _give_back(env)
            return False
        inbox = env["whatsapp.event"]
        # As `whatsapp.event._store` does: on record first, then jobs are woken
        inbox._repeat(lambda: inbox._insert(items))
        asleep = inbox._asleep([(item.kind, item.contact_key) for item in items])
        if asleep:
            with _transaction(env.cr):
                inbox._wake_jobs(asleep)
    except BaseException:
        _let_go(env)
        raise
    _give_back(env)
    return True


def _items(env: api.Environment, body: bytes, header: str | None) -> list[events.Item] | None:
    """Return a delivery's items; None if it goes the ordinary way."""
    if not signature.matching_secret(env["whatsapp.account"]._app_secrets(), body, header):
        return None
    try:
        items = events.split(sanitize.load(body))
    except ValueError:
        return None
    known = env["whatsapp.account"]._ids_by_number()
    # One that is not known may be a number that another process has just made
    return items if all(item.phone_number_id in known for item in items) else None


# ------------------------------------------------------------
# A connection that stays between deliveries: borrowing one costs as much as the delivery
# ------------------------------------------------------------


def _take(registry: Registry) -> api.Environment:
    """Return an environment of the system in which each statement is committed by itself.

    That saves two statements more for each of them, and what each inserts is whole.
    """
    try:
        env = _kept.pop(registry.db_name)
    except KeyError:
        env = None
    if env is None or env.registry is not registry:
        if env is not None:
            _let_go(env)
        env = api.Environment(registry.cursor(), SUPERUSER_ID, {})
        try:
            _commit_each(env.cr, True)
            env = _prepared(env)
        except BaseException:
            _let_go(env)
            raise
    return env


def _prepared(env: api.Environment) -> api.Environment:
    """Have the statements of each delivery planned once; a connection that goes back forgets them.

    Planning them costs PostgreSQL as much as carrying them out.
    """
    if not isinstance(env.cr, Cursor):
        # One of a test, whose connection is not ours alone
        return env
    for statement in (INSERT, SOMEBODY_COMES):
        env.cr.execute(statement.preparation)
    return env(context={PREPARED: True})


def _give_back(env: api.Environment) -> None:
    """Keep the environment for the next delivery; one for each process, whatever its threads."""
    env.cr.commit()
    if not isinstance(env.cr, Cursor) or _kept.setdefault(env.cr.dbname, env) is not env:
        # One of a test, or there is one already
        _let_go(env)


def _let_go(env: api.Environment) -> None:
    """Give the connection back to Odoo as Odoo lends it."""
    with contextlib.suppress(psycopg2.Error):
        env.cr.rollback()
        _commit_each(env.cr, False)
    env.cr.close()


@contextlib.contextmanager
def _transaction(cr: BaseCursor):
    """Commit the statements within together, at the end."""
    _commit_each(cr, False)
    yield
    # Meta is told that it is stored, so it must be
    cr.commit()  # pylint: disable=invalid-commit
    _commit_each(cr, True)


def _commit_each(cr: BaseCursor, each: bool) -> None:
    """Let a cursor that has no open transaction commit each statement, or leave it to `commit`."""
    if isinstance(cr, Cursor):
        cr.connection.autocommit = each


def _close() -> None:
    """Close the kept cursor when the process ends, as Odoo wants."""
    while _kept:
        _let_go(_kept.popitem()[1])


atexit.register(_close)
