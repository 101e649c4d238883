# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import uuid

from odoo import fields, models

from odoo.addons.contact_center.models.entered_secret import entered

from .. import rest
from ..rest import text
from .glpi_words import explain


class GlpiServer(models.Model):
    """Connects GLPI step by step, for administrators who cannot read secrets."""

    _name = "glpi.server"
    _inherit = ["glpi.server", "contact_center.entered.secret"]

    _entered = {
        "new_app_token": "app_token",
        "new_user_token": "user_token",
        "new_client_id": "client_id",
        "new_client_secret": "client_secret",
        "new_username": "username",
        "new_password": "password",
    }

    new_app_token = entered("New App-Token")
    new_user_token = entered("New user token")
    new_client_id = entered("New OAuth client ID")
    new_client_secret = entered("New OAuth client secret")
    new_username = entered("New GLPI user")
    new_password = entered("New password")
    test_ticket_id = fields.Integer(string="Test ticket", readonly=True, copy=False)
    test_ticket_at = fields.Datetime(string="Test ticket opened", readonly=True, copy=False)

    def action_test_ticket(self):
        """Open a ticket in GLPI that is marked as a test."""
        self.ensure_one()
        self.check_access("write")
        env = self.with_context(lang=self.lang).env
        marker = f"teste-{uuid.uuid4().hex[:12]}"
        words = env._(
            "A test of the contact center, asked for by %s. It may be closed or deleted.",
            self.env.user.name,
        )
        draft = rest.TicketDraft(
            title=env._("Test of the contact center"),
            content=text.describe(words, [], marker),
            marker=marker,
            entity_id=self.glpi_entity_id if self.other_entity else None,
            request_type_id=self.glpi_request_type_id,
        )
        try:
            with self._client() as client:
                number = client.create_ticket(draft)
        except rest.GlpiError as error:
            title = self.env._("No ticket was opened")
            return self._notify("danger", title, explain(self.env, error))
        # sudo: glpi.server - the result of a test is internal bookkeeping
        self.sudo().write({"test_ticket_id": number, "test_ticket_at": fields.Datetime.now()})
        return self._notify(
            "success",
            self.env._("A ticket was opened"),
            self.env._("It is number %s in GLPI.", number),
        )

    def _entered_anew(self, vals):
        """Return whether a write includes new credentials, so that no stored ones are needed."""
        return bool(vals.get("new_user_token") or vals.get("new_password"))

    def _forget_secrets(self):
        """Drop stored credentials: they must not be sent to a different address."""
        # sudo: glpi.server - dropped, not read
        self.sudo().write(dict.fromkeys(self._entered.values(), False))
