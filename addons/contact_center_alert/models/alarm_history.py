# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ..outbreak import CITY, Span, expected, limit
from .subject import MOST_WINDOW

WEEKS = 8
# Earlier weeks are looked at a little before and after the same minutes too.
MARGIN_MINUTES = 15
# Nothing is called ordinary or not before a subject was watched for so long.
LEARNING = timedelta(hours=24)
# How many alarms a week may be raised by chance, of all subjects and districts together.
PARAMETER, USUAL_FALSE_ALARMS = "contact_center_alert.false_alarms_per_week", 0.5

_WEEKS_BEFORE = """
SELECT c.subject_id, COALESCE(c.district, ''), w.week, count(*),
       count(*) FILTER (WHERE c.alarm_id IS NOT NULL)
FROM generate_series(1, %s) AS w(week)
CROSS JOIN contact_center_alert_subject s
JOIN contact_center_alert_contact c ON c.subject_id = s.id
 AND c.at > %s - w.week * interval '7 days' - (s.window_minutes + %s) * interval '1 minute'
 AND c.at <= %s - w.week * interval '7 days' + %s * interval '1 minute'
WHERE s.id = ANY(%s)
GROUP BY c.subject_id, COALESCE(c.district, ''), w.week
"""
_ALL_HOURS = """
SELECT subject_id, COALESCE(district, ''), count(*) FILTER (WHERE alarm_id IS NULL), min(at)
FROM contact_center_alert_contact
WHERE subject_id = ANY(%s) AND at > %s AND at <= %s
GROUP BY subject_id, COALESCE(district, '')
"""
_SERIES = """
SELECT count(DISTINCT (subject_id, district)) + count(DISTINCT subject_id)
FROM contact_center_alert_contact WHERE at > %s
"""


class History:
    """What is ordinary for some subjects now, by earlier weeks.

    :ivar limit: probability below which a count is out of the ordinary
    """

    def __init__(self, bound, windows, weeks, hours, firsts, now):
        """Keep what the statements found.

        :param windows: {subject id: window in minutes}
        :param weeks: {(subject id, district): {week: (contacts, those of alarms)}}
        :param hours: {(subject id, district): ordinary contacts of all hours}
        :param firsts: {subject id: its first contact of the last weeks}
        """
        self.limit = bound
        self._windows, self._weeks, self._hours = windows, weeks, hours
        self._firsts, self._now = firsts, now

    def law(self, subject, district):
        """Return what is `Expected` of a subject in a place; None while learning.

        Weeks with an outbreak at this time of day are left out.

        :param district: key, or `CITY` for the whole city
        """
        first = self._firsts.get(subject)
        if first is None or self._now - first < LEARNING:
            return None
        window = self._windows[subject]
        keys = [key for key in self._hours if key[0] == subject]
        keys = keys if district == CITY else [(subject, district)]
        length = 1 + 2 * MARGIN_MINUTES / window
        spans = []
        for week in range(1, WEEKS + 1):
            found = [self._weeks.get(key, {}).get(week, (0, 0)) for key in keys]
            before = self._now - timedelta(weeks=week, minutes=window + MARGIN_MINUTES)
            if before >= first and not any(flagged for _count, flagged in found):
                spans.append(Span(sum(count for count, _flagged in found), length))
        minutes = (self._now - first).total_seconds() / 60
        usual = sum(self._hours.get(key, 0) for key in keys) * window / minutes
        return expected(spans, usual)


class AlertAlarm(models.Model):
    """What is ordinary, from the contacts of earlier weeks."""

    _inherit = "contact_center.alert.alarm"

    def _history(self, subject_ids, now):
        """Return the `History` of these subjects: three statements, whatever their number."""
        since = now - timedelta(weeks=WEEKS, minutes=MOST_WINDOW)
        query = self.env.execute_query
        weeks = {}
        found = query(
            SQL(_WEEKS_BEFORE, WEEKS, now, MARGIN_MINUTES, now, MARGIN_MINUTES, subject_ids)
        )
        for subject, district, week, count, flagged in found:
            weeks.setdefault((subject, district), {})[week] = (count, flagged)
        hours, firsts = {}, {}
        # What is going on now does not make itself ordinary
        before = now - timedelta(minutes=MOST_WINDOW)
        for subject, district, count, first in query(SQL(_ALL_HOURS, subject_ids, since, before)):
            hours[subject, district] = count
            firsts[subject] = min(first, firsts.get(subject, first))
        ((series,),) = query(SQL(_SERIES, since))
        watched = self.env["contact_center.alert.subject"]._watched()
        windows = {key: watched[key][0] if key in watched else 20 for key in subject_ids}
        bound = limit(series, self._false_alarms())
        return History(bound, windows, weeks, hours, firsts, now)

    def _false_alarms(self):
        """Return how many alarms a week may be raised by chance: a system parameter."""
        # sudo: ir.config_parameter - a setting of the whole centre
        text = self.env["ir.config_parameter"].sudo().get_param(PARAMETER)
        try:
            return min(max(float(text), 0.01), 20.0)
        except (TypeError, ValueError):
            return USUAL_FALSE_ALARMS
