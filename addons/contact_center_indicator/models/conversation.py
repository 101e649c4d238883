# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class Conversation(models.Model):
    """Conversations are found by the figure that they are part of."""

    _inherit = "contact_center.conversation"

    indicator_day_id = fields.Many2one(
        "contact_center.indicator.day",
        string="Part of the figure",
        compute="_compute_indicator_day_id",
        search="_search_indicator_day_id",
        help="Only for searches: a contact is part of many figures.",
    )

    @api.depends()
    def _compute_indicator_day_id(self):
        """Leave it empty: a contact is part of many figures."""
        self.indicator_day_id = False

    def _search_indicator_day_id(self, operator, value):
        """Find the contacts of figures that the user may read, given by their ids."""
        if operator != "in" or not all(isinstance(one, int) for one in value):
            raise UserError(self.env._("Contacts are found by a figure, not by its absence."))
        rows = self.env["contact_center.indicator.day"].browse(value).exists()
        rows.check_access("read")
        # sudo: contact_center.indicator.day - counted again; the rules of conversations still apply
        return [("id", "in", rows.sudo()._contact_ids())]
