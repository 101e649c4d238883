# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from datetime import datetime, timedelta
from types import SimpleNamespace

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.queue_job.jobrunner import runner

from .. import left_behind
from ..cloud_api import events, sanitize
from ..models.whatsapp_event import INBOX_KEY, STATUS_KEY
from .common import WhatsappCase

NOW = datetime(2026, 12, 1, 12)


@tagged("post_install", "-at_install")
class TestLeftBehind(WhatsappCase):
    """The runner looks for what was stored and for which no job was woken.

    That it wakes one for good: test_real_cursors.py.
    """

    def setUp(self):
        super().setUp()
        # What other tests' commits left
        self.env.cr.execute("DELETE FROM queue_job WHERE state IN ('pending', 'enqueued')")
        self.database = SimpleNamespace(
            db_name=self.env.cr.dbname, conn=SimpleNamespace(cursor=self._lent_cursor)
        )
        self.woken = []
        self.patch(left_behind, "_wake", lambda name, until: self.woken.append((name, until)))

    def _lent_cursor(self):
        """Return the test's cursor, which whoever borrows it may close."""
        cr = self.env.cr
        return SimpleNamespace(execute=cr.execute, fetchone=cr.fetchone, close=lambda: None)

    def _store(self, payload, age):
        """Store a delivery so many seconds before NOW; its process is killed then."""
        with freeze_time(NOW - timedelta(seconds=age)):
            self.Event._insert(events.split(sanitize.load(json.dumps(payload).encode())))

    def _looks(self, later=0):
        """Let the runner take a turn at NOW and some seconds; return how often a job was woken."""
        self.woken.clear()
        with freeze_time(NOW + timedelta(seconds=later)):
            left_behind._and_look(lambda database: None)(self.database)
        return len(self.woken)

    def _job(self, key, state):
        """Have a job with this identity key in this state."""
        self.Event.with_delay(identity_key=key)._process_statuses()
        self.env.flush_all()
        self.env.cr.execute("UPDATE queue_job SET state = %s WHERE identity_key = %s", [state, key])

    def test_nothing_is_done_while_nothing_waits(self):
        self.assertEqual(self._looks(), 0)

    def test_event_without_a_job_wakes_one(self):
        self._store(self.inbound(text="oi"), age=4)
        self.assertEqual(self._looks(), 1)
        self.assertEqual(self.woken, [(self.env.cr.dbname, NOW - left_behind.OLD_ENOUGH)])

    def test_status_without_a_job_wakes_one(self):
        with self.bot("Olá!"):
            sent = self.outgoing(self.say("oi").conversation_id)
        self._store(self.status(sent, "delivered"), age=4)
        self.assertEqual(self._looks(), 1)

    def test_status_that_waits_for_its_message_wakes_nobody(self):
        with self.bot("Olá!"):
            sent = self.outgoing(self.say("oi").conversation_id)
        self._store(self.status(sent, "sent", id="wamid.x"), age=4)
        self.Event.search([], limit=1).next_try_at = NOW
        self.env.flush_all()
        self.assertEqual(self._looks(), 0)

    def test_whoever_stores_has_time_to_wake(self):
        self._store(self.inbound(text="oi"), age=1)
        self.assertEqual(self._looks(), 0)
        self.assertEqual(self._looks(later=4), 1)

    def test_a_job_that_comes_or_runs_sees_it(self):
        self._store(self.inbound(text="oi"), age=4)
        for state in ("pending", "enqueued", "started"):
            self._job(INBOX_KEY, state)
            self.assertEqual(self._looks(), 0, state)
            del self.database.left_behind_until
        # The job of the statuses does not see it
        self.env.cr.execute("DELETE FROM queue_job")
        self._job(STATUS_KEY, "pending")
        self.assertEqual(self._looks(), 1)

    def test_what_was_looked_at_is_left_to_the_scheduled_sweep(self):
        self._store(self.inbound(text="oi"), age=4)
        self.assertEqual(self._looks(), 1)
        self.assertEqual([self._looks(later) for later in (1, 3, 6)], [0, 0, 0])

    def test_what_is_stored_between_two_looks_is_seen_by_the_second(self):
        self.assertEqual(self._looks(), 0)
        self._store(self.inbound(text="oi"), age=2)
        self.assertEqual(self._looks(later=2), 1)

    def test_looks_go_on_when_the_clock_is_set_back(self):
        self.assertEqual(self._looks(later=3600), 0)
        self._store(self.inbound(text="oi"), age=4)
        self.assertEqual(self._looks(), 1)

    def test_a_database_without_these_tables_is_passed(self):
        self._store(self.inbound(text="oi"), age=4)
        self.patch(left_behind, "_IS_KNOWN", "SELECT to_regclass('no_such_table') IS NOT NULL")
        self.assertEqual(self._looks(), 0)

    def test_the_runner_looks_soon_enough(self):
        self.assertTrue(runner.Database.requeue_dead_jobs.looks)
        longest = left_behind.OLD_ENOUGH + left_behind.LOOK_EVERY
        self.assertLessEqual(longest.total_seconds() + runner.SELECT_TIMEOUT, 9)
