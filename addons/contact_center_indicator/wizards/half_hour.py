# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..measure import INDICATORS
from ..models.count_field import Count


class HalfHours(models.TransientModel):
    """The dialog in which a day's figures are shown by half hour."""

    _name = "contact_center.indicator.half.hours"
    _description = "Figures by Half Hour"

    day = fields.Date(required=True, default=lambda self: self._yesterday())
    queue_ids = fields.Many2many(
        "contact_center.queue",
        "contact_center_half_hours_queue_rel",
        "dialog_id",
        "queue_id",
        string="Queues",
        help="Empty: all of them.",
    )
    line_ids = fields.One2many("contact_center.indicator.half.hour", "dialog_id")

    @api.model
    def _yesterday(self):
        return self.env["contact_center.indicator.source"]._today() - timedelta(days=1)

    def action_show(self):
        """Count the day by half hours and open them."""
        self.ensure_one()
        self.check_access("write")
        if self.day > self.env["contact_center.indicator.source"]._today():
            raise UserError(self.env._("This day has not begun yet."))
        self.line_ids.unlink()
        self.line_ids.create(self._count())
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center_indicator.indicator_half_hour_action"
        )
        return {**action, "domain": [("dialog_id", "=", self.id)]}

    def _count(self):
        """Return the values of the lines: one for each half hour, indicator and queue."""
        # sudo: contact_center.indicator.source - sums for leaders, who may open this dialog
        source = self.env["contact_center.indicator.source"].sudo()
        allowed = set((self.queue_ids or self.env["contact_center.queue"].search([])).ids)
        known = self.env["contact_center.indicator.definition"]._ids_of_codes()
        found = []
        for period in source._half_hours(self.day):
            tallies = source._tally_of(period)
            sums = {}
            for (code, queue, _agent), tally in tallies.found.items():
                if queue in allowed or (queue is None and not self.queue_ids):
                    numerator, denominator = sums.get((code, queue), (0, 0))
                    sums[code, queue] = (
                        numerator + tally.numerator,
                        denominator + tally.denominator,
                    )
            local = period.start.replace(tzinfo=UTC).astimezone(source._zone())
            for (code, queue), (numerator, denominator) in sums.items():
                found.append(
                    {
                        "dialog_id": self.id,
                        "start": period.start,
                        "half_hour": f"{local:%H:%M}",
                        "definition_id": known[code],
                        "queue_id": queue or False,
                        "numerator": numerator,
                        "denominator": denominator,
                        "value": float(INDICATORS[code].value(numerator, denominator) or 0),
                    }
                )
        return found


class HalfHour(models.TransientModel):
    """A figure of half an hour, counted when somebody asks; it is not closed."""

    _name = "contact_center.indicator.half.hour"
    _description = "Figure of Half an Hour"
    _order = "start, definition_id, queue_id"
    _rec_name = "half_hour"

    dialog_id = fields.Many2one(
        "contact_center.indicator.half.hours", required=True, index=True, ondelete="cascade"
    )
    start = fields.Datetime(readonly=True)
    half_hour = fields.Char(readonly=True)
    definition_id = fields.Many2one(
        "contact_center.indicator.definition", string="Indicator", readonly=True
    )
    queue_id = fields.Many2one("contact_center.queue", readonly=True)
    numerator = Count(readonly=True)
    denominator = Count(readonly=True)
    value = fields.Float(readonly=True, aggregator="avg", digits=(16, 4))

    def _read_group_select(self, aggregate_spec, query):
        """Weigh the mean of values by what they are of, as closed figures do."""
        days = self.env["contact_center.indicator.day"]
        return days._weighed_mean(self, aggregate_spec, query) or super()._read_group_select(
            aggregate_spec, query
        )

    def action_contacts(self):
        """Open the contacts that this figure is made of."""
        self.ensure_one()
        self.check_access("read")
        # sudo: contact_center.indicator.source - the rules of conversations still apply
        source = self.env["contact_center.indicator.source"].sudo()
        period = source._half_hour(self.dialog_id.day, self.start)
        tallies = source._tally_of(period, remember=True)
        found = set()
        for (code, queue, _agent), contacts in tallies.contacts.items():
            if (code, queue or False) == (self.definition_id.code, self.queue_id.id):
                found.update(contacts)
        action = self.env["ir.actions.act_window"]._for_xml_id("contact_center.conversation_action")
        return {
            **action,
            "name": f"{self.definition_id.code} {self.half_hour}",
            "domain": [("id", "in", sorted(found))],
            "context": {"create": False},
        }
