# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

_WAITS = """
SELECT q.id, q.name, count(*), count(*) FILTER (WHERE s.left_how = 'accepted'),
       count(*) FILTER (WHERE s.left_how = 'abandoned'),
       avg(s.left_us - s.entered_us) FILTER (WHERE s.left_us IS NOT NULL) / 1000000.0,
       max(s.left_us - s.entered_us) / 1000000.0
FROM contact_center_stay s JOIN contact_center_queue q ON q.id = s.queue_id
WHERE s.entered_at >= %s AND s.entered_at <= %s AND (q.company_id IS NULL OR q.company_id = %s)
GROUP BY q.id, q.name ORDER BY count(*) DESC, q.name
"""
_CONTACTS = """
SELECT date_trunc('hour', opened_at), count(*)
FROM contact_center_conversation
WHERE opened_at >= %s AND opened_at <= %s AND (company_id IS NULL OR company_id = %s)
GROUP BY 1 ORDER BY 1
"""


class CivilRun(models.Model):
    """The report: contacts, waits, what was sent, who did what."""

    _inherit = "contact_center.civil.run"

    def action_print_report(self):
        """Print the report."""
        self.ensure_one()
        return self.env.ref("contact_center_alert.civil_run_report").report_action(self)

    def _report(self):
        """Return the figures of this run, as its report prints them.

        Times are naive UTC, waits in words.

        :return: {end, contacts, led, hours, waits, notices, sendings, entries}
        """
        self.ensure_one()
        # sudo: contact_center.stay, contact_center.conversation - figures only, for the report
        run = self.sudo()
        end = run.ended_at or fields.Datetime.now()
        for name in ("contact_center.stay", "contact_center.conversation"):
            run.env[name].flush_model()
        period = (run.started_at, end, run.company_id.id)
        hours = run.env.execute_query(SQL(_CONTACTS, *period))
        waits = run.env.execute_query(SQL(_WAITS, *period))
        return {
            "end": end,
            "contacts": sum(count for _hour, count in hours),
            "led": run.led_count,
            "hours": hours,
            "waits": [self._wait_row(*row) for row in waits],
            "notices": run.notice_ids.sorted("id"),
            "sendings": run.broadcast_ids.sorted("id"),
            "entries": run.entry_ids.sorted("id"),
        }

    def _wait_row(self, _queue_id, name, entered, answered, abandoned, mean, longest):
        """Return the row of a queue, in words and numbers."""
        return {
            "queue": name,
            "entered": entered,
            "answered": answered,
            "abandoned": abandoned,
            "mean": self._clock(mean),
            "longest": self._clock(longest),
        }

    @staticmethod
    def _clock(seconds):
        """Return seconds as people read them: h:mm:ss; a dash for none."""
        if seconds is None:
            return "-"
        whole = round(seconds)
        return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
