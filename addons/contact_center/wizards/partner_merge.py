# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import UserError

from ..core import lifecycle


class PartnerMerge(models.TransientModel):
    """Prevents merges that would give one citizen two open conversations."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        self._check_open_conversations(self.env["res.partner"].browse(partner_ids).exists())
        return super()._merge(partner_ids, dst_partner, extra_checks)

    def _check_open_conversations(self, partners):
        """Raise UserError if these contacts have several open conversations on one number.

        Odoo's merge deletes rows that it cannot move, in this case conversations.
        """
        # sudo: contact_center.conversation - counts only, for any user
        conversations = self.env["contact_center.conversation"].sudo()
        for partner in partners.sorted("id"):
            conversations._claim_citizen(partner)
        opened = conversations.search(
            [("partner_id", "in", partners.ids), ("state", "!=", lifecycle.CLOSED)]
        )
        places = {(one.channel_kind, one.number_key or "") for one in opened}
        if len(places) < len(opened):
            raise UserError(
                self.env._(
                    "Both contacts have an open conversation (%s): close one of them, then merge.",
                    ", ".join(opened.sorted("id").mapped("protocol")),
                )
            )
