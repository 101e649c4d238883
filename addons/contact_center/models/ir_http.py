import json

import psycopg2
from werkzeug.exceptions import HTTPException, NotFound

from odoo import models
from odoo.exceptions import UserError
from odoo.http import Response, SessionExpiredException, request

from ..core import headers
from .login_failure import note_address

# What may be told to anybody: it is written for people. All else names tables, files, queries.
_FOR_PEOPLE = (UserError, HTTPException, SessionExpiredException)


class IrHttp(models.AbstractModel):
    """What strangers get to see of the server, and what browsers may do with its pages."""

    _inherit = "ir.http"

    @classmethod
    def _match(cls, path):
        """Give no route but those of web pages a second address with a language before it.

        Odoo takes `/en` off the path of whatever is sent with POST, so that what the proxy and
        the gates close would be open under another name.
        """
        rule, args = super()._match(path)
        asked = request.httprequest.path
        if asked != path and not rule.endpoint.routing.get("website"):
            raise NotFound()
        return rule, args

    @classmethod
    def _authenticate(cls, endpoint):
        """Note who calls, which Odoo hides from /xmlrpc and /jsonrpc, and keep the idle lock."""
        note_address(request.httprequest.remote_addr)
        result = super()._authenticate(endpoint)
        cls._keep_idle_lock(endpoint)
        return result

    @classmethod
    def _post_dispatch(cls, response):
        result = super()._post_dispatch(response)
        cls._harden(response)
        return result

    @classmethod
    def _harden(cls, response):
        """Tell the browser what it may do with this answer and its cookies."""
        asked = request.httprequest
        present = response.headers.get(headers.CSP)
        content_type = response.headers.get("Content-Type", "")
        for name, value in headers.added(content_type, asked.path, present).items():
            response.headers[name] = value
        cookies = response.headers.getlist("Set-Cookie")
        if cookies:
            secure = asked.scheme == "https"
            response.headers.setlist(
                "Set-Cookie", [headers.cookie(line, secure) for line in cookies]
            )

    # ------------------------------------------------------------
    # Strangers
    # ------------------------------------------------------------

    @classmethod
    def _is_stranger(cls):
        """Whether whoever asks has no session of an internal user."""
        uid = request.session.uid
        if not uid:
            return True
        try:
            # sudo: res.users - only whether the session's user works here
            return not request.env(user=uid, su=True).user._has_group("base.group_user")
        except psycopg2.Error:
            # The transaction of the failed request is broken, and the answer was not in the cache
            return True

    @classmethod
    def _handle_debug(cls):
        """Leave the developer mode to people who work here: it shows tracebacks, builds assets."""
        if cls._is_stranger():
            if request.session.debug:
                request.session.debug = ""
            return None
        return super()._handle_debug()

    @classmethod
    def _get_exception_code_values(cls, exception):
        """Keep tracebacks out of the pages that strangers get."""
        code, values = super()._get_exception_code_values(exception)
        if cls._is_stranger():
            values["traceback"] = ""
            values.pop("qweb_exception", None)
        return code, values

    @classmethod
    def _handle_error(cls, exception):
        """Tell strangers what went wrong in words that are meant for people, or nothing."""
        response = super()._handle_error(exception)
        if isinstance(response, Response):
            cls._harden(response)
        if request.dispatcher.routing_type == "http" or not cls._is_stranger():
            return response
        return cls._without_details(response, exception)

    @classmethod
    def _without_details(cls, response, exception):
        """Take traceback and inner details out of a JSON answer."""
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
