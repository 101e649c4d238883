# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResPartner(models.Model):
    """Citizens may opt out of automatic messages; their own requests are still answered."""

    _inherit = "res.partner"

    contact_center_opt_out = fields.Boolean(
        string="Wants no automatic messages",
        help="No notices that nobody asked for (inactivity, survey). Answers to what the person "
        "asks for are still sent. The person says so by writing PARE, and RECEBER MENSAGENS "
        "ends it.",
    )
