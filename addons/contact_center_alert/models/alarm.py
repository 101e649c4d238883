# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta, timezone

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_datetime, formatLang

from ..outbreak import SLOT_SECONDS, chart
from .banner import LEADERS, refresh_banners

OPEN = ("raised", "calm")
# The chart begins so many slots before the alarm, and has at most so many.
SLOTS_BEFORE, MOST_SLOTS = 12, 72


class AlertAlarm(models.Model):
    """More contacts about a subject in a district than is ordinary: a raised hand.

    One for each outbreak: raised once, calm when the contacts fall, over by itself a day later.
    The contacts behind it are kept until somebody says that it is resolved, even after that.
    """

    _name = "contact_center.alert.alarm"
    _inherit = ["contact_center.machine.row", "contact_center.alert.logged"]
    _description = "Outbreak Alarm"
    _entry_field = "alarm_id"
    _order = "id desc"
    _rec_name = "headline"

    subject_id = fields.Many2one(
        "contact_center.alert.subject", required=True, readonly=True, ondelete="restrict"
    )
    district = fields.Char(string="Key of the district", readonly=True)
    place = fields.Char(readonly=True, help="The district. Empty: the whole city.")
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    state = fields.Selection(
        [
            ("raised", "Out of the ordinary"),
            ("calm", "Calm again"),
            ("over", "Over"),
            ("resolved", "Resolved"),
            ("dismissed", "Dismissed"),
        ],
        required=True,
        readonly=True,
        default="raised",
    )
    window_minutes = fields.Integer(string="Within (minutes)", readonly=True, aggregator=None)
    since = fields.Datetime(
        string="Contacts since", required=True, readonly=True, help="What the alarm counts from."
    )
    raised_at = fields.Datetime(
        string="Raised", required=True, readonly=True, default=fields.Datetime.now
    )
    calm_at = fields.Datetime(string="Calm since", readonly=True)
    ended_at = fields.Datetime(string="Ended", readonly=True)
    count = fields.Integer(string="Contacts when raised", readonly=True, aggregator=None)
    expected = fields.Float(
        string="Usual", readonly=True, digits=(16, 1), aggregator=None, help="For this time."
    )
    chance = fields.Float(
        string="Chance of that many",
        readonly=True,
        digits=(16, 12),
        aggregator=None,
        help="How often so many would come by chance within such a time.",
    )
    last_count = fields.Integer(string="Contacts now", readonly=True, aggregator=None)
    peak_count = fields.Integer(string="Most at once", readonly=True, aggregator=None)
    headline = fields.Char(compute="_compute_headline")
    contact_ids = fields.One2many("contact_center.alert.contact", "alarm_id", readonly=True)
    contact_count = fields.Integer(compute="_compute_contact_count", string="Contacts behind it")
    notice_ids = fields.One2many("contact_center.alert.notice", "alarm_id", readonly=True)
    broadcast_ids = fields.One2many("contact_center.alert.broadcast", "alarm_id", readonly=True)
    entry_ids = fields.One2many("contact_center.alert.entry", "alarm_id", readonly=True)
    chart = fields.Html(compute="_compute_chart", sanitize=False)

    _one_open = models.UniqueIndex(
        "(subject_id, COALESCE(district, '')) WHERE state IN ('raised', 'calm')",
        "There is already an alarm of this subject in this district.",
    )

    @api.depends("subject_id.name", "place", "count", "window_minutes")
    @api.depends_context("lang")
    def _compute_headline(self):
        for alarm in self:
            values = {
                "count": alarm.count,
                "subject": alarm.subject_id.name,
                "place": alarm.place,
                "minutes": alarm.window_minutes,
            }
            if alarm.place:
                alarm.headline = self.env._(
                    "%(count)s contacts about %(subject)s in %(place)s in %(minutes)s min", **values
                )
            else:
                alarm.headline = self.env._(
                    "%(count)s contacts about %(subject)s in the whole city in %(minutes)s min",
                    **values,
                )

    @api.depends("contact_ids")
    def _compute_contact_count(self):
        groups = self.env["contact_center.alert.contact"]._read_group(
            [("alarm_id", "in", self.ids)], ["alarm_id"], ["__count"]
        )
        counts = {alarm.id: count for alarm, count in groups}
        for alarm in self:
            alarm.contact_count = counts.get(alarm.id, 0)

    @api.depends("contact_ids", "expected")
    @api.depends_context("tz", "lang")
    def _compute_chart(self):
        for alarm in self:
            alarm.chart = alarm._chart() if alarm.since else False

    def _chart(self):
        """Return the chart (Markup) of contacts by ten minutes around the alarm."""
        start = self._slot(self.raised_at) - timedelta(seconds=SLOT_SECONDS * SLOTS_BEFORE)
        end = min(self.ended_at or fields.Datetime.now(), self.raised_at + timedelta(hours=10))
        length = int((end - start).total_seconds()) // SLOT_SECONDS + 1
        counts = [0] * max(min(length, MOST_SLOTS), 1)
        for at in self._times_between(start, end):
            slot = int((at - start).total_seconds()) // SLOT_SECONDS
            if slot < len(counts):
                counts[slot] += 1
        times = [start + timedelta(seconds=SLOT_SECONDS * slot) for slot in range(len(counts))]
        labels = [
            format_datetime(self.env, at, dt_format="HH:mm") if not place % 6 else ""
            for place, at in enumerate(times)
        ]
        mean = self.expected * SLOT_SECONDS / 60 / (self.window_minutes or 1)
        title = self.env._(
            "Contacts by ten minutes; the line is the usual number, %(mean)s",
            mean=formatLang(self.env, mean, digits=1),
        )
        # Safe: `chart` escapes what it is given
        return Markup(chart(counts, mean, labels, title))  # nosec B704

    @staticmethod
    def _slot(at):
        """Return the start of the slot of a moment (naive UTC)."""
        seconds = int(at.replace(tzinfo=timezone.utc).timestamp()) // SLOT_SECONDS * SLOT_SECONDS
        return at - timedelta(seconds=at.replace(tzinfo=timezone.utc).timestamp() - seconds)

    def _times_between(self, start, end):
        """Return when contacts about this subject came here, linked to the alarm or not."""
        domain = [
            ("subject_id", "=", self.subject_id.id),
            ("at", ">=", start),
            ("at", "<=", end),
        ]
        if self.district:
            domain.append(("district", "=", self.district))
        # sudo: contact_center.alert.contact - only their times, for the chart
        return self.env["contact_center.alert.contact"].sudo().search(domain).mapped("at")

    # ------------------------------------------------------------
    # What leaders do
    # ------------------------------------------------------------

    def _check_leads(self):
        """Raise AccessError unless the user leads agents and may see these alarms."""
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(LEADERS):
            raise AccessError(self.env._("Only supervisors decide what is done about an alarm."))

    def action_prepare_notice(self):
        """Open a notice whose text is prepared: the supervisor reads it and publishes."""
        self.ensure_one()
        self._check_leads()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Notice to citizens"),
            "res_model": "contact_center.alert.publish",
            "view_mode": "form",
            "target": "new",
            "context": {"default_alarm_id": self.id},
        }

    def action_resolve(self):
        """Open the dialog that ends the alarm and tells those who asked."""
        self.ensure_one()
        self._check_leads()
        if self.state in ("resolved", "dismissed"):
            raise UserError(self.env._("This alarm was closed already."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Resolved"),
            "res_model": "contact_center.alert.mended",
            "view_mode": "form",
            "target": "new",
            "context": {"default_alarm_id": self.id},
        }

    def action_dismiss(self):
        """Close alarms that are none: their contacts count as ordinary from now on."""
        self._check_leads()
        for alarm in self.filtered(lambda one: one.state in (*OPEN, "over")):
            # sudo: contact_center.alert.alarm - written by its own actions, the right was checked
            alarm.sudo()._close("dismissed")
            alarm.sudo().contact_ids.alarm_id = False
        return True

    def action_view_contacts(self):
        """Open the contacts behind this alarm."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center_alert.alert_contact_action"
        )
        action.update(domain=[("alarm_id", "=", self.id)], context={})
        return action

    def _close(self, state):
        """Close these alarms (sudo) for good, and the notices that belong to them."""
        for alarm in self:
            alarm.write({"state": state, "ended_at": fields.Datetime.now()})
            alarm.notice_ids._end()
            alarm._note(state)
        refresh_banners(self.env)
