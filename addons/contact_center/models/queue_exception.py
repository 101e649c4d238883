# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..core import schedule


class QueueException(models.Model):
    """A single day on which a queue does not keep its usual hours."""

    _name = "contact_center.queue.exception"
    _description = "Contact Center Day with Other Hours"
    _order = "date, queue_id, id"

    queue_id = fields.Many2one(
        "contact_center.queue", required=True, index=True, ondelete="cascade"
    )
    date = fields.Date(required=True, string="Day")
    kind = fields.Selection(
        [
            ("closed", "Closed all day"),
            ("hours", "Other hours"),
            ("usual", "Open as usual (although it is a holiday)"),
        ],
        required=True,
        default="closed",
        string="On this day",
    )
    hours = fields.Char(
        help="For instance: 8h-12h, 13h-15h30. In the time zone of the queue's service hours."
    )
    reason = fields.Char(
        help="Citizens read it where a message uses {motivo}, for instance: ponto facultativo."
    )

    _queue_date_unique = models.Constraint(
        "UNIQUE(queue_id, date)", "This queue already has other hours on this day."
    )

    @api.depends("date", "reason")
    def _compute_display_name(self):
        for exception in self:
            parts = [fields.Date.to_string(exception.date), exception.reason]
            exception.display_name = " · ".join(part for part in parts if part)

    @api.constrains("kind", "hours")
    def _check_hours(self):
        """Check that a day with special hours has hours that can be parsed."""
        for exception in self.filtered(lambda exception: exception.kind == "hours"):
            try:
                ranges = schedule.parse_ranges(exception.hours)
            except schedule.RangesError as error:
                raise ValidationError(
                    self.env._(
                        "“%s” is not a list of hours. Write it like this: 8h-12h, 13h-15h30.",
                        error.part,
                    )
                ) from error
            if not ranges:
                raise ValidationError(self.env._("Write the hours of the day with other hours."))

    def _ranges(self):
        """Return this day's hours in minutes since midnight; None for the usual hours."""
        self.ensure_one()
        if self.kind == "usual":
            return None
        return schedule.parse_ranges(self.hours) if self.kind == "hours" else ()
