# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class Conversation(models.Model):
    """One open conversation for each citizen and number: two would split the dialog.

    The index guarantees this, whatever code writes. `_open` ensures that of two simultaneous
    transactions the second is retried, and then finds the first one's conversation.
    """

    _inherit = "contact_center.conversation"

    number_key = fields.Char(
        string="Number of ours",
        compute="_compute_number_key",
        store=True,
        # Computed before the row is written: it is part of the unique key
        precompute=True,
        help="Over which of the city's numbers or accounts it is held, as the channel writes it.",
    )

    _one_open_per_citizen = models.UniqueIndex(
        "(partner_id, channel_kind, COALESCE(number_key, '')) WHERE state != 'closed'",
        "This citizen already has an open conversation here.",
    )

    def _compute_number_key(self):
        """Compute the number used here, on a channel with several (hook)."""
        self.number_key = False

    @api.model
    def _claim_citizen(self, partner):
        """Let only one transaction at a time open a conversation with `partner`.

        An update, not a lock: a transaction that waited for a lock would continue with its old
        snapshot, in which the other's conversation is missing. With an update PostgreSQL refuses
        (serialization failure); the request or job is retried and finds that conversation.
        """
        # Conversations closed in this transaction must not conflict with the new one.
        self.flush_model(["state", "partner_id", "number_key"])
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = write_date WHERE id = %s",
            [partner.id],
            # the refusal is expected if two open at once: no error to log
            log_exceptions=False,
        )
