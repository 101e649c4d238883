# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase

from .common import ReportMixin

# Six o'clock in São Paulo on the day after `WORKING_TIME`
SIX = datetime(2026, 11, 21, 9, 0)


@tagged("post_install", "-at_install")
class TestSchedule(ReportMixin, ContactCenterCase):
    """Reports come at their time, each date once, whatever happens to jobs and clocks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Schedule = cls.env["contact_center.report.schedule"]
        cls.Issue = cls.env["contact_center.report.issue"].sudo()

    def _schedule(self, user=None, **values):
        return self.Schedule.with_user(user or self.manager).create(
            {"name": "Filas da véspera", "kind": "service", "first_at": SIX, **values}
        )

    def _due(self, moment):
        with freeze_time(moment):
            self.Schedule.sudo()._cron_due()

    def _dates(self, schedule, state="scheduled"):
        issues = self.Issue.search([("schedule_id", "=", schedule.id)], order="due_at")
        return issues.filtered(lambda one: one.state == state).mapped("due_at")

    def test_the_first_date_is_planned_and_shown(self):
        schedule = self._schedule()
        self.assertEqual(schedule.next_at, SIX)
        issue = self.Issue.search([("schedule_id", "=", schedule.id)])
        self.assertEqual((issue.state, issue.user_id), ("scheduled", self.manager))
        self.assertEqual((issue.first, issue.last), (date(2026, 11, 20), date(2026, 11, 20)))
        self.assertEqual(issue.formats, "pdf xlsx")
        usual = self.Schedule.with_user(self.manager).create({"name": "x", "kind": "service"})
        self.assertEqual(usual.first_at, SIX)

    def test_each_date_is_taken_up_once_and_the_next_planned(self):
        schedule = self._schedule()
        self._due(SIX - timedelta(seconds=1))
        self.assertEqual(self._dates(schedule, "waiting"), [])
        for _again in range(3):
            self._due(SIX)
        self.assertEqual(self._dates(schedule, "waiting"), [SIX])
        self.assertEqual(self._dates(schedule), [SIX + timedelta(days=1)])
        issue = self.Issue.search([("schedule_id", "=", schedule.id), ("state", "=", "waiting")])
        key = f"contact_center.report.issue:{issue.id}"
        self.assertEqual(self.env["queue.job"].search_count([("identity_key", "=", key)]), 1)
        with self._without_commits():
            issue._run()
        self.assertEqual(issue.state, "issued")

    def test_a_clock_set_back_issues_nothing_twice(self):
        schedule = self._schedule()
        self._due(SIX)
        self._due(SIX - timedelta(days=3))
        self._due(SIX)
        self.assertEqual(self._dates(schedule, "waiting"), [SIX])
        schedule.sudo().write({"name": "Outro nome", "every": "daily"})
        self.assertEqual(self._dates(schedule), [SIX + timedelta(days=1)])

    def test_missed_dates_are_made_up_for_with_their_own_periods(self):
        schedule = self._schedule()
        late = SIX + timedelta(days=2, hours=1)
        for _run in range(4):
            self._due(late)
        self.assertEqual(
            self._dates(schedule, "waiting"), [SIX + timedelta(days=number) for number in range(3)]
        )
        firsts = self.Issue.search([("schedule_id", "=", schedule.id)], order="due_at")
        self.assertEqual([one.day for one in firsts.mapped("first")], [20, 21, 22, 23])

    def test_the_database_refuses_a_date_twice(self):
        schedule = self._schedule()
        issue = self.Issue.search([("schedule_id", "=", schedule.id)])
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            issue.copy({"schedule_id": schedule.id, "due_at": SIX})

    def test_recurrences(self):
        following = {
            "once": [],
            "weekly": [datetime(2026, 11, 28, 9)],
            "monthly": [datetime(2026, 12, 21, 9)],
            "half_yearly": [datetime(2027, 5, 21, 9)],
            "yearly": [datetime(2027, 11, 21, 9)],
        }
        for every, dates in following.items():
            schedule = self._schedule(every=every)
            self._due(SIX)
            self.assertEqual(self._dates(schedule), dates, every)

    def test_relative_periods_are_seen_from_the_date_of_issue(self):
        for period, days in {
            "last_week": (date(2026, 11, 9), date(2026, 11, 15)),
            "last_month": (date(2026, 10, 1), date(2026, 10, 31)),
            "last_half": (date(2026, 1, 1), date(2026, 6, 30)),
        }.items():
            schedule = self._schedule(period=period)
            issue = self.Issue.search([("schedule_id", "=", schedule.id)])
            self.assertEqual((issue.first, issue.last), days, period)
        self.env["ir.config_parameter"].set_param(
            "contact_center_report.contract_start", "2026-03-02"
        )
        schedule = self._schedule(period="from_start")
        issue = self.Issue.search([("schedule_id", "=", schedule.id)])
        self.assertEqual((issue.first, issue.last), (date(2026, 3, 2), date(2026, 11, 20)))

    def test_an_archived_schedule_is_silent_and_comes_back(self):
        schedule = self._schedule()
        schedule.active = False
        self.assertEqual(self._dates(schedule), [])
        self._due(SIX)
        schedule.active = True
        self.assertEqual(self._dates(schedule), [SIX])

    def test_a_first_date_in_the_past_is_not_made_up_for(self):
        schedule = self._schedule(first_at=WORKING_TIME - timedelta(days=10, hours=1))
        self.assertEqual(self._dates(schedule), [WORKING_TIME + timedelta(hours=23)])

    def test_what_was_issued_stays_when_the_schedule_goes(self):
        schedule = self._schedule()
        self._due(SIX)
        issue = self.Issue.search([("schedule_id", "=", schedule.id), ("state", "=", "waiting")])
        schedule.unlink()
        self.assertTrue(issue.exists())
        self.assertFalse(issue.schedule_id)
        self.assertFalse(self.Issue.search([("name", "=", "Filas da véspera")]) - issue)

    def test_choices_and_recipients_reach_the_report(self):
        schedule = self._schedule(
            queue_ids=[Command.set(self.queue.ids)],
            grouping="half_hour",
            recipient_ids=[Command.set(self.supervisor.ids)],
            email_to="fiscal@example.com",
            as_csv=True,
        )
        self._contact(answered=1, at=WORKING_TIME)
        self._contact(answered=1, at=WORKING_TIME, queue=self.other_queue)
        self._due(SIX)
        issue = self.Issue.search([("schedule_id", "=", schedule.id), ("state", "=", "waiting")])
        with self._without_commits():
            issue._run()
        self.assertEqual((issue.state, issue.row_count), ("issued", 1), issue.error)
        mail = self.env["mail.mail"].search([("subject", "like", "Filas da véspera")])
        self.assertEqual(mail.email_to, "cc_supervisor@example.com,fiscal@example.com")
        self.assertEqual(len(mail.attachment_ids), 3)

    # ------------------------------------------------------------
    # Refusals
    # ------------------------------------------------------------

    def test_clear_refusals(self):
        with self.assertRaisesRegex(ValidationError, "at least one format"):
            self._schedule(as_pdf=False, as_xlsx=False)
        with self.assertRaisesRegex(ValidationError, "no address of e-mail: amanhã"):
            self._schedule(email_to="fiscal@example.com, amanhã")
        with self.assertRaisesRegex(ValidationError, "can be divided by"):
            self._schedule(kind="subjects", grouping="half_hour")
        with self.assertRaisesRegex(ValidationError, "may not see reports"):
            self._schedule(recipient_ids=[Command.set(self.agent.ids)])
        silent = self._user("cc_silent", "Sem Correio", "contact_center.group_manager")
        silent.email = False
        with self.assertRaisesRegex(ValidationError, "have no e-mail: Sem Correio"):
            self._schedule(recipient_ids=[Command.set(silent.ids)])

    def test_nobody_schedules_in_the_name_of_others(self):
        schedule = self._schedule(self.supervisor, user_id=self.administrator.id)
        self.assertEqual(schedule.user_id, self.supervisor)
        with self.assertRaisesRegex(AccessError, "stays with the person"):
            schedule.write({"user_id": self.administrator.id})

    def test_everybody_sees_their_own_administrators_all(self):
        own = self._schedule()
        other = self._schedule(self.supervisor)
        for user, seen in (
            (self.manager, own),
            (self.supervisor, other),
            (self.administrator, own | other),
        ):
            found = self.Schedule.with_user(user).search([("name", "=", "Filas da véspera")])
            self.assertEqual(found, seen.with_user(user), user.login)
