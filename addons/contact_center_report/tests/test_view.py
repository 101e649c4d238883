# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

from .common import DAY, ReportMixin


class _Case(ReportMixin, ContactCenterCase):
    @contextmanager
    def _noted(self):
        """Collect what the access log would hold."""
        noted = []
        logged = type(self.env["contact_center.access.logged"])

        def note(_model, kind, records=None, **data):
            noted.append((kind, data))

        with patch.object(logged, "_note_access", note):
            yield noted


@tagged("post_install", "-at_install")
class TestView(_Case):
    """A manager chooses a report, sees it, and takes it along."""

    def _view(self, user=None, **values):
        return (
            self.env["contact_center.report.view"]
            .with_user(user or self.manager)
            .create({"kind": "service", "first": DAY, "last": DAY, **values})
        )

    def test_the_form_proposes_days_and_groupings(self):
        with Form(self.env["contact_center.report.view"].with_user(self.manager)) as form:
            self.assertEqual((form.first, form.last), (DAY, DAY))
            form.period = "last_month"
            self.assertEqual((form.first, form.last), (date(2026, 10, 1), date(2026, 10, 31)))
            form.last = date(2026, 10, 15)
            self.assertEqual(form.period, "chosen")
            form.kind = "traffic"
            form.grouping = "half_hour"
            form.kind = "subjects"
            self.assertEqual(form.grouping, "month")

    def test_the_first_rows_with_totals_in_the_browser(self):
        self._contact(answered=10)
        self._contact(lost=20, queue=self.other_queue)
        view = self._view()
        view.action_show()
        self.assertIn("Fila de teste", view.preview)
        self.assertIn("Outra fila", view.preview)
        self.assertIn("2 rows.", view.preview)
        self.assertIn("<tfoot>", view.preview)
        self.assertIn("50,00 %", view.preview)

    def test_an_empty_report_says_what_to_do(self):
        view = self._view()
        view.action_show()
        self.assertIn("Nothing to count", view.preview)

    def test_names_are_not_html(self):
        self.queue.name = "<script>alert(1)</script>"
        self._contact(answered=10)
        view = self._view()
        view.action_show()
        self.assertNotIn("<script>", view.preview)
        self.assertIn("&lt;script&gt;", view.preview)

    def test_a_short_report_is_downloaded_at_once(self):
        self._contact(answered=10)
        for suffix in ("pdf", "xlsx", "xls", "txt", "rtf", "csv"):
            action = getattr(self._view(), f"action_{suffix}")()
            self.assertEqual(action["type"], "ir.actions.act_url")
        issues = self.env["contact_center.report.issue"].search([("kind", "=", "service")])
        self.assertEqual(set(issues.mapped("state")), {"issued"})
        self.assertEqual(len(issues.file_ids), 6)

    def test_a_long_report_is_made_in_the_background(self):
        for _number in range(3):
            self._contact(lost=10)
        module = "odoo.addons.contact_center_report.models.report_issue_run"
        with patch(f"{module}.AT_ONCE", 2):
            action = self._view(kind="abandoned").action_csv()
        issue = self.env["contact_center.report.issue"].browse(action["res_id"])
        self.assertEqual((issue.state, issue.file_ids.ids), ("waiting", []))
        key = f"contact_center.report.issue:{issue.id}"
        self.assertTrue(self.env["queue.job"].search([("identity_key", "=", key)]))

    def test_refusals(self):
        with self.assertRaisesRegex(UserError, "before the first"):
            self._view(first=DAY, last=date(2026, 11, 1)).action_show()
        with self.assertRaisesRegex(UserError, "can be divided by"):
            self._view(kind="subjects", grouping="half_hour").action_show()
        with self.assertRaises(AccessError):
            self._view(self.agent)

    def test_seeing_and_taking_citizens_data_is_noted(self):
        with self._noted() as noted:
            self._view().action_show()
            self._view().action_csv()
            self.assertEqual(noted, [])
            self._view(kind="citizens").action_show()
            self._view(kind="citizens").action_csv()
        self.assertEqual([kind for kind, _data in noted], ["listed", "exported"])
        self.assertTrue(all(data["first"] == "2026-11-19" for _kind, data in noted))

    def test_a_schedule_takes_the_choices_over(self):
        action = self._view(kind="traffic", grouping="hour", period="last_week").action_schedule()
        schedule = (
            self.env["contact_center.report.schedule"]
            .with_user(self.manager)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual((schedule.kind, schedule.grouping), ("traffic", "hour"))
        self.assertEqual((schedule.period, schedule.name), ("last_week", "Traffic"))


@tagged("post_install", "-at_install")
class TestDownload(_Case, HttpCase):
    """Files are reached by those who may see the report, and by no other way."""

    def _file(self, code):
        kind = self._kinds()._kind(code)
        issues = self.env["contact_center.report.issue"].with_user(self.manager)
        issue = issues._new(kind, DAY, DAY, {}, ["csv"])
        self.assertTrue(issue._run_at_once())
        return issue.file_ids

    def test_the_owner_downloads_it_and_citizens_data_is_noted(self):
        self._contact(answered=10)
        self.manager.password = "manager-of-the-center"
        self.supervisor.password = "supervisor-of-the-center"
        plain, personal = self._file("service"), self._file("citizens")
        self.authenticate("cc_manager", "manager-of-the-center")
        with self._noted() as noted:
            answer = self.url_open(f"/contact_center/report/{plain.id}")
            self.assertEqual(answer.status_code, 200)
            self.assertIn("Fila de teste", answer.content.decode("utf-8-sig"))
            self.assertIn("attachment", answer.headers["Content-Disposition"])
            self.assertEqual(noted, [])
            self.url_open(f"/contact_center/report/{personal.id}")
        self.assertEqual([kind for kind, _data in noted], ["downloaded"])
        other_way = self.url_open(f"/web/content/contact_center.report.file/{plain.id}/content")
        self.assertNotEqual(other_way.status_code, 200)
        self.authenticate("cc_supervisor", "supervisor-of-the-center")
        self.assertEqual(self.url_open(f"/contact_center/report/{plain.id}").status_code, 404)
