from odoo import models
from odoo.http import Response, request

from ..core import headers

class IrHttp(models.AbstractModel):
    """What browsers may do with the server's pages."""

    _inherit = "ir.http"

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

    @classmethod
    def _handle_error(cls, exception):
        response = super()._handle_error(exception)
        if isinstance(response, Response):
            cls._harden(response)
        return response
