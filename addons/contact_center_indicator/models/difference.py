# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .count_field import Count


class Difference(models.Model):
    """What a recalculation of a closed day found to be different.

    The frozen figure stays.
    """

    _name = "contact_center.indicator.difference"
    _inherit = ["contact_center.machine.row"]
    _description = "Difference of a Recalculated Day"
    _order = "seal_id desc, id"
    _rec_name = "definition_id"

    seal_id = fields.Many2one(
        "contact_center.indicator.seal",
        string="Closing",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    day = fields.Date(related="seal_id.day", store=True)
    definition_id = fields.Many2one(
        "contact_center.indicator.definition",
        string="Indicator",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    queue_id = fields.Many2one("contact_center.queue", readonly=True, ondelete="restrict")
    agent_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    numerator = Count(string="Numerator, frozen", readonly=True, aggregator=None)
    denominator = Count(string="Denominator, frozen", readonly=True, aggregator=None)
    new_numerator = Count(string="Numerator, again", readonly=True, aggregator=None)
    new_denominator = Count(string="Denominator, again", readonly=True, aggregator=None)
