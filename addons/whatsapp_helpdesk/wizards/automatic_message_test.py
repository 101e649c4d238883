# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.contact_center.core import phones

from ..cloud_api import payloads


class AutomaticMessageTest(models.TransientModel):
    """Tests of automatic messages over WhatsApp, when Meta allows them."""

    _inherit = "contact_center.automatic.message.test"

    account_id = fields.Many2one(
        "whatsapp.account",
        string="From the number",
        required=True,
        ondelete="cascade",
        default=lambda self: self._default_account(),
    )

    @api.model
    def _default_account(self):
        """Return the message's number, else the first one."""
        message = self.env["contact_center.automatic.message"].browse(
            self.env.context.get("default_message_id")
        )
        return message.account_id or self.env["whatsapp.account"].search([], limit=1)

    def _send(self, text):
        """Put the test into the outbox of a person who may be written to now."""
        identity = self._identity()
        # sudo: whatsapp.message - the outbox is written by the system; the wizard is for
        # administrators only
        outbox = self.env["whatsapp.message"].sudo()
        payload = payloads.text(text)
        outbox._queue(
            [
                {
                    "account_id": self.account_id.id,
                    "identity_id": identity.id,
                    "direction": "out",
                    "state": "queued",
                    "payload": payload,
                    "kind": payload["type"],
                    "opaque": uuid.uuid4().hex,
                }
            ]
        )._send_soon()

    def _identity(self):
        """Return the identity with the typed number; raise UserError if we may not write to it."""
        # sudo: whatsapp.identity - looked up by the number that the administrator typed
        identities = self.env["whatsapp.identity"].sudo()
        partners = self.env["res.partner"]
        try:
            number = phones.read(self.recipient, partners._area_code()).numbers[0]
        except phones.NotAPhone as error:
            raise UserError(partners._why_no_phone(error)) from error
        identity = identities._find(self.account_id.portfolio, "", number.lstrip("+"))
        if not identity:
            raise UserError(
                self.env._(
                    "%s has never written to us. Send any message from this telephone to the "
                    "WhatsApp number first, then try again.",
                    self.recipient,
                )
            )
        until = identity._window_until()
        if not until or until <= fields.Datetime.now():
            raise UserError(
                self.env._(
                    "More than 24 hours ago %s wrote to us for the last time, so WhatsApp does "
                    "not let us write. Send any message from this telephone first.",
                    self.recipient,
                )
            )
        return identity
