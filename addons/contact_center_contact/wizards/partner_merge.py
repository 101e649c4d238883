# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class PartnerMerge(models.TransientModel):
    """Keeps the district that was chosen for a contact which is merged into another."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        """Give the remaining contact a district if only others have one.

        Odoo's own merge passes computed fields over, even those that people choose.
        """
        chosen = dst_partner.contact_center_district_id
        if not chosen and not dst_partner.street2:
            chosen = src_partners.contact_center_district_id[:1]
        super()._update_values(src_partners, dst_partner)
        if chosen and dst_partner.contact_center_district_id != chosen:
            dst_partner.contact_center_district_id = chosen
