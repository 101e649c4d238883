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
        """The hours of a day with other hours can be understood, and are there."""
        for exception in self.filtered(lambda exception: exception.kind == "hours"):
            try:
                ranges = schedule.parse_ranges(exception.hours)
            except schedule.RangesError as error:
                raise ValidationError(
                    self.env._(
                        "“%s” are no hours. Write them like this: 8h-12h, 13h-15h30.", error.part
                    )
                ) from error
            if not ranges:
                raise ValidationError(self.env._("Write the hours of the day with other hours."))

    def _ranges(self):
        """What holds on this day, in minutes since midnight; None when it is the usual hours."""
        self.ensure_one()
        if self.kind == "usual":
            return None
        return schedule.parse_ranges(self.hours) if self.kind == "hours" else ()
