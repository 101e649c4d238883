# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.http import Response, request

from ..core import headers


class IrHttp(models.AbstractModel):
    """Headers that restrict the application's pages and cookies in browsers."""

    _inherit = "ir.http"

    @classmethod
    def _post_dispatch(cls, response):
        result = super()._post_dispatch(response)
        cls._harden(response)
        return result

    @classmethod
    def _harden(cls, response):
        """Tell the browser what it may do with this answer and its cookies."""
        if not isinstance(response, Response):
            return
        asked = request.httprequest
        content_type = response.headers.get("Content-Type", "")
        present = response.headers.get(headers.CSP)
        of_website = cls._is_of_website(asked.path)
        own_referrer = response.headers.get(headers.REFERRER) == headers.NO_REFERRER
        for name, value in headers.added(content_type, present, of_website).items():
            # A page that tells nobody where it was stays so
            if name != headers.REFERRER or not own_referrer:
                response.headers[name] = value
        cookies = response.headers.getlist("Set-Cookie")
        if cookies:
            secure = asked.scheme == "https"
            response.headers.setlist(
                "Set-Cookie", [headers.cookie(line, secure) for line in cookies]
            )

    @classmethod
    def _is_of_website(cls, path):
        """Return whether a page is of a public website, not of the application."""
        inside = path == "/web" or path.startswith(("/web/", "/odoo", "/report/"))
        return bool(getattr(request, "website", None)) and not inside
