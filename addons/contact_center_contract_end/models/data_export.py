# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class DataExport(models.Model):
    """The package refers to a data export; its own bookkeeping is not exported."""

    _inherit = "contact_center.data.export"

    @api.model
    def _tables_left_out(self):
        itself = self.env._("the bookkeeping of the hand-over")
        names = ("contact_center.contract.end.part", "contact_center.contract.end.access")
        return {**super()._tables_left_out(), **dict.fromkeys(names, itself)}
