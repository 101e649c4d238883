# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_datetime

USUAL_HOURS = 4


class AlertPublish(models.TransientModel):
    """The notice about an alarm: prepared, read by the supervisor, published."""

    _name = "contact_center.alert.publish"
    _inherit = "contact_center.alert.prepared"
    _description = "Publish a Notice about an Alarm"

    text = fields.Text(string="What citizens hear", required=True)
    everybody = fields.Boolean(
        string="Everybody from there",
        help="Not only citizens who come with this subject: all from this district.",
    )
    ask = fields.Boolean(string="Ask whether that was enough", default=True)
    date_end = fields.Datetime(
        string="Until",
        required=True,
        default=lambda self: fields.Datetime.now() + timedelta(hours=USUAL_HOURS),
    )

    def _prepared(self, values):
        if values["place"]:
            return self.env._(
                "We already know of the problem with %(subject)s in %(place)s, and a team is "
                "working on it. You need not register it again: we will write to you when it is "
                "mended.",
                **values,
            )
        return self.env._(
            "We already know of the problem with %(subject)s in the city, and a team is working "
            "on it. You need not register it again: we will write to you when it is mended.",
            **values,
        )

    def action_publish(self):
        """Publish the notice and show it.

        :raise UserError: the alarm was closed meanwhile, or such a notice is out already
        """
        self.ensure_one()
        alarm = self.alarm_id
        alarm._check_leads()
        if alarm.state in ("resolved", "dismissed"):
            raise UserError(self.env._("This alarm was closed already."))
        # A second click, or a second supervisor, waits here and then finds the first one's notice
        self.env.cr.execute(
            "UPDATE contact_center_alert_alarm SET write_date = write_date WHERE id = %s",
            [alarm.id],
            log_exceptions=False,
        )
        out = alarm.notice_ids.filtered(lambda one: one.state == "published")
        if out:
            raise UserError(
                self.env._(
                    "A notice about this alarm is out already, until %s: end it first.",
                    format_datetime(self.env, out[:1].date_end),
                )
            )
        # sudo: contact_center.alert.notice - the right was checked; the alarm names it
        notice = (
            self.env["contact_center.alert.notice"]
            .sudo()
            .create(
                {
                    "text": self.text,
                    "subject_id": not self.everybody and alarm.subject_id.id,
                    "districts": alarm.place or False,
                    "ask": self.ask,
                    "date_end": self.date_end,
                    "alarm_id": alarm.id,
                    "company_id": alarm.company_id.id,
                }
            )
            .with_env(self.env)
        )
        notice.action_publish()
        return {"type": "ir.actions.act_window_close"}
