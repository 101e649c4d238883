# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

LOGGED_ITEMS = [("HL6", "Positions of 6 hours"), ("HL24", "Positions of 24 hours")]


class Operation(models.Model):
    """By which item of the contract the logged time of an operation is paid."""

    _inherit = "contact_center.operation"

    measurement_item = fields.Selection(
        [*LOGGED_ITEMS, ("none", "Not measured")],
        string="Logged hours paid as",
        required=True,
        default="HL6",
        help="The logged time of agents assigned to this operation. Days that were counted keep "
        "the item by which they were.",
    )
