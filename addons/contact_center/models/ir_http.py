# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from werkzeug.exceptions import NotFound

from odoo import models
from odoo.http import Response, request

from ..core import headers


class IrHttp(models.AbstractModel):
    """The address by which a route is reached, and what browsers may do with words."""

    _inherit = "ir.http"

    @classmethod
    def _match(cls, path):
        """Give only website pages a second URL with a language prefix.

        Odoo strips `/en` from the path of any POST request, so paths blocked by the proxy and the
        gates would be reachable under another name.
        """
        rule, args = super()._match(path)
        asked = request.httprequest.path
        if asked != path and not rule.endpoint.routing.get("website"):
            raise NotFound()
        return rule, args

    @classmethod
    def _post_dispatch(cls, response):
        result = super()._post_dispatch(response)
        cls._contain(response)
        return result

    @classmethod
    def _handle_error(cls, exception):
        response = super()._handle_error(exception)
        if isinstance(response, Response):
            cls._contain(response)
        return response

    @classmethod
    def _contain(cls, response):
        """Tell the browser to run nothing of what citizens sent: reports and files."""
        present = response.headers.get(headers.CSP)
        content_type = response.headers.get("Content-Type", "")
        added = headers.added(content_type, request.httprequest.path, present)
        for name, value in added.items():
            response.headers[name] = value
