# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ..core import schedule

WEEK_DAYS = 7
SPECIAL_DAYS_AHEAD = 30


class Queue(models.Model):
    """A summary of a queue's hours: open now or not, this week, upcoming special days."""

    _inherit = "contact_center.queue"

    hours_summary = fields.Html(
        compute="_compute_hours_summary", sanitize=False, string="Service hours as they are now"
    )

    @api.depends("calendar_id", "exception_ids.date", "exception_ids.kind", "exception_ids.hours")
    @api.depends_context("lang")
    def _compute_hours_summary(self):
        for queue in self:
            # On an unsaved form the summary shows the stored values.
            saved = queue._origin
            queue.hours_summary = bool(saved) and self.env["ir.qweb"]._render(
                "contact_center.queue_hours_summary", saved._hours_summary()
            )

    def _hours_summary(self):
        """Return the data of the summary of hours.

        `open`, `until` or `opening` as texts, `week`, `special_days`.
        """
        self.ensure_one()
        zone = self._timezone()
        now = self._at_utc(None)
        today = now.astimezone(zone).date()
        start = schedule.at_utc(today, 0, zone)
        ranges = self._open_ranges(start, schedule.at_utc(today + timedelta(WEEK_DAYS), 0, zone))
        current = next((close for opens, close in ranges if opens <= now < close), None)
        special = self._special_days(today, today + timedelta(SPECIAL_DAYS_AHEAD))
        return {
            "open": bool(current),
            "until": current and schedule.clock(self._minute_of_day(current, zone)),
            "opening": self._next_opening_text(),
            "timezone": zone.key,
            "closed_word": self.env._("closed"),
            "citizen_reads": self._citizen_reads(),
            "week": [
                self._summary_of_day(today + timedelta(day), ranges, zone, special)
                for day in range(WEEK_DAYS)
            ],
            "special_days": [
                {
                    "date": format_date(self.env, day, date_format="EEEE, dd/MM"),
                    "reason": found.reason,
                    "kind": found.kind,
                    "hours": schedule.ranges_text(found.ranges),
                }
                for day, found in sorted(special.items())
            ],
        }

    def _citizen_reads(self):
        """Return the text of the automatic message for a citizen who asks for a person now."""
        message = self.env["contact_center.automatic.message"]._find(
            self._closed_message() or "queued", self
        )
        return message and message._sample_text(
            fila=self.name,
            proxima_abertura=self.with_context(
                lang=self.env["contact_center.conversation"]._citizen_lang()
            )._next_opening_text(),
            motivo=self._closed_reason(),
        )

    @staticmethod
    def _minute_of_day(at, zone):
        """Return minutes since midnight in `zone`; the end of a day is its last minute."""
        local = at.astimezone(zone)
        return local.hour * 60 + local.minute or schedule.MINUTES_OF_A_DAY

    def _summary_of_day(self, day, ranges, zone, special):
        """Return one bar of the summary: `name`, `hours` and `parts` in percent of the day."""
        first, last = schedule.at_utc(day, 0, zone), schedule.at_utc(day + timedelta(1), 0, zone)
        minutes = []
        for opens, closes in ranges:
            opens, closes = max(opens, first), min(closes, last)
            if opens < closes:
                start = self._minute_of_day(opens, zone) % schedule.MINUTES_OF_A_DAY
                minutes.append((start, self._minute_of_day(closes, zone)))
        return {
            "name": format_date(self.env, day, date_format="EEE, dd/MM"),
            "hours": schedule.ranges_text(minutes),
            "special": day in special,
            "parts": [
                {
                    "left": round(start * 100 / schedule.MINUTES_OF_A_DAY, 2),
                    "width": round((end - start) * 100 / schedule.MINUTES_OF_A_DAY, 2),
                }
                for start, end in minutes
            ],
        }
