# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv
import io
from base64 import b64decode
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase

from .common import DAY, ReportMixin

RUN = "odoo.addons.contact_center_report.models.report_issue_run"


@tagged("post_install", "-at_install")
class TestIssue(ReportMixin, ContactCenterCase):
    """A report is made in the background, once, and says why it could not be."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Issue = cls.env["contact_center.report.issue"]

    def _issue(self, code="service", user=None, formats=("csv",), **values):
        user = user or self.manager
        kind = self._kinds(user)._kind(code)
        return self.Issue.with_user(user)._new(kind, DAY, DAY, {}, list(formats), **values)

    def _run(self, issue):
        with self._without_commits():
            issue.sudo()._run()
        return issue

    def _text(self, file):
        return b64decode(file.sudo().content).decode("utf-8-sig")

    def _mails(self):
        return self.env["mail.mail"].search([("subject", "like", "Statistics")])

    def test_all_formats_are_made_of_the_same_rows(self):
        self._contact(answered=10)
        self._contact(lost=5, queue=self.other_queue)
        formats = ("pdf", "xlsx", "xls", "txt", "rtf", "csv")
        issue = self._run(self._issue(formats=formats))
        self.assertEqual((issue.state, issue.row_count, issue.tries), ("issued", 2, 1))
        self.assertEqual(issue.file_ids.mapped("suffix"), list(formats))
        names = issue.file_ids.mapped("name")
        self.assertEqual(names[0], "statistics-by-queue_20261119-20261119.pdf")
        rows = list(
            csv.DictReader(
                io.StringIO(self._text(issue.file_ids.filtered(lambda one: one.suffix == "csv"))),
                delimiter=";",
            )
        )
        self.assertEqual([row["Recebidos"] for row in rows], ["1", "1"])
        magic = {"pdf": b"%PDF", "xlsx": b"PK", "xls": b"\xd0\xcf", "rtf": b"{\\rtf1"}
        for file in issue.file_ids:
            content = b64decode(file.sudo().content)
            self.assertEqual(file.size, len(content))
            self.assertTrue(content.startswith(magic.get(file.suffix, b"")), file.suffix)

    def test_the_job_is_queued_once_for_each_issue(self):
        issue = self._issue()
        issue._run_later()
        issue._run_later()
        key = f"contact_center.report.issue:{issue.id}"
        jobs = self.env["queue.job"].search([("identity_key", "=", key)])
        self.assertEqual(len(jobs), 1)
        self.assertEqual(jobs.channel, "root.background")

    def test_a_second_run_makes_and_mails_nothing(self):
        issue = self._issue(recipient_ids=[fields.Command.set(self.supervisor.ids)])
        self._run(issue)
        files, mails = issue.file_ids, self._mails()
        self.assertEqual(len(mails), 1)
        self._run(issue)
        self.assertEqual((issue.file_ids, self._mails(), issue.tries), (files, mails, 1))

    def test_a_job_that_was_killed_begins_again(self):
        issue = self._issue()
        issue.write({"state": "running", "row_count": 5000})
        self._run(issue)
        self.assertEqual((issue.state, issue.row_count), ("issued", 0))

    def test_a_failure_says_why_and_is_issued_again(self):
        issue = self._issue(user=self.supervisor)
        with (
            patch(f"{RUN}.sheet.write", side_effect=ZeroDivisionError("division by zero")),
            mute_logger(RUN),
        ):
            self._run(issue)
        self.assertEqual((issue.state, issue.file_ids.ids), ("failed", []))
        self.assertIn("Emitir de novo", issue.error)
        self.assertIn("division by zero", issue.error)
        issue.with_user(self.supervisor).action_again()
        self.assertEqual((issue.state, issue.error), ("waiting", False))
        self._run(issue)
        self.assertEqual((issue.state, issue.tries), ("issued", 2))
        with self.assertRaisesRegex(UserError, "Only a report that failed"):
            issue.with_user(self.supervisor).action_again()

    def test_a_full_disk_is_told_as_such(self):
        issue = self._issue()
        full = OSError(28, "No space left on device")
        with patch(f"{RUN}.sheet.write", side_effect=full):
            self._run(issue)
        self.assertIn("disco está cheio", issue.error)

    def test_who_lost_the_right_gets_no_report(self):
        issue = self._issue()
        self.manager.group_ids = self.env.ref("base.group_user")
        self._run(issue)
        self.assertEqual(issue.state, "failed")
        self.assertIn("não pode ver relatórios", issue.error)

    def test_others_do_not_issue_it_again(self):
        issue = self._issue(recipient_ids=[fields.Command.set(self.supervisor.ids)])
        issue.state = "failed"
        with self.assertRaisesRegex(UserError, "can issue this report again"):
            issue.with_user(self.supervisor).action_again()

    def test_owner_recipients_and_administrators_see_it(self):
        issue = self._issue(recipient_ids=[fields.Command.set(self.supervisor.ids)])
        self._run(issue)
        stranger = self._user("cc_stranger", "Edu Estranho", "contact_center.group_manager")
        for user, seen in (
            (self.manager, True),
            (self.supervisor, True),
            (self.administrator, True),
            (stranger, False),
            (self.agent, False),
        ):
            self.assertEqual(issue.sudo(False).with_user(user).has_access("read"), seen, user.login)
            file = issue.file_ids.sudo(False).with_user(user)
            self.assertEqual(file.has_access("read"), seen, user.login)
        with self.assertRaises(UserError):
            issue.file_ids.sudo(False).with_user(self.manager).read(["content"])

    def test_small_files_are_attached_large_ones_linked(self):
        self._run(self._issue(email_to="fiscal@example.com, Gestora <g@example.com>"))
        mail = self._mails()
        self.assertEqual(mail.email_to, "fiscal@example.com,g@example.com")
        self.assertEqual(
            mail.attachment_ids.mapped("name"), ["statistics-by-queue_20261119-20261119.csv"]
        )
        self.env["ir.config_parameter"].set_param("contact_center_report.mail_bytes", "10")
        issue = self._run(self._issue(email_to="fiscal@example.com"))
        mail = self._mails() - mail
        self.assertFalse(mail.attachment_ids)
        self.assertIn("grandes demais", mail.body_html)
        self.assertIn(f"/odoo/relatorios-emitidos/{issue.id}", mail.body_html)

    def test_citizens_data_never_travels_by_e_mail(self):
        self._contact(answered=1, citizen=self.citizen)
        issue = self._run(self._issue("citizens", email_to="fiscal@example.com"))
        self.assertIn("Maria da Silva", self._text(issue.file_ids))
        mail = self.env["mail.mail"].search([("subject", "like", "Citizens and their")])
        self.assertFalse(mail.attachment_ids)
        self.assertNotIn("Maria", mail.body_html)

    def test_files_go_when_their_time_is_over_the_record_stays(self):
        plain, personal = self._run(self._issue()), self._run(self._issue("citizens"))
        self.assertEqual(personal.expires_at, WORKING_TIME + timedelta(days=30))
        self.assertEqual(plain.expires_at, WORKING_TIME + timedelta(days=400))
        with freeze_time(WORKING_TIME + timedelta(days=31)):
            self.Issue.sudo()._cron_take_off()
        self.assertEqual((personal.state, personal.file_ids.ids), ("removed", []))
        self.assertEqual((plain.state, len(plain.file_ids)), ("issued", 1))
        personal.with_user(self.manager).action_again()
        self._run(personal)
        self.assertEqual(personal.state, "issued")

    def test_the_policy_says_how_long(self):
        self.env["ir.config_parameter"].set_param("contact_center_report.keep_days", "10")
        issue = self._run(self._issue())
        self.assertEqual(issue.expires_at, WORKING_TIME + timedelta(days=10))
        self.env["ir.config_parameter"].set_param("contact_center_report.keep_days", "nonsense")
        self.assertEqual(issue._keep_until(), WORKING_TIME + timedelta(days=400))

    def test_progress_is_on_record_while_it_is_made(self):
        issue = self._issue()
        told = []

        def write(table, rows, paths, tell, most):
            tell(5000)
            told.append(issue.row_count)
            return 0

        issue.formats = ""
        with patch(f"{RUN}.sheet.write", write):
            self._run(issue)
        self.assertEqual((told, issue.state), ([5000], "issued"))

    def test_an_issue_whose_job_is_gone_is_a_failure_that_can_be_issued_again(self):
        lost, queued = self._issue(), self._issue()
        queued._run_later()
        with freeze_time(WORKING_TIME + timedelta(minutes=9)):
            self.Issue.sudo()._fail_lost()
        self.assertEqual(set((lost | queued).mapped("state")), {"waiting"})
        with freeze_time(WORKING_TIME + timedelta(minutes=11)):
            self.Issue.sudo()._fail_lost()
        self.assertEqual((lost.state, queued.state), ("failed", "waiting"))
        lost.with_user(self.manager).action_again()
        self.assertEqual(lost.state, "waiting")
