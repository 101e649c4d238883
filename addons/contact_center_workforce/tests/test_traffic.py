# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME

from .common import WorkforceCase

DAY = date(2026, 11, 19)


@tagged("post_install", "-at_install")
class TestTraffic(WorkforceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Traffic = cls.env["contact_center.traffic"].with_user(cls.manager)

    def test_a_day_by_half_hours_in_the_citys_time(self):
        """Empty half hours between the first and the last contact stand there with 0."""
        self._write_morning()
        study = self.Traffic._study("day", DAY, self.queue)
        received = [(row["label"], row["received"]) for row in study["rows"]]
        self.assertEqual(received, [("09:00", 2), ("09:30", 0), ("10:00", 0), ("10:30", 1)])
        first, total = study["rows"][0], study["total"]
        self.assertEqual((first["answered"], first["level"], first["abandoned"]), (2, 50, 0))
        self.assertAlmostEqual(first["wait"], (36 + 720) / 2)
        self.assertIsNone(study["rows"][1]["level"])
        self.assertEqual((total["received"], total["answered"], total["abandoned"]), (3, 2, 1))
        self.assertAlmostEqual(total["abandoned_percent"], 100 / 3)

    def test_weeks_months_and_years_have_all_their_days_and_months(self):
        """Also those on which nothing came."""
        self._write_morning()
        for period, rows, place in (("week", 7, 3), ("month", 30, 18), ("year", 12, 10)):
            with self.subTest(period):
                study = self.Traffic._study(period, DAY, self.queue)
                self.assertEqual(len(study["rows"]), rows)
                self.assertEqual(study["rows"][place]["received"], 3)
                self.assertEqual(study["total"]["received"], 3)

    def test_a_day_without_contacts_has_an_empty_table(self):
        """No division by nothing."""
        study = self.Traffic._study("day", DAY, self.other_queue)
        self.assertEqual(study["rows"], [])
        self.assertEqual(study["total"]["received"], 0)

    def test_leaders_print_it_agents_do_not(self):
        """The document holds the table."""
        self._write_morning()
        wizard = self.env["contact_center.traffic.study"].with_user(self.supervisor)
        study = wizard.create({"day": DAY, "queue_ids": [(6, 0, self.queue.ids)]})
        action = study.action_print()
        self.assertEqual(action["report_name"], "contact_center_workforce.traffic_study_document")
        reports = self.env["ir.actions.report"].with_user(self.supervisor)
        html = reports._render_qweb_html(action["report_name"], study.ids)[0].decode()
        self.assertIn("10:30", html)
        self.assertRegex(html, "33[.,]3")
        with self.assertRaises(AccessError):
            self.Traffic.with_user(self.agent).search_count([])


@tagged("post_install", "-at_install")
class TestVolumeReport(WorkforceCase):
    def _report(self, user=None, **values):
        reports = self.env["contact_center.volume.report"].with_user(user or self.supervisor)
        return reports.create(
            {
                "name": "Volume do dia",
                "email_to": "plano@exemplo.gov.br, Gestora <gestora@exemplo.gov.br>",
                "queue_ids": [(6, 0, self.queue.ids)],
                **values,
            }
        )

    def _mails(self):
        return self.env["mail.mail"].search([("subject", "like", "Volume do dia")], order="id")

    def test_it_is_sent_once_a_day_from_its_hour_on(self):
        """At 10:00 in the city one for 11:00 is not due; an hour later it is, once."""
        self._write_morning()
        report = self._report(hour="11")
        self.env["contact_center.volume.report"]._cron_send()
        self.assertFalse(self._mails())
        with freeze_time(WORKING_TIME + timedelta(hours=1)):
            self.env["contact_center.volume.report"]._cron_send()
            self.env["contact_center.volume.report"]._cron_send()
        mail = self._mails()
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.email_to, "plano@exemplo.gov.br,gestora@exemplo.gov.br")
        self.assertIn("10:30", mail.body_html)
        self.assertEqual(report.last_day, DAY)

    def test_what_was_forecast_stands_beside_what_came(self):
        """Only if every queue has a forecast of that day."""
        self._write_morning()
        report = self._report()
        report.action_send()
        self.assertNotIn("Expected", self._mails()[-1:].body_html)
        forecast = self.env["contact_center.volume.forecast"].create(
            {"queue_id": self.queue.id, "first_day": DAY, "days": 1}
        )
        self.env["contact_center.volume.forecast.line"].sudo().create(
            {"forecast_id": forecast.id, "day": DAY, "slot": "09:00", "expected": 41.6}
        )
        report.action_send()
        body = self._mails()[-1:].body_html
        self.assertIn("Expected", body)
        self.assertIn("42", body)

    def test_a_day_without_contacts_is_reported_too(self):
        """Silence would look like a failure."""
        self._report().action_send()
        self.assertIn("No contact came", self._mails().body_html)

    def test_addresses_are_checked_and_the_day_sent_is_not_written_by_hand(self):
        """Refused with words."""
        with self.assertRaises(ValidationError):
            self._report(email_to="ninguém")
        with self.assertRaises(UserError):
            self._report().last_day = DAY

    def test_one_report_that_fails_does_not_stop_the_others(self):
        """Each in a savepoint; the error is logged."""
        self._report(hour="0", name="Volume do dia A")
        broken = self._report(hour="0", name="Volume do dia B")
        self._report(hour="0", name="Volume do dia C")
        send = type(broken)._send

        def failing(report, day):
            if report == broken:
                raise ValueError("kaputt")
            return send(report, day)

        logger = "odoo.addons.contact_center_workforce.models.volume_report"
        with patch.object(type(broken), "_send", failing), self.assertLogs(logger, "ERROR"):
            self.env["contact_center.volume.report"]._cron_send()
        self.assertEqual(len(self._mails()), 2)
        self.assertFalse(broken.last_day)
