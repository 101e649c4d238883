# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class AlertRecipient(models.Model):
    """A citizen whom a sending is for, and what became of it: one row for each person."""

    _name = "contact_center.alert.recipient"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "Citizen of a Sending"
    _access_content = frozenset({"partner_id", "conversation_id"})
    _order = "id"
    _rec_name = "partner_id"

    broadcast_id = fields.Many2one(
        "contact_center.alert.broadcast",
        string="Sending",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Citizen",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    conversation_id = fields.Many2one(
        "contact_center.conversation",
        string="Last conversation",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    state = fields.Selection(
        [
            ("pending", "To be told"),
            ("sent", "Told"),
            ("skipped", "Not told"),
            ("failed", "Failed"),
            ("drill", "Counted in a drill"),
        ],
        required=True,
        readonly=True,
        default="pending",
    )
    why = fields.Selection(
        [
            ("opted_out", "Wants no automatic messages"),
            ("window", "Wrote more than 24 hours ago, and there is no template"),
            ("said", "Was told already"),
            ("gone", "Archived or erased"),
            ("no_text", "There is no active automatic message for this"),
            ("error", "An error, see the server's log"),
        ],
        string="Why not",
        readonly=True,
    )
    sent_at = fields.Datetime(string="Told at", readonly=True)
    # the mail.message: a plain number, so that messages can be erased freely
    message_id = fields.Integer(readonly=True, aggregator=None)
    company_id = fields.Many2one(related="broadcast_id.company_id")

    _once = models.Constraint("UNIQUE(broadcast_id, partner_id)", "Each person is told once.")
    _pending_idx = models.Index("(broadcast_id, id) WHERE state = 'pending'")
    _sent_idx = models.Index("(broadcast_id, sent_at) WHERE state = 'sent'")

    @api.model
    def _told_since(self, broadcast, moment):
        """Return (how many of a sending were told after a moment, when the first of them was)."""
        domain = [
            ("broadcast_id", "=", broadcast.id),
            ("state", "=", "sent"),
            ("sent_at", ">", moment),
        ]
        ((count, first),) = self._read_group(domain, [], ["__count", "sent_at:min"])
        return count, first
