# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

USUAL_CAPACITY = 100
"""Capacity of an agent of whom nothing is said; see `contact_center.channel.weight`."""


class AgentCapacity(models.Model):
    """How much an agent serves at the same time, where it is not the usual."""

    _name = "contact_center.agent.capacity"
    _description = "Capacity of an Agent"
    _order = "user_id"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users",
        string="Agent",
        required=True,
        ondelete="cascade",
        domain="[('share', '=', False)]",
    )
    capacity = fields.Integer(
        required=True,
        default=USUAL_CAPACITY,
        help="The weights of the conversations that the agent serves add up to this at most. 100 "
        "is usual, 0 means no contacts.",
    )

    _once = models.Constraint("UNIQUE(user_id)", "An agent has one capacity.")
    _not_negative = models.Constraint("CHECK(capacity >= 0)", "A capacity cannot be negative.")
