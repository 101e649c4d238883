# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Conversation(models.Model):
    """What kind of contact it is: who began it, who served, and what it was about."""

    _inherit = "contact_center.conversation"

    direction = fields.Selection(
        [("receptive", "Receptive"), ("active", "Active")],
        required=True,
        readonly=True,
        copy=False,
        default="receptive",
        help="Receptive: the citizen began. Active: we did.",
    )
    attendance = fields.Selection(
        [("electronic", "Electronic"), ("human", "Human")],
        string="Served by",
        required=True,
        readonly=True,
        copy=False,
        default="electronic",
        help="Human as soon as an agent has served it.",
    )
    nature = fields.Selection(related="disposition_id.nature", store=True)
