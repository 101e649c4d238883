# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..outbreak import CALM, CITY, RAISE_AGAIN, Excess, decide, next_step, tail
from .alarm import OPEN
from .banner import refresh_banners
from .subject import MOST_WINDOW

_logger = logging.getLogger(__name__)

# An alarm that was calm for so long is over; another outbreak is another alarm.
OVER_AFTER = timedelta(hours=24)

# The present windows of all subjects.
_COUNTS = """
SELECT c.subject_id, COALESCE(c.district, ''), count(*)
FROM contact_center_alert_contact c JOIN contact_center_alert_subject s ON s.id = c.subject_id
WHERE s.active AND c.at > %s AND c.at <= %s AND c.at > %s - s.window_minutes * interval '1 minute'
GROUP BY c.subject_id, COALESCE(c.district, '')
"""
_LINK = """
UPDATE contact_center_alert_contact SET alarm_id = %s
WHERE subject_id = %s AND at >= %s AND alarm_id IS NULL AND (%s = '' OR district = %s)
"""


class AlertAlarm(models.Model):
    """The look at what came, each minute.

    A minute in which nothing is out of the ordinary costs two statements, see the tests.
    """

    _inherit = "contact_center.alert.alarm"

    @api.model
    def _cron_minute(self):
        """Raise and calm alarms, end notices and the civil-defence mode whose time is over."""
        for step in (
            self.env["contact_center.civil.run"]._end_due,
            self.env["contact_center.alert.notice"]._end_due,
            self.env["contact_center.alert.broadcast"]._wake_running,
            self._watch,
        ):
            try:
                with self.env.cr.savepoint():
                    step()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except Exception:  # what troubles one of them must not keep the others from their work
                _logger.exception(
                    "The minute of alerts: %s failed", getattr(step, "__qualname__", step)
                )

    @api.model
    def _watch(self):
        """Compare the present windows with what is ordinary, once."""
        watched = self.env["contact_center.alert.subject"]._watched()
        # sudo: contact_center.alert.alarm - scheduled action
        alarms = self.sudo()
        if not watched:
            return
        now = fields.Datetime.now()
        counts = alarms._counts(now)
        going_on = alarms.search([("state", "in", OPEN)])
        looked_at = {
            subject
            for subject, places in counts.items()
            if subject in watched and sum(places.values()) >= watched[subject][1]
        }
        looked_at |= set(going_on.subject_id.ids)
        if not looked_at:
            return
        history = alarms._history(sorted(looked_at), now)
        for subject in self.env["contact_center.alert.subject"].sudo().browse(sorted(looked_at)):
            own = going_on.filtered(lambda one, subject=subject: one.subject_id == subject)
            alarms._follow_subject(subject, counts.get(subject.id, {}), own, history, now)

    def _counts(self, now):
        """Return {subject id: {key of a district, or `CITY`: contacts in its window}}."""
        self.env["contact_center.alert.contact"].flush_model()
        first = now - timedelta(minutes=MOST_WINDOW)
        found = {}
        for subject, district, count in self.env.execute_query(SQL(_COUNTS, first, now, now)):
            found.setdefault(subject, {})[district] = count
        return found

    def _follow_subject(self, subject, counts, going_on, history, now):
        """Follow the open alarms of a subject, then look for another outbreak of it.

        :param counts: {district: contacts}
        :param going_on: its open alarms
        """
        for alarm in going_on:
            alarm._follow(counts, history, now)
        if CITY in going_on.mapped(lambda one: one.district or CITY):
            return
        rest = {
            district: count
            for district, count in counts.items()
            if district not in going_on.mapped("district")
        }

        def judge(district, count):
            if count < subject.minimum:
                return None
            law = history.law(subject.id, district)
            chance = tail(count, law) if law else 1.0
            is_excess = chance < history.limit
            return Excess(district, count, law.mean, chance) if is_excess else None

        for excess in decide(rest, judge):
            self._raise(subject, excess, now)

    def _follow(self, counts, history, now):
        """Keep an open alarm (sudo) up to date: its contacts, calm, over."""
        self.ensure_one()
        district = self.district or CITY
        count = counts.get(district, 0) if district else sum(counts.values())
        law = history.law(self.subject_id.id, district)
        chance = tail(count, law) if law else 1.0
        step = next_step(chance, history.limit, is_calm=self.state == "calm")
        if step == CALM:
            self.write({"state": "calm", "calm_at": now})
            self._note("calmed")
        elif step == RAISE_AGAIN:
            self.write({"state": "raised", "calm_at": False})
            self._note("raised_again", str(count))
        if self.state == "calm" and now - self.calm_at >= OVER_AFTER:
            self.write({"state": "over", "ended_at": now})
            self._note("over")
        if count != self.last_count:
            self.write({"last_count": count, "peak_count": max(count, self.peak_count)})
        if self.state in OPEN:
            # Who asks while it is calm asks about what is not mended yet
            self._link_contacts()
        if step in (CALM, RAISE_AGAIN):
            refresh_banners(self.env)

    def _raise(self, subject, excess, now):
        """Raise an alarm (sudo), unless another transaction has just done so."""
        name = self.env["contact_center.district"]._alert_name(excess.district)
        try:
            with self.env.cr.savepoint():
                alarm = self.create(
                    {
                        "subject_id": subject.id,
                        "district": excess.district or False,
                        "place": name or False,
                        "company_id": subject.company_id.id,
                        "window_minutes": subject.window_minutes,
                        "since": now - timedelta(minutes=subject.window_minutes),
                        "raised_at": now,
                        "count": excess.count,
                        "last_count": excess.count,
                        "peak_count": excess.count,
                        "expected": excess.mean,
                        "chance": excess.chance,
                    }
                )
        except psycopg2.errors.UniqueViolation:
            _logger.info("The alarm of subject %s was raised by another process", subject.id)
            return self.browse()
        alarm._link_contacts()
        alarm._note("raised", alarm.headline)
        refresh_banners(self.env)
        return alarm

    def _link_contacts(self):
        """Keep the contacts of this alarm: behind it, and to be told when it is mended."""
        contacts = self.env["contact_center.alert.contact"]
        contacts.flush_model()
        district = self.district or CITY
        self.env.cr.execute(_LINK, [self.id, self.subject_id.id, self.since, district, district])
        contacts.invalidate_model(["alarm_id"])
