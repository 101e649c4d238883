# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class SimulationResult(models.Model):
    """The figures of a simulated day, of one of its queues or one of its half hours.

    Of simulated days they are means of the replications; with 95 % certainty the true mean is not
    further off than the margin.
    """

    _name = "contact_center.simulation.result"
    _inherit = ["contact_center.machine.row"]
    _description = "Result of a Simulation"
    _order = "simulation_id desc, scope, queue_id, slot, sequence"
    _rec_name = "kind"

    simulation_id = fields.Many2one(
        "contact_center.simulation", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True)
    kind = fields.Selection(
        [
            ("real", "As it was"),
            ("day", "Simulated, without changes"),
            ("plan", "Simulated, with the changes"),
        ],
        string="Day",
        required=True,
        readonly=True,
    )
    scope = fields.Selection(
        [("total", "The whole day"), ("queue", "Queue"), ("slot", "Half hour")],
        string="Part",
        required=True,
        readonly=True,
    )
    queue_id = fields.Many2one("contact_center.queue", readonly=True, ondelete="cascade")
    slot = fields.Char(string="Half hour", readonly=True)
    offered = fields.Float(string="Contacts", readonly=True, digits=(16, 1), aggregator="avg")
    level = fields.Float(
        string="Service level (%)", readonly=True, digits=(16, 1), aggregator="avg"
    )
    level_margin = fields.Float(
        string="Service level ±", readonly=True, digits=(16, 1), aggregator=None
    )
    wait = fields.Float(
        string="Wait (seconds)",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="Mean of all citizens, those who gave up too.",
    )
    wait_margin = fields.Float(string="Wait ±", readonly=True, digits=(16, 1), aggregator=None)
    abandoned = fields.Float(
        string="Abandonment (%)", readonly=True, digits=(16, 1), aggregator="avg"
    )
    abandoned_margin = fields.Float(
        string="Abandonment ±", readonly=True, digits=(16, 1), aggregator=None
    )
    occupancy = fields.Float(
        string="Occupancy (%)",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="Of the agents' time at work; known for the whole day only.",
    )
    occupancy_margin = fields.Float(
        string="Occupancy ±", readonly=True, digits=(16, 1), aggregator=None
    )
    has_penalty = fields.Boolean(readonly=True)
    penalty = fields.Float(
        string="Expected penalty",
        readonly=True,
        digits=(16, 2),
        aggregator="avg",
        help="What a month of such days costs by the contract, where one is known.",
    )
