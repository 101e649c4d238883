# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hmac
import secrets

from odoo import api, fields, models

from odoo.addons.contact_center.models.secret_field import Secret


class GlpiServer(models.Model):
    """The URL that GLPI 11 calls when a ticket changes."""

    _inherit = "glpi.server"

    webhook_token = Secret()
    webhook_secret = Secret(
        string="Webhook secret",
        help="The secret that GLPI shows at its webhook; GLPI signs its calls with it.",
    )
    webhook_url = fields.Char(
        string="Webhook address",
        compute="_compute_webhook_url",
        groups="base.group_system",
        help="Enter it in GLPI (Setup > Webhooks) for tickets, followups and solutions.",
    )

    @api.depends("webhook_token")
    def _compute_webhook_url(self):
        for server in self:
            token = server.webhook_token
            server.webhook_url = f"{server.get_base_url()}/glpi/webhook/{token}" if token else False

    def action_webhook_address(self):
        """Create a URL for GLPI's webhook (a new one invalidates the old one)."""
        self.ensure_one()
        self.check_access("write")
        self.webhook_token = secrets.token_urlsafe(24)
        return True

    @api.model
    def _by_webhook_token(self, token):
        """Return the active server with this token, compared in constant time."""
        found = self.browse()
        for server in self.search([("webhook_token", "!=", False)]):
            if hmac.compare_digest(server.webhook_token.encode(), (token or "").encode()):
                found = server
        return found

    def _poll_soon(self):
        """Queue a job that reads the news, once until it runs."""
        self.ensure_one()
        self.with_delay(
            identity_key=f"glpi.poll:{self.id}",
            description=self.env._("GLPI: read the news of open tickets"),
        )._poll()
