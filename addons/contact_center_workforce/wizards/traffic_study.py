# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models

from ..models.traffic import PERIODS


class TrafficStudy(models.TransientModel):
    """A traffic study on paper: choose the period, print it."""

    _name = "contact_center.traffic.study"
    _description = "Traffic Study"

    period = fields.Selection(PERIODS, required=True, default="day")
    day = fields.Date(
        required=True,
        default=lambda self: self.env["contact_center.queue"]._city_today() - timedelta(days=1),
        help="A day of the week, month or year that is meant.",
    )
    queue_ids = fields.Many2many("contact_center.queue", string="Queues", help="Empty: all.")

    def action_print(self):
        """Print the study as PDF."""
        return self.env.ref("contact_center_workforce.traffic_study_report").report_action(self)

    def _content(self):
        """Return the table of the study, see `contact_center.traffic`."""
        self.ensure_one()
        return self.env["contact_center.traffic"]._study(self.period, self.day, self.queue_ids)
