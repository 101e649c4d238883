# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import email_normalize, email_split

_logger = logging.getLogger(__name__)


def _hours(_model):
    return [(str(hour), f"{hour:02}:00") for hour in range(24)]


class VolumeReport(models.Model):
    """The daily volume report: yesterday by half hour.

    It goes by e-mail to whom it was entered for.
    """

    _name = "contact_center.volume.report"
    _description = "Daily Volume Report"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    queue_ids = fields.Many2many("contact_center.queue", string="Queues", help="Empty: all.")
    email_to = fields.Char(
        string="Recipients", required=True, help="Addresses of e-mail, with commas between them."
    )
    hour = fields.Selection(
        selection=_hours,
        string="Sent from",
        required=True,
        default="6",
        help="In the city's time.",
    )
    last_day = fields.Date(string="Last day reported", readonly=True, copy=False)

    @api.constrains("email_to")
    def _check_email_to(self):
        for report in self:
            if not report._addresses():
                raise ValidationError(self.env._("Enter at least one address of e-mail."))

    def _addresses(self):
        """Return the addresses, as a list."""
        found = [email_normalize(one) for one in email_split(self.email_to or "")]
        return [one for one in found if one]

    def write(self, vals):
        """Refuse users to say what was sent."""
        if "last_day" in vals and not self.env.su:
            raise UserError(self.env._("Which day was reported is noted by sending it."))
        return super().write(vals)

    def action_send(self):
        """Send yesterday's report now, once more if need be."""
        for report in self:
            report.check_access("write")
            report._send(self._yesterday())

    @api.model
    def _yesterday(self):
        return self.env["contact_center.queue"]._city_today() - timedelta(days=1)

    @api.model
    def _cron_send(self):
        """Send what is due (scheduled action): each day once, from its hour on.

        One that fails does not stop the others, and is tried again the next time.
        """
        yesterday = self._yesterday()
        hour = self.env["contact_center.queue"]._local_time().hour
        for report in self.search([]):
            sent = report.last_day and report.last_day >= yesterday
            if sent or hour < int(report.hour):
                continue
            try:
                with self.env.cr.savepoint():
                    report._send(yesterday)
            except Exception:
                _logger.exception("The volume report %s could not be sent", report.id)

    def _send(self, day):
        """Write the e-mail about a day."""
        self.ensure_one()
        report = self.with_context(lang=self.create_uid.lang or "en_US")
        # sudo: contact_center.traffic - counts only, for whom a leader entered
        study = report.env["contact_center.traffic"].sudo()._study("day", day, self.queue_ids)
        values = {
            "report": report,
            "traffic": report.env["contact_center.traffic"],
            "study": study,
            "expected": report._expected(day),
        }
        # sudo: ir.qweb, mail.mail - leaders need not read templates nor manage mails
        body = (
            report.env["ir.qweb"]
            .sudo()
            ._render("contact_center_workforce.volume_report_mail", values)
        )
        self.env["mail.mail"].sudo().create(
            {
                "subject": f"{self.name} · {study['title']}",
                "body_html": body,
                "email_to": ",".join(self._addresses()),
                "auto_delete": False,
            }
        )
        # sudo: contact_center.volume.report - only sending notes what was sent
        self.sudo().last_day = day
        # sudo: ir.cron - the e-mail leaves now and not within the hour
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _expected(self, day):
        """Return {half hour: contacts that were forecast} by each queue's latest forecast.

        {} unless every queue of the report has one: half a sum says nothing.
        """
        # sudo: contact_center.queue, contact_center.volume.forecast.line - counts only
        queues = self.sudo().queue_ids or self.env["contact_center.queue"].sudo().search([])
        lines = self.env["contact_center.volume.forecast.line"].sudo()
        expected = {}
        for queue in queues:
            own = lines.search([("forecast_id.queue_id", "=", queue.id), ("day", "=", day)])
            own = own.filtered(
                lambda line, own=own: line.forecast_id.id == max(own.forecast_id.ids)
            )
            if not own:
                return {}
            for line in own:
                expected[line.slot] = expected.get(line.slot, 0.0) + line.expected
        return expected
