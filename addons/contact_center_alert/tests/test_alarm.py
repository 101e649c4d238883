# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME

from .common import AlertCase


@tagged("post_install", "-at_install")
class TestAlarm(AlertCase):
    """What is out of the ordinary raises one hand, which stays until somebody closes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._ordinary_weeks()

    def _watch(self):
        self.Alarm._watch()
        return self.Alarm.search([("subject_id", "=", self.subject.id)])

    def test_37_about_lighting_in_barreiro(self):
        self._past(37, "barreiro")
        alarm = self._watch()
        self.assertEqual((alarm.state, alarm.count, alarm.place), ("raised", 37, "Barreiro"))
        self.assertLess(alarm.expected, 3)
        self.assertLess(alarm.chance, 1e-9)
        self.assertEqual(alarm.headline, "37 contacts about iluminação in Barreiro in 20 min")
        self.assertEqual(alarm.contact_count, 37)
        self.assertEqual(alarm.entry_ids.mapped("kind"), ["raised"])
        self.assertIn("<svg", alarm.chart)

    def test_the_ordinary_raises_nothing(self):
        self._past(7, "barreiro")
        self.assertFalse(self._watch(), "below the minimum")
        self.env["contact_center.alert.contact"].search([]).at = fields.Datetime.now() - timedelta(
            days=30
        )
        self._past(6, "barreiro")
        self._past(1, "centro")
        self.assertFalse(self._watch())

    def test_what_is_usual_at_this_hour_is_no_outbreak(self):
        self._ordinary_weeks(20, "venda nova")
        self._past(12, "venda nova")
        self.assertFalse(self._watch())
        self._past(60, "venda nova")
        self.assertEqual(self._watch().place, "Venda Nova")

    def test_one_alarm_for_one_outbreak(self):
        self._past(37, "barreiro")
        alarm = self._watch()
        self._past(20, "barreiro")
        self.assertEqual(self._watch(), alarm)
        self.assertEqual((alarm.count, alarm.last_count, alarm.peak_count), (37, 57, 57))
        self.assertEqual(alarm.contact_count, 57)
        self.assertEqual(len(alarm.entry_ids), 1)

    def test_many_districts_are_the_whole_city(self):
        for district in ("barreiro", "centro", "pampulha", "venda nova"):
            self._past(15, district)
        alarm = self._watch()
        self.assertEqual((alarm.place, alarm.count), (False, 60))
        self.assertIn("whole city", alarm.headline)

    def test_calm_again_without_coming_and_going(self):
        self._past(37, "barreiro")
        alarm = self._watch()
        with freeze_time(WORKING_TIME + timedelta(minutes=30)):
            self.assertEqual(self._watch().state, "calm")
            self._past(30, "barreiro")
            self.assertEqual(self._watch(), alarm)
            self.assertEqual(alarm.state, "raised")
        with freeze_time(WORKING_TIME + timedelta(hours=2)):
            self._watch()
        with freeze_time(WORKING_TIME + timedelta(hours=27)):
            self.assertEqual(self._watch().state, "over")
        kinds = alarm.entry_ids.sorted("id").mapped("kind")
        self.assertEqual(kinds, ["raised", "calmed", "raised_again", "calmed", "over"])

    def test_an_outbreak_does_not_become_the_ordinary(self):
        at = fields.Datetime.now() - timedelta(weeks=1)
        old = self.Alarm.sudo().create(
            {
                "subject_id": self.subject.id,
                "district": "barreiro",
                "place": "Barreiro",
                "state": "resolved",
                "window_minutes": 20,
                "since": at,
                "raised_at": at,
                "count": 300,
            }
        )
        self._past(300, "barreiro", at).alarm_id = old
        self._past(25, "barreiro")
        found = self._watch() - old
        self.assertEqual(found.count, 25)
        self.assertLess(found.expected, 3)

    def test_a_new_subject_is_learned_first(self):
        new = self.subject.create({"name": "água", "words": "sem água"})
        self._past(50, "barreiro", subject=new)
        self.Alarm._watch()
        self.assertFalse(self.Alarm.search([("subject_id", "=", new.id)]))

    def test_a_quiet_minute_costs_two_statements(self):
        self._past(3, "barreiro")
        self._watch()
        self.env.flush_all()
        with self.assertQueryCount(2):
            self.Alarm._watch()

    def test_a_busy_minute_costs_five_statements_whatever_is_busy(self):
        others = self.subject.create(
            [{"name": f"assunto {number}", "words": f"palavra{number}"} for number in range(3)]
        )
        for subject in self.subject | others:
            for week in range(1, 9):
                at = fields.Datetime.now() - timedelta(weeks=week)
                self._past(20, "centro", at, subject)
            self._past(12, "centro", subject=subject)
        self._watch()
        self.env.flush_all()
        with self.assertQueryCount(5):
            self.Alarm._watch()
        self.assertFalse(self.Alarm.search([]))

    def test_trouble_with_one_part_of_the_minute_keeps_no_other(self):
        self._past(37, "barreiro")

        def broken(_runs):
            raise ValueError("broken")

        runs = type(self.env["contact_center.civil.run"])
        with (
            self._patched(runs, "_end_due", broken),
            self.assertLogs("odoo.addons.contact_center_alert", "ERROR"),
        ):
            self.Alarm._cron_minute()
        self.assertEqual(len(self.Alarm.search([("subject_id", "=", self.subject.id)])), 1)

    def test_supervisors_read_it_above_their_screen(self):
        self._past(37, "barreiro")
        alarm = self._watch()
        banner = self.env["contact_center.alert.banner"]
        shown = banner.with_user(self.supervisor).get_banners()
        self.assertEqual([(one["id"], one["text"]) for one in shown], [(alarm.id, alarm.headline)])
        self.assertFalse(banner.with_user(self.agent).get_banners())
        self.assertFalse(banner.with_user(self.employee).get_banners())

    def test_dismissed_contacts_are_ordinary(self):
        self._past(37, "barreiro")
        alarm = self._watch()
        alarm.with_user(self.supervisor).action_dismiss()
        self.assertEqual((alarm.state, alarm.contact_count), ("dismissed", 0))
        with self.assertRaises(UserError):
            alarm.with_user(self.supervisor).action_resolve()

    def test_only_supervisors_decide(self):
        self._past(37, "barreiro")
        alarm = self._watch()
        for user in (self.manager, self.agent):
            for name in ("action_dismiss", "action_resolve", "action_prepare_notice"):
                with self.assertRaises(AccessError):
                    getattr(alarm.with_user(user), name)()

    def test_the_record_is_never_changed(self):
        self._past(37, "barreiro")
        entry = self._watch().entry_ids
        with self.assertRaises(UserError):
            entry.sudo().detail = "x"
        with self.assertRaises(UserError):
            entry.sudo().unlink()

    def test_a_wrong_setting_is_the_usual_one(self):
        self.env["ir.config_parameter"].set_param(
            "contact_center_alert.false_alarms_per_week", "muitos"
        )
        self.assertEqual(self.Alarm._false_alarms(), 0.5)
