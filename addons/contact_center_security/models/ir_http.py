# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

import psycopg2
from werkzeug.exceptions import HTTPException

from odoo import models
from odoo.exceptions import UserError
from odoo.http import SessionExpiredException, request

from .login_failure import note_address

# Errors that may be shown to anybody: written for people. Others reveal tables, files, queries.
_FOR_PEOPLE = (UserError, HTTPException, SessionExpiredException)


class IrHttp(models.AbstractModel):
    """Hide the server's details from anonymous callers; apply the idle lock.

    To each request.
    """

    _inherit = "ir.http"

    @classmethod
    def _authenticate(cls, endpoint):
        """Record the caller, whom Odoo hides from RPC, and apply the idle lock."""
        note_address(request.httprequest.remote_addr)
        result = super()._authenticate(endpoint)
        cls._keep_idle_lock(endpoint)
        return result

    # ------------------------------------------------------------
    # Strangers
    # ------------------------------------------------------------

    @classmethod
    def _is_stranger(cls):
        """Return whether the caller has no session of an internal user."""
        uid = request.session.uid
        if not uid:
            return True
        try:
            # sudo: res.users - only whether the session's user is internal
            return not request.env(user=uid, su=True).user._has_group("base.group_user")
        except psycopg2.Error:
            # The failed request's transaction is broken, and the answer was not cached
            return True

    @classmethod
    def _dispatch(cls, endpoint):
        """Remove the developer mode from anonymous requests."""
        if "debug" in request.params and cls._is_stranger():
            request.params.pop("debug")
        return super()._dispatch(endpoint)

    @classmethod
    def _handle_debug(cls):
        """Limit the developer mode to internal users: it shows tracebacks and builds assets."""
        if cls._is_stranger():
            if request.session.debug:
                request.session.debug = ""
            return None
        return super()._handle_debug()

    @classmethod
    def _get_exception_code_values(cls, exception):
        """Keep tracebacks out of anonymous visitors' pages."""
        code, values = super()._get_exception_code_values(exception)
        if cls._is_stranger():
            values["traceback"] = ""
            values.pop("qweb_exception", None)
        return code, values

    @classmethod
    def _handle_error(cls, exception):
        """Show anonymous callers only errors meant for people."""
        response = super()._handle_error(exception)
        cls._harden(response)
        if request.dispatcher.routing_type == "http" or not cls._is_stranger():
            return response
        return cls._without_details(response, exception)

    @classmethod
    def _without_details(cls, response, exception):
        """Remove traceback and internal details from a JSON response."""
        get_data = getattr(response, "get_data", None)
        if not get_data:
            return response
        try:
            answer = json.loads(get_data())
        except ValueError:
            return response
        error = answer.get("error", answer) if isinstance(answer, dict) else {}
        data = error.get("data", error)
        if not isinstance(data, dict) or "debug" not in data:
            return response
        data["debug"] = ""
        if not isinstance(exception, _FOR_PEOPLE):
            data.update(
                name="builtins.Exception",
                message="Odoo Server Error",
                arguments=["Odoo Server Error"],
                context={},
            )
        response.set_data(json.dumps(answer))
        return response
