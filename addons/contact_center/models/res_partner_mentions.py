# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.mail.tools.discuss import Store


class ResPartner(models.Model):
    """The people that a note in a conversation may mention."""

    _inherit = "res.partner"

    @api.model
    def get_mention_suggestions_from_channel(self, channel_id, search, limit=8):
        """In a conversation, suggest the colleagues who may be mentioned, members or not."""
        channel = self.env["discuss.channel"].search([("id", "=", channel_id)])
        conversation = channel._contact_center_conversation()
        if not conversation:
            return super().get_mention_suggestions_from_channel(channel_id, search, limit)
        audience = conversation._note_audience().partner_id
        partners = self.search(
            self._get_mention_suggestions_domain(search) & Domain("id", "in", audience.ids),
            limit=limit,
        )
        return Store().add(partners, extra_fields=partners._get_store_mention_fields()).get_result()
