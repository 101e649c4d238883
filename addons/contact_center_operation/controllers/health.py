# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hmac
import ipaddress
import json

from odoo import http
from odoo.http import request

TOKEN_PARAMETER = "contact_center.health_token"


class Health(http.Controller):
    """For monitoring (Zabbix, Uptime Kuma): levels only, no names and no numbers."""

    @http.route(
        "/contact_center/health", type="http", auth="public", methods=["GET"], sitemap=False
    )
    def health(self, token="", **_unused):
        """Tell the level of each check.

        It answers the server itself, and callers with the token in the system parameter
        `contact_center.health_token`. Status 503 if something does not work.
        """
        if not self._may_ask(token):
            raise request.not_found()
        # sudo: contact_center.health - the caller was checked, and only levels leave the server
        health = request.env["contact_center.health"].sudo()
        checks = health._look()
        levels = {}
        for check in checks:
            levels[check["key"]] = health._worst([check, {"level": levels.get(check["key"], "ok")}])
        status = health._worst(checks)
        return request.make_response(
            json.dumps({"status": status, "checks": levels}),
            headers=[("Content-Type", "application/json"), ("Cache-Control", "no-store")],
            status=503 if status == "error" else 200,
        )

    def _may_ask(self, token):
        """Return whether the call comes from the server itself or has the token."""
        # sudo: ir.config_parameter - the token is compared, not shown
        wanted = request.env["ir.config_parameter"].sudo().get_param(TOKEN_PARAMETER)
        if wanted and hmac.compare_digest(token.encode(), wanted.encode()):
            return True
        # The proxy's own address is never mistaken for the server's: it forwards the caller's.
        forwarded = request.httprequest.headers.get("X-Forwarded-For")
        address = ipaddress.ip_address(request.httprequest.remote_addr)
        return address.is_loopback and not forwarded
