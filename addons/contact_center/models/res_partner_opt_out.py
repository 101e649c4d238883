from odoo import fields, models


class ResPartner(models.Model):
    """Citizens may want no automatic messages; what they ask for is answered all the same."""

    _inherit = "res.partner"

    contact_center_opt_out = fields.Boolean(
        string="Wants no automatic messages",
        help="No notices that nobody asked for (inactivity, survey). Answers to what the person "
        "asks for are still sent. The person says so by writing PARE, and RECEBER MENSAGENS "
        "ends it.",
    )
