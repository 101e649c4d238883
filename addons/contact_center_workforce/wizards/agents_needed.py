# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from .. import workforce

# Beyond this the formulas of a small form would take long.
MOST_PER_HOUR = 20_000


class AgentsNeeded(models.TransientModel):
    """A calculator of agents.

    How many agents a flow of contacts needs, or what so many agents give.
    """

    _name = "contact_center.agents.needed"
    _description = "How Many Agents"

    per_hour = fields.Float(string="Contacts an hour", default=300.0, digits=(16, 1))
    handling_seconds = fields.Integer(string="Handling time (seconds)", default=199)
    patience_seconds = fields.Integer(
        string="Patience (seconds)",
        default=int(workforce.USUAL_PATIENCE),
        help="Mean time after which waiting citizens give up.",
    )
    goal_seconds = fields.Integer(string="Answer within (seconds)", default=20)
    goal_percent = fields.Float(string="Service level (%)", default=80.0, digits=(16, 1))
    shrinkage = fields.Float(string="Absence (%)", default=20.0, digits=(16, 1))
    agents = fields.Integer(
        string="Agents at work",
        help="What so many agents give. 0: as many as are needed.",
    )
    needed = fields.Integer(string="Agents needed", compute="_compute_service")
    rostered = fields.Integer(string="People to plan", compute="_compute_service")
    needed_patient = fields.Integer(string="Agents needed, by Erlang C", compute="_compute_service")
    level = fields.Float(string="Answered in time (%)", compute="_compute_service", digits=(16, 1))
    wait = fields.Float(string="Wait (seconds)", compute="_compute_service", digits=(16, 1))
    abandoned = fields.Float(string="Abandonment (%)", compute="_compute_service", digits=(16, 1))
    occupancy = fields.Float(string="Occupancy (%)", compute="_compute_service", digits=(16, 1))
    problem = fields.Char(compute="_compute_service")

    @api.depends(
        "per_hour",
        "handling_seconds",
        "patience_seconds",
        "goal_seconds",
        "goal_percent",
        "shrinkage",
        "agents",
    )
    def _compute_service(self):
        for form in self:
            form.problem = form._problem()
            form.update(dict.fromkeys(("needed", "rostered", "needed_patient"), 0))
            form.update(dict.fromkeys(("level", "wait", "abandoned", "occupancy"), 0.0))
            if not form.problem:
                form._calculate()

    def _problem(self):
        """Return what is wrong with the numbers, "" if nothing is."""
        _ = self.env._
        if not 0 <= self.per_hour <= MOST_PER_HOUR:
            return _("Contacts an hour are between 0 and %s.", MOST_PER_HOUR)
        if self.handling_seconds <= 0 or self.patience_seconds <= 0 or self.goal_seconds < 0:
            return _("Times are in seconds, above 0.")
        if self.per_hour * self.handling_seconds > 3600 * workforce.MOST_AGENTS / 2:
            return _("That is more than this form can calculate.")
        if not 0 < self.goal_percent < 100 or not 0 <= self.shrinkage <= 90:
            return _("The service level is between 0 and 100 %, the absence at most 90 %.")
        return ""

    def _calculate(self):
        load = workforce.Load(
            self.per_hour, float(self.handling_seconds), float(self.patience_seconds)
        )
        goal = workforce.Goal(float(self.goal_seconds), self.goal_percent / 100)
        self.needed = workforce.agents_needed(load, goal) or 0
        self.needed_patient = workforce.agents_needed(load, goal, workforce.erlang_c) or 0
        self.rostered = workforce.rostered(self.needed, self.shrinkage / 100)
        service = workforce.erlang_a(load, self.agents or self.needed, goal.seconds)
        self.level, self.wait = 100 * service.level, service.wait
        self.abandoned, self.occupancy = 100 * service.abandoned, 100 * service.occupancy
