# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CivilPlanEntry(models.Model):
    """A line of a plan may be for one WhatsApp number."""

    _inherit = "contact_center.civil.plan.entry"

    whatsapp_account_id = fields.Many2one(
        "whatsapp.account",
        string="WhatsApp number",
        ondelete="restrict",
        help="Only for this number. Empty: every number.",
    )

    @api.constrains("channel_kind", "whatsapp_account_id")
    def _check_channel(self):
        for entry in self:
            if entry.whatsapp_account_id and entry.channel_kind not in (False, "whatsapp"):
                raise ValidationError(
                    self.env._("A WhatsApp number goes with the channel WhatsApp.")
                )

    def _fits(self, conversation):
        """Return whether this line is for the number over which a conversation is held."""
        # sudo: contact_center.conversation - the system leads citizens
        account = conversation.sudo().whatsapp_account_id
        wanted = self.whatsapp_account_id
        return super()._fits(conversation) and (not wanted or wanted == account)

    def _place_words(self):
        # sudo: whatsapp.account - the name of a number, for the record
        return self.sudo().whatsapp_account_id.name or super()._place_words()
