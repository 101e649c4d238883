# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The server refuses sessions of idle screens, whatever the browser does."""

import time

from odoo import models
from odoo.http import SessionExpiredException, request, root

from odoo.addons.auth_timeout.models.ir_http import CheckIdentityException

# Session key for the time of the last activity (seconds since 1970).
LAST_SEEN = "contact_center_last_seen"
# A session is a file: it is not rewritten at each click.
WRITE_EVERY = 60
# Requests that a browser makes by itself say nothing about the person.
BY_ITSELF = (
    "/websocket",
    "/bus/",
    "/web/static/",
    "/web/assets/",
    "/longpolling/",
    "/auth-timeout/",
)
# Public routes that show no citizens' data, or are needed to log in again.
OPEN_WHILE_LOCKED = (
    "/auth-timeout/",
    "/auth/",
    "/web/login",
    "/web/session/",
    "/web/static/",
    "/web/assets/",
    "/web/bundle/",
    "/web/webclient/",
    "/web/manifest",
    "/web/service-worker",
    "/web/binary/company_logo",
    "/web/health",
    "/web/offline",
    "/websocket",
    "/bus/",
    "/logo",
)


class IrHttp(models.AbstractModel):
    """Measures the idle time on the server, and locks public routes too.

    Odoo locks a session when the browser reports over the websocket that nobody is there. A
    browser that reports nothing (a proxy without websockets, a copied cookie in a program) was
    never locked; and routes that are public, by which Discuss reads messages and files are
    fetched, stayed open in a locked session.
    """

    _inherit = "ir.http"

    @classmethod
    def _must_check_identity(cls):
        """Add to Odoo's own reasons that there was no activity for the group's idle time."""
        return super()._must_check_identity() or cls._unseen_too_long()

    @classmethod
    def _unseen_too_long(cls):
        """Return what `_must_check_identity` returns for an idle session, or None."""
        session = request.session
        last = max(
            session.get(name) or 0 for name in (LAST_SEEN, "identity-check-last", "create_time")
        )
        limits = request.env(user=session.uid).user._get_lock_timeouts()
        for seconds, mfa in reversed(limits["lock_timeout_inactivity"]):
            threshold = time.time() - seconds
            if last <= threshold:
                found = {"check_identity": True, "mfa": mfa}
                first = session.get("identity-check-1fa")
                if mfa and first and first[0] > threshold:
                    found["1fa"] = first[1]
                return found
        return None

    @classmethod
    def _keep_idle_lock(cls, endpoint):
        """Refuse public routes too in a locked session; otherwise record activity."""
        routing, path = endpoint.routing, request.httprequest.path
        if routing["auth"] not in ("user", "public") or request.session.uid is None:
            return
        if (
            routing["auth"] == "public"
            and routing.get("check_identity", True)
            and not path.startswith(OPEN_WHILE_LOCKED)
        ):
            cls._refuse_locked()
        if not path.startswith(BY_ITSELF) and routing.get("check_identity", True):
            _seen(request.session)

    @classmethod
    def _refuse_locked(cls):
        """Raise Odoo's own error for user routes if the session is locked."""
        locked = cls._must_check_identity() or {}
        if locked.get("logout"):
            raise SessionExpiredException(f"User {request.session.uid} needs to login again")
        if locked.get("check_identity"):
            raise CheckIdentityException(f"User {request.session.uid} needs to confirm identity")

    def _set_session_inactivity(self, session, inactivity_period=0, force=False):
        """Also record activity reported by the browser (milliseconds)."""
        result = super()._set_session_inactivity(session, inactivity_period, force)
        timeout = self.env.user._get_lock_timeout_inactivity()
        seconds = inactivity_period / 1000
        there = timeout and not force and seconds < timeout
        if there and _seen(session, time.time() - seconds):
            # Explicitly: websocket requests do not save the session
            root.session_store.save(session)
        return result


def _seen(session, at=None):
    """Record activity; return whether the session must be saved."""
    at = at or time.time()
    if at - (session.get(LAST_SEEN) or 0) < WRITE_EVERY:
        return False
    session[LAST_SEEN] = at
    return True
