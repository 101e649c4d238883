# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..measure import (
    INDICATORS,
    Tally,
    days_of_month,
    goal_on,
    handling_goal,
    judge,
    judged_days,
    month_figure,
    shown,
    without_grace,
)
from .count_field import Count

# An id is made of month, indicator and queue, so that it stays the same: so many of each fit
_KINDS, _QUEUES = 20, 80_000


class Month(models.Model):
    """The figures of a month, over all queues and for each: made of the frozen days.

    The mean of the days worked and the total over the total stand side by side; which of them
    counts is a matter of the reading. Bands are found from exact numbers, never from the floats
    that screens show.
    """

    _name = "contact_center.indicator.month"
    _inherit = ["contact_center.machine.row"]
    _description = "Figure of a Month"
    _auto = False
    _order = "month desc, definition_id, queue_id"
    _rec_name = "definition_id"

    month = fields.Date(readonly=True)
    definition_id = fields.Many2one(
        "contact_center.indicator.definition", string="Indicator", readonly=True
    )
    scope = fields.Selection(
        [("overall", "All queues"), ("queue", "One queue")], string="Of", readonly=True
    )
    queue_id = fields.Many2one("contact_center.queue", readonly=True)
    worked_days = fields.Integer(string="Days worked", readonly=True, aggregator=None)
    numerator = Count(readonly=True, aggregator=None)
    denominator = Count(readonly=True, aggregator=None)
    mean = fields.Float(string="Mean of the days", readonly=True, aggregator="avg", digits=(16, 4))
    total = fields.Float(string="Total over total", readonly=True, aggregator="avg", digits=(16, 4))
    difference = fields.Float(readonly=True, aggregator=None, digits=(16, 4))
    billed = fields.Char(string="Counts", compute="_compute_judged", compute_sudo=True)
    band = fields.Selection(
        [
            ("met", "Met"),
            ("low", "Low"),
            ("medium", "Medium"),
            ("high", "High"),
            ("no_band", "Between bands"),
        ],
        compute="_compute_judged",
        compute_sudo=True,
    )
    percent = fields.Char(
        string="Penalty (% of the invoice)",
        compute="_compute_judged",
        compute_sudo=True,
        help="Before the ceiling of the contract.",
    )
    note = fields.Char(compute="_compute_judged", compute_sudo=True)

    @property
    def _table_query(self):
        """Return the view: days added up over queues, then months of them."""
        return SQL(
            """
            WITH days AS (
                SELECT date_trunc('month', day)::date AS month, day, definition_id, queue_id,
                    GROUPING(queue_id) AS is_overall,
                    sum(numerator) AS numerator, sum(denominator) AS denominator
                FROM contact_center_indicator_day WHERE is_frozen
                GROUP BY GROUPING SETS ((day, definition_id), (day, definition_id, queue_id))
            ), months AS (
                SELECT month, definition_id, queue_id, is_overall,
                    sum(numerator) AS numerator, sum(denominator) AS denominator,
                    count(*) FILTER (WHERE denominator > 0) AS worked_days,
                    avg(numerator / denominator) FILTER (WHERE denominator > 0) AS mean
                FROM days GROUP BY month, definition_id, queue_id, is_overall
            ), scaled AS (
                SELECT m.*, d.sequence, CASE d.unit WHEN 'percent' THEN 100
                    WHEN 'seconds' THEN 0.000001 ELSE 1 END AS scale
                FROM months m JOIN contact_center_indicator_definition d ON d.id = m.definition_id
            )
            SELECT (((extract(year FROM month) - 2000) * 12 + extract(month FROM month)) * %(kinds)s
                    + sequence)::int * %(queues)s
                    + CASE WHEN is_overall = 1 THEN 0 ELSE 1 + COALESCE(queue_id, 0) END AS id,
                month, definition_id, queue_id,
                CASE WHEN is_overall = 1 THEN 'overall' ELSE 'queue' END AS scope,
                worked_days, numerator::int8 AS numerator, denominator::int8 AS denominator,
                mean * scale AS mean, numerator / NULLIF(denominator, 0) * scale AS total,
                (mean - numerator / NULLIF(denominator, 0)) * scale AS difference
            FROM scaled
            """,
            kinds=_KINDS,
            queues=_QUEUES,
        )

    @api.depends("month", "definition_id", "scope", "queue_id")
    def _compute_judged(self):
        """Compute value, band and penalty from the exact days of each month."""
        for month in set(self.mapped("month")):
            shown_here = self.filtered(lambda one, month=month: one.month == month)
            shown_here._judge_month(month)

    def _judge_month(self, month):
        """Judge these figures of one month."""
        labels = dict(self._fields["band"]._description_selection(self.env))
        for one, days, figure, _goal, judged in self._judgements(month):
            one.billed = shown(figure.billed)
            one.band = judged.band if judged.band in labels else False
            one.percent = shown(judged.fine.percent) if judged.fine else ""
            one.note = judged.why if days or not one.worked_days else self._in_grace()

    def _judgements(self, month):
        """Return how these figures of one month stand.

        :return: of each (record, {day: tally} of the days that count, `measure.Figure`,
            `measure.Goal` or None, `measure.Judgement`)
        """
        tallies = self._days(month)
        reading = self.env["contact_center.indicator.version"]._reading_on(month)
        goals = self.env["contact_center.indicator.goal"]._in_force(month)
        judged_on, services = self._counting_days(month, reading)
        found = []
        for one in self:
            indicator = INDICATORS[one.definition_id.code]
            queue = one.queue_id.id or None
            days = self._counting(tallies[indicator.code], queue, one.scope, judged_on, services)
            figure = month_figure(indicator, days, judged_on, reading)
            goal = goal_on(indicator.code, month, goals.get(indicator.code, ()), queue)
            handling = one._handling_goal() if indicator.code == "TMA" else None
            judged = judge(indicator, figure, goal, reading, handling, queue)
            found.append((one, days, figure, goal, judged))
        return found

    @api.model
    def _counting_days(self, month, reading):
        """Return the days of a month after the contract's grace, and the graces of services.

        :return: days, {queue id: [(start, days of grace)]}
        """
        calendar = days_of_month(month.year, month.month)
        contract, services = self.env["contact_center.contract"]._graces(calendar[-1])
        if contract:
            start, grace = contract
            calendar = judged_days(calendar, start, reading, grace)
        return calendar, services

    @api.model
    def _in_grace(self):
        """Return why a month with contacts has no figure that counts."""
        return self.env._("in grace")

    @api.model
    def _counting(self, tallies, queue, scope, judged_on, services):
        """Return the days of a figure that count for penalties: {day: tally}."""
        if scope == "queue":
            tallies = {key: tally for key, tally in tallies.items() if key[1] == queue}
        return without_grace(tallies, judged_on, services)

    @api.model
    def _days(self, month):
        """Return the frozen days of a month: {code: {(day, queue): tally}}."""
        last = days_of_month(month.year, month.month)[-1]
        # sudo: contact_center.indicator.day - sums of figures that the user may read
        groups = (
            self.env["contact_center.indicator.day"]
            .sudo()
            ._read_group(
                [("is_frozen", "=", True), ("day", ">=", month), ("day", "<=", last)],
                ["day:day", "definition_id", "queue_id"],
                ["numerator:sum", "denominator:sum"],
            )
        )
        found = defaultdict(dict)
        for day, definition, queue, numerator, denominator in groups:
            tally = Tally(int(numerator), int(denominator))
            found[definition.code][day, queue.id or None] = tally
        return found

    def _handling_goal(self):
        """Return the goal of the handling time: the mean of the first three months; None before.

        A month is judged by it only after those three.
        """
        self.ensure_one()
        return self._handling_goal_in(self.month, self.scope, self.queue_id.id)

    @api.model
    def _handling_goal_in(self, month, scope="overall", queue_id=False):
        """Return the goal of the handling time by which a month is judged, see `_handling_goal`."""
        domain = [
            ("definition_id.code", "=", "TMA"),
            ("scope", "=", scope),
            ("queue_id", "=", queue_id),
        ]
        first = self.search(domain, order="month", limit=3)
        if not first or month <= first[-1].month:
            return None
        indicator = INDICATORS["TMA"]
        return handling_goal([indicator.value(one.numerator, one.denominator) for one in first])

    # ------------------------------------------------------------
    # Down to the days
    # ------------------------------------------------------------

    def action_days(self):
        """Open the days that this figure is made of."""
        self.ensure_one()
        last = days_of_month(self.month.year, self.month.month)[-1]
        domain = [
            ("is_frozen", "=", True),
            ("definition_id", "=", self.definition_id.id),
            ("day", ">=", self.month),
            ("day", "<=", last),
        ]
        if self.scope == "queue":
            domain.append(("queue_id", "=", self.queue_id.id))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center_indicator.indicator_day_action"
        )
        return {**action, "domain": domain, "context": {}}
