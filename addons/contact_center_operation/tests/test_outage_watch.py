# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME

from ..core import outage as clocks
from .test_outage import OutageCase


@tagged("post_install", "-at_install")
class TestOutageWatch(OutageCase):
    """The platform's checks of itself."""

    beats = True

    def setUp(self):
        super().setUp()
        # Jobs left waiting by another test, or by the installation, are no outage here.
        self.env.cr.execute("UPDATE queue_job SET state = 'done' WHERE state = 'pending'")
        self.run_cron()

    def _found(self, kind):
        return self.Outage.search([("kind", "=", kind)], order="id desc", limit=1)

    def test_a_step_that_breaks_keeps_no_other_from_running(self):
        self.began()
        with (
            patch.object(type(self.Outage), "_watch_jobs", lambda _self: 1 / 0),
            self.assertLogs("odoo.addons.contact_center_operation.models.outage_watch", "ERROR"),
        ):
            self.run_cron()
        self.assertTrue(self.outages())
        self.assertTrue(self.env["contact_center.heartbeat"].search([]))

    def test_a_silence_is_an_outage_of_the_platform(self):
        self.at(4)
        self.run_cron()
        self.assertFalse(self._found("platform") or self._found("database"))
        self.at(34)
        with patch.object(self.registry["contact_center.outage"], "_tell", lambda _self: None):
            self.run_cron()
        outage = self._found("platform")
        self.assertEqual(outage.began_at, WORKING_TIME + timedelta(minutes=4))
        self.assertEqual((outage.state, outage.minutes), ("over", 30))

    def test_the_database_is_told_apart_by_its_start(self):
        self.env.cr.execute("SELECT pg_postmaster_start_time() AT TIME ZONE 'UTC'")
        (started,) = self.env.cr.fetchone()
        self.Outage._report_silence(started - timedelta(minutes=9), started + timedelta(minutes=1))
        self.Outage._take_reports()
        self.assertEqual(self._found("database").minutes, 10)

    def test_scheduled_actions_alone_are_told_apart_by_signs_of_life(self):
        conversation = self._open()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE contact_center_event SET at = %s WHERE conversation_id = %s",
            [WORKING_TIME + timedelta(minutes=15), conversation.id],
        )
        self.at(30)
        self.run_cron()
        self.assertFalse(self._found("platform"))
        self.assertEqual(self._found("worker").key, "scheduled_actions")

    def test_jobs_that_wait_although_they_are_due(self):
        job = self.env["contact_center.conversation"].with_delay()._cron_close_stale()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE queue_job SET date_created = %s WHERE id = %s",
            [WORKING_TIME - timedelta(minutes=16), job.db_record().id],
        )
        self.run_cron()
        outage = self._found("worker")
        self.assertEqual((outage.key, outage.state), ("jobs", "open"))
        self.assertEqual(outage.began_at, WORKING_TIME - timedelta(minutes=16))
        self.env.cr.execute("UPDATE queue_job SET state = 'done' WHERE state = 'pending'")
        self.run_cron()
        self.assertEqual(outage.state, "over")

    def test_a_server_without_connections_twice_in_a_row(self):
        self.env["ir.config_parameter"].set_param("contact_center.nodes", "city1, city2")
        names = patch.object(
            self.registry["contact_center.outage"],
            "_connected_nodes",
            lambda _self: connected,
        )
        connected = {"city1"}
        with names:
            self.run_cron()
            self.assertFalse(self._found("node"))
            self.run_cron()
            outage = self._found("node")
            self.assertEqual((outage.key, outage.state), ("city2", "open"))
            connected = {"city1", "city2"}
            self.run_cron()
            self.assertEqual(outage.state, "over")

    def test_names_of_servers_are_those_of_their_connections(self):
        self.env.cr.execute("SET LOCAL application_name = 'city1-4711'")
        self.assertIn("city1", self.Outage._connected_nodes())
        self.env.cr.execute("SET LOCAL application_name = 'city2'")
        self.env.cr.execute("SELECT pg_stat_clear_snapshot()")
        self.assertIn("city2", self.Outage._connected_nodes())


@tagged("post_install", "-at_install")
class TestClocks(OutageCase):
    """The pure part."""

    def test_states_of_a_clock(self):
        begin = WORKING_TIME
        for minutes, stopped, state in (
            (10, None, "ok"),
            (90, None, "soon"),
            (120, None, "soon"),
            (121, None, "late"),
            (500, 119, "met"),
            (500, 121, "missed"),
        ):
            ended = stopped and begin + timedelta(minutes=stopped)
            clock = clocks.clock(begin, 2, begin + timedelta(minutes=minutes), ended)
            self.assertEqual(clock.state, state, minutes)

    def test_every_kind_has_its_time(self):
        kinds = dict(self.Outage._fields["kind"].selection)
        self.assertEqual(set(clocks.REPAIR_HOURS), set(kinds))
        self.assertEqual(clocks.REPAIR_HOURS["integration"], 4)

    def test_a_clock_put_back_is_no_silence(self):
        now = fields.Datetime.now()
        longest = timedelta(minutes=5)
        self.assertIsNone(clocks.gap(now + timedelta(hours=1), now, longest))
        self.assertIsNone(clocks.gap(None, now, longest))
        self.assertEqual(clocks.gap(now - longest * 2, now, longest), (now - longest * 2, now))
