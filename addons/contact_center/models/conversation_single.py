from odoo import api, fields, models


class Conversation(models.Model):
    """One open conversation for each citizen and number of ours: two would tear one talk apart.

    The index guarantees it, whoever writes. `_open` sees to it that of two transactions at once
    the second is repeated, and then finds the conversation of the first.
    """

    _inherit = "contact_center.conversation"

    number_key = fields.Char(
        string="Number of ours",
        compute="_compute_number_key",
        store=True,
        # Known when the row is written: it is part of what makes a conversation unique
        precompute=True,
        help="Over which of the city's numbers or accounts it is held, as the channel writes it.",
    )

    _one_open_per_citizen = models.UniqueIndex(
        "(partner_id, channel_kind, COALESCE(number_key, '')) WHERE state != 'closed'",
        "This citizen already has an open conversation here.",
    )

    def _compute_number_key(self):
        """Hook: a channel with several numbers says here over which one it is."""
        self.number_key = False

    @api.model
    def _claim_citizen(self, partner):
        """Let only one transaction at a time open a conversation with `partner`.

        An update, not a lock: whoever waited for a lock would go on with the old picture of the
        database, in which the other's conversation is missing. After an update PostgreSQL refuses
        (serialization failure); request or job is repeated and finds that conversation.
        """
        # What was closed in this transaction must not stand in the way of the new one.
        self.flush_model(["state", "partner_id", "number_key"])
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = write_date WHERE id = %s",
            [partner.id],
            # the refusal is expected when two open at once: no error to log
            log_exceptions=False,
        )
