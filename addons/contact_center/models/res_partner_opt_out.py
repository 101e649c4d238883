# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResPartner(models.Model):
    """Citizens may opt out of automatic messages; their requests are still answered."""

    _inherit = "res.partner"

    contact_center_opt_out = fields.Boolean(
        string="Wants no automatic messages",
        help="No unsolicited notices (inactivity, survey). Answers to the person's requests are "
        "still sent. The person starts this by writing PARE, and ends it with RECEBER "
        "MENSAGENS.",
    )
