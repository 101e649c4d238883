# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class ResPartner(models.Model):
    """Where citizens live: the district of the list, and its region, beside what was typed.

    The typed district is `street2`; no list ever changes it.
    """

    _inherit = "res.partner"

    contact_center_district_id = fields.Many2one(
        "contact_center.district",
        string="District",
        compute="_compute_contact_center_district_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        help="By which reports count; found by the address where it names one of the list.",
    )
    contact_center_region_id = fields.Many2one(
        "contact_center.region",
        string="Region",
        related="contact_center_district_id.region_id",
        store=True,
        index="btree_not_null",
    )

    @api.depends("street2", "city")
    def _compute_contact_center_district_id(self):
        """Follow the typed district.

        One that is not on the list, or in another city, gives none: who moved must not count
        for where they lived. An address without a district leaves what was chosen.
        """
        districts = self.env["contact_center.district"]
        for partner in self:
            chosen = partner.contact_center_district_id
            if partner.street2:
                chosen = districts._find(partner.street2, partner.city)
            partner.contact_center_district_id = chosen

    @api.onchange("contact_center_district_id")
    def _onchange_contact_center_district_id(self):
        """Write the chosen district into an address that has none yet."""
        if self.contact_center_district_id and not self.street2:
            self.street2 = self.contact_center_district_id.name
