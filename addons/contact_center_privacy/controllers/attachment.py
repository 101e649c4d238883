# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http

from odoo.addons.web.controllers.binary import Binary


def _can_write(_controller, _rule, _args):
    """Declare a route as not read-only (as a function, which Odoo accepts without a warning)."""
    return False


class LoggedBinary(Binary):
    """Serves files in a transaction that can write the access log."""

    @http.route(readonly=_can_write)
    def content_common(self, *args, **kwargs):
        """Send a file; the access is logged (`ir.binary._get_stream_from`)."""
        return super().content_common(*args, **kwargs)

    @http.route(readonly=_can_write)
    def content_image(self, *args, **kwargs):
        """Send a picture, likewise."""
        return super().content_image(*args, **kwargs)
