# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from .conversation_glpi_reply import REPLY_WITHIN


class Conversation(models.Model):
    """While a ticket is waiting for the citizen, a bare "ok" may be the answer."""

    _inherit = "contact_center.conversation"

    @api.model
    def _awaits_answer(self, partner):
        if not self._glpi_has_tickets(partner):
            return super()._awaits_answer(partner)
        since = fields.Datetime.now() - REPLY_WITHIN
        # sudo: glpi.ticket - looked at by the system for the citizen
        asked = (
            self.env["glpi.ticket"]
            .sudo()
            .search_count(
                [
                    ("conversation_id.partner_id", "=", partner.id),
                    ("awaiting_reply_at", ">=", since),
                    ("state", "=", "open"),
                ],
                limit=1,
            )
        )
        return bool(asked) or super()._awaits_answer(partner)
