# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .. import measure
from .occurrence import COUNTED


class StatementLine(models.Model):
    """A line of a statement: an indicator, a penalty, or what was measured."""

    _name = "contact_center.indicator.statement.line"
    _inherit = ["contact_center.machine.row"]
    _description = "Line of a Statement"
    _order = "statement_id, sequence, id"
    _rec_name = "words"

    statement_id = fields.Many2one(
        "contact_center.indicator.statement",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(readonly=True, aggregator=None)
    kind = fields.Selection(
        [("indicator", "Indicator"), ("fine", "Penalty"), ("measured", "Measurement")],
        required=True,
        readonly=True,
    )
    code = fields.Char(readonly=True)
    words = fields.Char(string="What", readonly=True)
    goal = fields.Char(readonly=True)
    mean = fields.Char(string="Mean of the days", readonly=True)
    ratio = fields.Char(string="Total over total", readonly=True)
    value = fields.Char(string="Counts", readonly=True)
    band = fields.Selection(
        [
            ("met", "Met"),
            ("low", "Low"),
            ("medium", "Medium"),
            ("high", "High"),
        ],
        readonly=True,
    )
    percent = fields.Char(string="% of the invoice", readonly=True)
    amount = fields.Float(readonly=True, digits=(16, 2))
    outside = fields.Boolean(string="Beside the ceiling", readonly=True)
    queue_id = fields.Many2one("contact_center.queue", readonly=True, ondelete="restrict")
    why = fields.Char(string="Why not", readonly=True)

    def action_behind(self):
        """Open what is behind this line: the days of its indicator, or its occurrences."""
        self.ensure_one()
        self.check_access("read")
        month = self.statement_id.start
        days = measure.days_of_month(month.year, month.month)
        if self.code in measure.INDICATORS and self.code not in COUNTED.values():
            domain = [
                ("is_frozen", "=", True),
                ("definition_id.code", "=", self.code),
                ("day", ">=", days[0]),
                ("day", "<=", days[-1]),
            ]
            if self.queue_id:
                domain.append(("queue_id", "=", self.queue_id.id))
            name = "contact_center_indicator.indicator_day_action"
        else:
            kinds = [kind for kind, code in COUNTED.items() if code == self.code]
            what = [("kind", "in", kinds or [self.code])]
            if not kinds and self.code not in measure.CLOCKS:
                clause = self.code if self.code != measure.DUTY else False
                what = [("kind", "=", measure.DUTY), ("clause", "=", clause)]
            domain = [*what, ("state", "=", "approved"), ("start", "in", days)]
            name = "contact_center_indicator.indicator_occurrence_action"
        action = self.env["ir.actions.act_window"]._for_xml_id(name)
        return {**action, "domain": domain, "context": {}}
