# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class VolumeForecastLine(models.Model):
    """What a half hour is expected to bring, and how many agents it needs."""

    _name = "contact_center.volume.forecast.line"
    _inherit = ["contact_center.machine.row"]
    _description = "Half Hour of a Volume Forecast"
    _order = "forecast_id, day, slot"
    _rec_name = "slot"

    forecast_id = fields.Many2one(
        "contact_center.volume.forecast",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    day = fields.Date(readonly=True)
    slot = fields.Char(string="Half hour", readonly=True)
    expected = fields.Float(string="Contacts expected", readonly=True, digits=(16, 1))
    agents = fields.Integer(
        string="Agents needed",
        readonly=True,
        aggregator="max",
        help="Fewest agents who reach the goal, by Erlang A: citizens who wait too long give up.",
    )
    rostered = fields.Integer(
        string="People to plan",
        readonly=True,
        aggregator="max",
        help="With pauses, training and absence.",
    )
    agents_patient = fields.Integer(
        string="By Erlang C",
        readonly=True,
        aggregator="max",
        help="For comparison: as if nobody ever gave up. Too many.",
    )
    level = fields.Float(
        string="Service level (%)", readonly=True, digits=(16, 1), aggregator="avg"
    )
    wait = fields.Float(string="Wait (seconds)", readonly=True, digits=(16, 1), aggregator="avg")
    abandoned = fields.Float(
        string="Abandonment (%)", readonly=True, digits=(16, 1), aggregator="avg"
    )
    occupancy = fields.Float(
        string="Occupancy (%)", readonly=True, digits=(16, 1), aggregator="avg"
    )
