# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..measure import Tally, Unreadable, decoded, read_lines

# Faults that a notice names
_FAULTS_SHOWN = 10
_BYTES_MOST = 2_000_000


class Outside(models.Model):
    """Figures of days that only somebody outside knows: a carrier's, a laboratory's.

    What the public network could not deliver, this system never saw. One party enters the figures
    with the document that has them, the other approves; then they are added to their days as
    closings of their own.
    """

    _name = "contact_center.indicator.outside"
    _inherit = ["contact_center.indicator.decided"]
    _description = "Figures from Outside"
    _rec_name = "document"

    start = fields.Date(
        string="First day",
        compute="_compute_start",
        store=True,
        readonly=True,
        required=False,
        help="Of the figures.",
    )
    document = fields.Char(string="Source", help="Who measured it: the carrier's file or letter.")
    definition_id = fields.Many2one(
        "contact_center.indicator.definition",
        string="Indicator",
        required=True,
        ondelete="restrict",
        domain=[("code", "in", ("ILNR", "IPL", "IQA", "IPE", "IPD", "IPS"))],
    )
    line_ids = fields.One2many(
        "contact_center.indicator.outside.line", "outside_id", string="Days", copy=True
    )
    day_count = fields.Integer(string="Number of days", compute="_compute_start", store=True)
    table = fields.Binary(string="File of days", attachment=False, copy=False)
    table_name = fields.Char(copy=False)

    @api.depends("line_ids.day")
    def _compute_start(self):
        for outside in self:
            days = outside.line_ids.mapped("day")
            outside.start = min(days, default=False)
            outside.day_count = len(set(days))

    @api.model_create_multi
    def create(self, vals_list):
        """Read the file, if there is one."""
        made = super().create(vals_list)
        made.filtered("table")._read_table()
        return made

    def write(self, vals):
        """Read the file that was put there, if there is one."""
        result = super().write(vals)
        if vals.get("table"):
            self._read_table()
        return result

    def _read_table(self):
        """Exchange the lines for those of the file.

        :raise ValidationError: it cannot be read; all faults are named, by line
        """
        for outside in self:
            content = base64.b64decode(outside.table)
            if len(content) > _BYTES_MOST:
                raise ValidationError(self.env._("This file is too large for a table of days."))
            try:
                lines = read_lines(decoded(content))
            except Unreadable as refused:
                raise ValidationError(outside._fault_words(refused.faults)) from None
            queues = outside._queues_of(lines)
            outside.line_ids.unlink()
            outside.line_ids = [
                fields.Command.create(
                    {
                        "day": line.day,
                        "numerator": line.numerator,
                        "denominator": line.denominator,
                        "queue_id": queues.get(line.queue),
                    }
                )
                for line in lines
            ]

    def _fault_words(self, faults):
        """Return in words what is wrong with a file, and what a line looks like."""
        _ = self.env._
        words = {
            "columns": _("a day and two numbers are needed"),
            "date": _("the day cannot be read"),
            "number": _("whole numbers are needed"),
            "twice": _("this day is there twice"),
            "above": _("the first number exceeds the second"),
            "long": _("there are too many lines"),
        }
        found = [
            _("line %(number)s: %(fault)s", number=number, fault=words[fault])
            for number, fault in faults[:_FAULTS_SHOWN]
        ]
        if len(faults) > _FAULTS_SHOWN:
            found.append(_("and %s more", len(faults) - _FAULTS_SHOWN))
        return _(
            "The file was not read. A line is day;numerator;denominator, like "
            "01/11/2026;48;8000.\n%s",
            "\n".join(found),
        )

    def _queues_of(self, lines):
        """Return the ids of the queues that lines name: {name: id}."""
        names = {line.queue for line in lines if line.queue}
        found = self.env["contact_center.queue"].search([("name", "in", list(names))])
        queues = {queue.name: queue.id for queue in found}
        unknown = sorted(names - queues.keys())
        if unknown:
            raise ValidationError(
                self.env._("No queue has this name: %s", ", ".join(unknown[:_FAULTS_SHOWN]))
            )
        return queues

    # ------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------

    def _check_may_begin(self):
        """Raise UserError without lines, or for days that are not over; the past is expected."""
        if not self.line_ids:
            raise UserError(self.env._("Enter the days, or put the file here."))
        today = self.env["contact_center.indicator.source"]._today()
        if any(line.day >= today for line in self.line_ids):
            raise UserError(self.env._("These days are not over yet: wait until they are."))

    def action_approve(self):
        """Add the figures to their days, as the other party approves them."""
        result = super().action_approve()
        code = self.definition_id.code
        days = defaultdict(dict)
        for line in self.line_ids:
            tally = Tally(line.numerator, line.denominator)
            days[line.day][code, line.queue_id.id or None, None] = tally
        closings = self.env["contact_center.indicator.seal"]
        for day in sorted(days):
            closings._add(day, days[day], f"{self.document} ({self.id})")
        return result


class OutsideLine(models.Model):
    """What was counted outside on one day."""

    _name = "contact_center.indicator.outside.line"
    _description = "Figure from Outside"
    _order = "day, queue_id, id"
    _rec_name = "day"

    outside_id = fields.Many2one(
        "contact_center.indicator.outside", required=True, index=True, ondelete="cascade"
    )
    day = fields.Date(required=True)
    queue_id = fields.Many2one("contact_center.queue", ondelete="restrict")
    numerator = fields.Integer(required=True, aggregator=None)
    denominator = fields.Integer(required=True, aggregator=None)

    _day_unique = models.UniqueIndex(
        "(outside_id, day, COALESCE(queue_id, 0))", "Each day is there once."
    )
    _in_order = models.Constraint(
        "CHECK(numerator >= 0 AND denominator > 0 AND numerator <= denominator)",
        "The numerator lies between zero and the denominator.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse lines of figures that are no draft any more."""
        lines = super().create(vals_list)
        lines.outside_id._check_draft()
        return lines

    def write(self, vals):
        """Refuse changes of figures that are no draft any more."""
        self.outside_id._check_draft()
        result = super().write(vals)
        self.outside_id._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_of_drafts_only(self):
        if any(line.outside_id.state != "draft" for line in self):
            raise UserError(self.env._("Figures that were asked for or decided are not changed."))
