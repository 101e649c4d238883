# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

_NAME = "COALESCE((SELECT place.name FROM %s place WHERE place.id = %s), %s)"


class ReportKind(models.AbstractModel):
    """Reports count citizens by the city's districts and regions (RP7 XVII)."""

    _inherit = "contact_center.report.kind"

    @api.model
    def _place_sql(self):
        """Return SQL of the listed district of a citizen `p` and its region (hook).

        Whose address names no district of the list stays as typed: district and city.
        """
        district, region = super()._place_sql()
        return (
            SQL(
                _NAME,
                SQL.identifier("contact_center_district"),
                SQL("p.contact_center_district_id"),
                district,
            ),
            SQL(
                _NAME,
                SQL.identifier("contact_center_region"),
                SQL("p.contact_center_region_id"),
                region,
            ),
        )
