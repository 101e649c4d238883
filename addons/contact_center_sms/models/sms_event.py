# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class SmsEvent(models.Model):
    """A receipt or a reply as the gateway told it: the original."""

    _name = "contact_center.sms.event"
    _description = "Contact Center Text Message Event"
    _inherit = "contact_center.machine.row"
    _order = "id desc"
    _rec_name = "kind"

    gateway_id = fields.Many2one(
        "contact_center.sms.gateway", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [("receipt", "Receipts"), ("reply", "Replies")], required=True, readonly=True
    )
    payload = fields.Json(readonly=True)
    state = fields.Selection(
        [
            ("received", "Waiting"),
            ("processed", "Read"),
            ("early", "Of no message known yet"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="received",
    )
    error = fields.Char(readonly=True)

    _waiting_idx = models.Index("(gateway_id, id) WHERE state IN ('received', 'early')")

    def _process(self):
        """Read this event."""
        self.ensure_one()
        gateway = self.gateway_id
        if self.kind == "reply":
            heard = gateway._hear_replies(self.payload)
            note = False if heard else self.env._("Nothing new that anybody wrote is in it.")
            self.write({"state": "processed", "error": note})
            return
        found, unknown = gateway._hear_receipts(self.payload)
        if unknown:
            note = self.env._("%s receipts are of no message known here.", unknown)
            self.write({"state": "early", "error": note})
        else:
            note = False if found else self.env._("No receipt that can be read is in it.")
            self.write({"state": "processed", "error": note})

    @api.model
    def _look_again(self, gateway, gateway_id):
        """Read again receipts that came before the answer that named the gateway's id."""
        early = self.search([("gateway_id", "=", gateway.id), ("state", "=", "early")])
        named = early.filtered(lambda event: _names(event.payload, gateway_id))
        if named:
            named.write({"state": "received"})
            gateway._hear_soon()

    def action_process_again(self):
        """Read these events again; receipts that were applied change nothing twice."""
        self._check_may_repair()
        # sudo: contact_center.sms.event - rows of the system, the right was checked
        again = self.sudo().filtered("payload")
        again.write({"state": "received", "error": False})
        for gateway in again.gateway_id:
            gateway._hear_soon()
        return True


def _names(payload, text):
    """Return whether a value somewhere in a JSON is this text."""
    if isinstance(payload, dict):
        return any(_names(part, text) for part in payload.values())
    if isinstance(payload, list):
        return any(_names(part, text) for part in payload)
    return str(payload) == text
