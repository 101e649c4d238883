# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Occurrence(models.Model):
    """An occurrence may come from an outage that the system noticed."""

    _inherit = "contact_center.indicator.occurrence"

    outage_id = fields.Many2one(
        "contact_center.outage",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    _outage_unique = models.UniqueIndex(
        "(outage_id, kind) WHERE outage_id IS NOT NULL", "An outage is recorded once."
    )
