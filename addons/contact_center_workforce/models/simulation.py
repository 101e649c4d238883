# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

# Days to come that can be simulated, as many as can be forecast.
FARTHEST = 56
# What people enter; everything else is written by the simulation itself.
INPUTS = frozenset(
    {
        "name",
        "day",
        "queue_ids",
        "move_ids",
        "shrinkage",
        "handling_percent",
        "patience_seconds",
        "note",
    }
)


class Simulation(models.Model):
    """What if: a day played with other people, handling times or patience.

    A day that is over is always played first as it was. Only if that gives the day's own service
    level is the rest worth anything, and the screen says so. Of a day to come the contacts are
    drawn from the forecast, and the people are those of the planned shifts. Inputs and results are
    kept together: what has run does not change, a copy of it can.
    """

    _name = "contact_center.simulation"
    _description = "Simulation of a Day"
    _order = "id desc"

    name = fields.Char(required=True, help="What is tried, in a few words.")
    day = fields.Date(
        required=True,
        default=lambda self: self._yesterday(),
        help="A day that is over: its contacts come again, its agents are there again. Today or a "
        "day of the next eight weeks: contacts as forecast, agents as planned in the shifts.",
    )
    queue_ids = fields.Many2many(
        "contact_center.queue", string="Queues", help="Empty: all queues that share these agents."
    )
    move_ids = fields.One2many(
        "contact_center.simulation.move", "simulation_id", string="People moved", copy=True
    )
    shrinkage = fields.Float(
        string="More absence (%)",
        help="Part of their half hours in which agents are missing besides who was missing that "
        "day: 10 means that of ten half hours of presence one falls away.",
    )
    handling_percent = fields.Float(
        string="Handling time (%)",
        default=100.0,
        help="100: as on that day. 110: every contact takes a tenth longer.",
    )
    patience_seconds = fields.Integer(
        string="Patience (seconds)",
        help="Mean time after which waiting citizens give up. 0: as in the last four weeks.",
    )
    note = fields.Text()
    user_id = fields.Many2one(
        "res.users",
        string="Asked by",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    state = fields.Selection(
        [
            ("draft", "Not started"),
            ("running", "Running"),
            ("done", "Ready"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    progress = fields.Float(readonly=True, copy=False, aggregator=None)
    error = fields.Text(readonly=True, copy=False)
    finished_at = fields.Datetime(readonly=True, copy=False)
    fit = fields.Selection(
        [
            ("fits", "The model fits"),
            ("differs", "The model does not fit this day"),
            ("forecast", "A day to come: from the forecast"),
        ],
        string="Check",
        readonly=True,
        copy=False,
    )
    words = fields.Text(string="In words", readonly=True, copy=False)
    result_ids = fields.One2many("contact_center.simulation.result", "simulation_id", readonly=True)
    total_ids = fields.One2many(
        "contact_center.simulation.result",
        "simulation_id",
        string="The whole day",
        domain=[("scope", "=", "total")],
        readonly=True,
    )
    by_queue_ids = fields.One2many(
        "contact_center.simulation.result",
        "simulation_id",
        string="By queue",
        domain=[("scope", "=", "queue")],
        readonly=True,
    )

    _shrinkage_is_a_part = models.Constraint(
        "CHECK(shrinkage >= 0 AND shrinkage <= 95)", "More absence is between 0 and 95 percent."
    )
    _handling_is_possible = models.Constraint(
        "CHECK(handling_percent >= 10 AND handling_percent <= 1000)",
        "The handling time is between 10 and 1000 percent of that day's.",
    )
    _patience_not_negative = models.Constraint(
        "CHECK(patience_seconds >= 0)", "A patience cannot be negative."
    )

    @api.model
    def _yesterday(self):
        return self.env["contact_center.queue"]._city_today() - timedelta(days=1)

    @api.constrains("day")
    def _check_day(self):
        last = self.env["contact_center.queue"]._city_today() + timedelta(days=FARTHEST)
        if any(simulation.day > last for simulation in self):
            raise ValidationError(
                self.env._(
                    "A forecast reaches eight weeks: choose a day until %s.",
                    format_date(self.env, last),
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Create from the user's choices; the rest is the simulation's own."""
        for vals in vals_list:
            self._check_inputs(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse changes of what has run.

        Its results would no longer be those of its inputs.
        """
        self._check_inputs(vals)
        if not self.env.su and vals.keys() - {"name", "note"}:
            self._check_open()
        return super().write(vals)

    def _check_inputs(self, vals):
        if not self.env.su and vals.keys() - INPUTS:
            raise UserError(self.env._("The results of a simulation are not entered by hand."))

    def _check_open(self):
        """Raise UserError if one of these is running or has run."""
        if any(simulation.state in ("running", "done") for simulation in self):
            raise UserError(
                self.env._("This simulation has run. Duplicate it and change the copy.")
            )

    def copy_data(self, default=None):
        """Name copies so that they can be told apart."""
        vals_list = super().copy_data(default)
        for simulation, vals in zip(self, vals_list, strict=True):
            if "name" not in (default or {}):
                vals["name"] = self.env._("%s (copy)", simulation.name)
        return vals_list

    @api.ondelete(at_uninstall=False)
    def _unlink_not_running(self):
        if any(simulation.state == "running" for simulation in self):
            raise UserError(self.env._("Wait until the simulation is ready."))

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_simulate(self):
        """Start in the background."""
        for simulation in self:
            simulation.check_access("write")
            simulation._check_open()
            # sudo: contact_center.simulation - only its own actions write its state
            simulation.sudo().write({"state": "running", "error": False, "progress": 0})
            simulation._run_later()

    def action_charts(self):
        """Open the course of the day as a chart."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center_workforce.simulation_result_action_slots"
        )
        return {**action, "domain": [("simulation_id", "=", self.id), ("scope", "=", "slot")]}

    def action_compare(self):
        """Open the figures of these simulations side by side."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center_workforce.simulation_result_action"
        )
        return {**action, "domain": [("simulation_id", "in", self.ids), ("scope", "=", "total")]}
