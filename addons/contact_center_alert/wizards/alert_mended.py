# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.alarm import OPEN
from ..models.broadcast import USUAL_RATE


class AlertMended(models.TransientModel):
    """What the alarm was about is mended: everybody who asked is told, once."""

    _name = "contact_center.alert.mended"
    _inherit = "contact_center.alert.prepared"
    _description = "Resolve an Alarm"

    contact_count = fields.Integer(related="alarm_id.contact_count")
    tell = fields.Boolean(string="Tell those who asked", default=True)
    text = fields.Text(string="What they read")
    rate = fields.Integer(string="At most per minute", default=USUAL_RATE, required=True)

    def _prepared(self, values):
        if values["place"]:
            return self.env._(
                "Good news: the problem with %(subject)s in %(place)s that you asked about is "
                "mended. If it still occurs where you are, just write to us.",
                **values,
            )
        return self.env._(
            "Good news: the problem with %(subject)s that you asked about is mended. If it still "
            "occurs where you are, just write to us.",
            **values,
        )

    def action_resolve(self):
        """Close the alarm, end its notices, and begin to tell those who asked.

        :raise UserError: another supervisor closed it before
        """
        self.ensure_one()
        alarm = self.alarm_id
        alarm._check_leads()
        self.env.cr.execute(
            "UPDATE contact_center_alert_alarm SET write_date = write_date WHERE id = %s",
            [alarm.id],
            log_exceptions=False,
        )
        if alarm.state in ("resolved", "dismissed"):
            raise UserError(self.env._("This alarm was closed already."))
        if self.tell and not (self.text or "").strip():
            raise UserError(self.env._("Write what those who asked read."))
        # sudo: contact_center.alert.alarm - written by its own actions, the right was checked
        own = alarm.sudo()
        if alarm.state in OPEN:
            own._link_contacts()
        own._close("resolved")
        if self.tell and own.contact_count:
            broadcast = own.env["contact_center.alert.broadcast"].create(
                {
                    "name": alarm.headline,
                    "text": self.text,
                    "audience": "asked",
                    "alarm_id": alarm.id,
                    "rate": self.rate,
                    "company_id": alarm.company_id.id,
                }
            )
            broadcast.with_user(self.env.user)._start()
        return {"type": "ir.actions.act_window_close"}
