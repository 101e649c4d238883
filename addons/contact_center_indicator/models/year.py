# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

from .count_field import Count

# An id is made of month, indicator and queue, so that it stays the same: so many of each fit
_KINDS, _QUEUES = 20, 80_000

# Days added up over queues, and of their months the year so far
_YEARS = """
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
        sum(numerator / denominator) FILTER (WHERE denominator > 0) AS added
    FROM days GROUP BY month, definition_id, queue_id, is_overall
), so_far AS (
    SELECT month, definition_id, queue_id, is_overall,
        sum(numerator) OVER one AS numerator,
        sum(denominator) OVER one AS denominator,
        sum(worked_days) OVER one AS worked_days,
        sum(added) OVER one AS added
    FROM months
    WINDOW one AS (
        PARTITION BY definition_id, queue_id, is_overall, extract(year FROM month)
        ORDER BY month)
), scaled AS (
    SELECT s.*, d.sequence, added / NULLIF(worked_days, 0) AS mean,
        CASE d.unit WHEN 'percent' THEN 100
        WHEN 'seconds' THEN 0.000001 ELSE 1 END AS scale
    FROM so_far s JOIN contact_center_indicator_definition d ON d.id = s.definition_id
)
SELECT (((extract(year FROM month) - 2000) * 12 + extract(month FROM month)) * %(kinds)s
        + sequence)::int * %(queues)s
        + CASE WHEN is_overall = 1 THEN 0 ELSE 1 + COALESCE(queue_id, 0) END AS id,
    month, extract(year FROM month)::int::text AS year, definition_id, queue_id,
    CASE WHEN is_overall = 1 THEN 'overall' ELSE 'queue' END AS scope,
    worked_days::int AS worked_days,
    numerator::int8 AS numerator, denominator::int8 AS denominator,
    mean * scale AS mean, numerator / NULLIF(denominator, 0) * scale AS total,
    (mean - numerator / NULLIF(denominator, 0)) * scale AS difference
FROM scaled
"""


class Year(models.Model):
    """The figures of a year as they stand after each of its months.

    They are made of the frozen days. December's are those of the year. For information: penalties
    are a matter of months.
    """

    _name = "contact_center.indicator.year"
    _inherit = ["contact_center.machine.row"]
    _description = "Figure of a Year"
    _auto = False
    _order = "month desc, definition_id, queue_id"
    _rec_name = "definition_id"

    month = fields.Date(string="Up to the month", readonly=True)
    year = fields.Char(readonly=True)
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

    @property
    def _table_query(self):
        """Return the view: days added up over queues, and the year's months so far."""
        return SQL(
            _YEARS,
            kinds=_KINDS,
            queues=_QUEUES,
        )

    def action_days(self):
        """Open the days that this figure is made of."""
        self.ensure_one()
        first = self.month.replace(month=1)
        domain = [
            ("is_frozen", "=", True),
            ("definition_id", "=", self.definition_id.id),
            ("day", ">=", first),
            ("day", "<", fields.Date.add(self.month, months=1)),
        ]
        if self.scope == "queue":
            domain.append(("queue_id", "=", self.queue_id.id))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center_indicator.indicator_day_action"
        )
        return {**action, "domain": domain, "context": {}}
