# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Region(models.Model):
    """A region of the city, by which reports count: it consists of districts."""

    _name = "contact_center.region"
    _description = "Region of the City"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    district_ids = fields.One2many("contact_center.district", "region_id", string="Districts")
    district_count = fields.Integer(compute="_compute_district_count", string="Number of districts")

    _name_unique = models.UniqueIndex("(lower(name))", "There is a region of this name already.")

    def _compute_district_count(self):
        groups = self.env["contact_center.district"]._read_group(
            [("region_id", "in", self.ids)], ["region_id"], ["__count"]
        )
        counts = {region.id: count for region, count in groups}
        for region in self:
            region.district_count = counts.get(region.id, 0)
