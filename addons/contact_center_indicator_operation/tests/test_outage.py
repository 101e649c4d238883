# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME
from odoo.addons.contact_center_operation.tests.test_outage import OutageCase


@tagged("post_install", "-at_install")
class TestOutageOccurrences(OutageCase):
    """What the system noticed waits for people to ask for a decision."""

    def occurrences(self):
        return self.env["contact_center.indicator.occurrence"].search(
            [("outage_id", "in", self.outages().ids)], order="id"
        )

    def stop(self, minutes, until, **values):
        """Let something stop at a moment, and work again at another."""
        self.at(minutes)
        self.began(**values)
        self.run_cron()
        self.at(until)
        self.told._ended("channel", "number")
        self.run_cron()

    def test_a_stop_within_its_two_hours(self):
        self.stop(0, 119)
        occurrence = self.occurrences()
        self.assertEqual((occurrence.kind, occurrence.state), ("central", "draft"))
        self.assertEqual(occurrence.happened_at, WORKING_TIME)
        self.assertEqual(occurrence.mended_at, WORKING_TIME + timedelta(minutes=119))
        self.assertFalse(occurrence.is_late)
        self.assertIn(self.outages().name, occurrence.document)

    def test_a_stop_beyond_them(self):
        self.stop(0, 121)
        self.assertTrue(self.occurrences().is_late)

    def test_what_stops_again_at_once_goes_on(self):
        self.stop(0, 30)
        self.at(35)
        self.began()
        self.run_cron()
        occurrence = self.occurrences()
        self.assertEqual(len(occurrence), 1)
        self.assertFalse(occurrence.mended_at)

    def test_what_was_asked_for_stays_as_it_is(self):
        self.stop(0, 30)
        occurrence = self.occurrences()
        occurrence.with_user(self.administrator).action_request()
        self.at(35)
        self.began()
        self.run_cron()
        self.assertEqual(occurrence.mended_at, WORKING_TIME + timedelta(minutes=30))

    def test_a_notice_that_is_a_day_late(self):
        self.contact.active = False
        self.stop(0, 30)
        self.at(24 * 60 + 1)
        self.run_cron()
        self.assertEqual(self.occurrences().mapped("kind"), ["central", "notice"])
        outage = self.outages().with_user(self.administrator)
        outage._add_entry("told", "Ofício 3")
        notice = self.occurrences()[-1]
        self.assertEqual(notice.mended_at, WORKING_TIME + timedelta(minutes=24 * 60 + 1))
        self.assertTrue(notice.is_late)

    def test_an_announced_stop_is_none(self):
        window = self.env["contact_center.maintenance.window"].create(
            {
                "name": "Atualização",
                "reason": "Correções",
                "date_start": WORKING_TIME - timedelta(minutes=5),
                "date_end": WORKING_TIME + timedelta(hours=2),
                "short_notice_reason": "Urgente",
            }
        )
        window.action_publish()
        self.stop(1, 30)
        self.assertEqual(self.outages().maintenance_window_id, window)
        self.assertFalse(self.occurrences())
