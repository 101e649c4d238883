# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.contact_center.tests.real_cursors import RealCursorsCase

from ..models import offer_loop
from .common import DistributionCase


@tagged("post_install", "-at_install")
class TestLoop(DistributionCase):
    """The job that keeps the distribution awake."""

    def _jobs(self):
        domain = [("identity_key", "=", offer_loop.LOOP_KEY)]
        return self.env["queue.job"].search(domain)

    def test_one_job_is_enqueued_while_a_queue_distributes(self):
        self.assertEqual(len(self._jobs()), 1, "by the change of the mode")
        self.Offer._cron_start_loop()
        self.assertEqual(len(self._jobs()), 1)
        self._jobs().unlink()
        self.Offer._cron_start_loop()
        self.assertEqual(len(self._jobs()), 1)

    def test_no_job_where_no_queue_distributes(self):
        self._jobs().unlink()
        self.queue.mode = "pull"
        self.Offer._cron_start_loop()
        self.assertFalse(self._jobs())

    def test_what_wakes_the_loop(self):
        """Whoever comes, and whoever becomes free; not whoever comes to another kind of queue."""
        woken = []
        with patch.object(type(self.Offer), "_wake", lambda offers: woken.append(1)):
            self._waiting(self.other_queue)
            self.assertFalse(woken)
            conversation = self._waiting()
            self.assertTrue(woken)
            self._accept(self._round())
            woken.clear()
            conversation.with_user(conversation.agent_id).action_close()
            self.assertTrue(woken)
            woken.clear()
            self.States.with_user(self.agent).set_mine("break", "Lanche")
            self.States.with_user(self.agent).set_mine("available")
            self.assertTrue(woken)


@tagged("post_install", "-at_install")
class TestLoopRuns(RealCursorsCase):
    """The loop itself, on real transactions."""

    def test_it_sleeps_until_woken_and_goes_on_in_the_next_job(self):
        with self.transaction() as env:
            queue = env["contact_center.queue"].create({"name": "Laço", "mode": "offer"})
            self.addCleanup(self._pull, queue.id)
        ticks = []
        with self.transaction() as env, patch.object(offer_loop, "LONGEST_RUN", 2.0):
            offers = env["contact_center.offer"]

            def tick(one):
                ticks.append(1)
                if len(ticks) == 1:
                    with self.transaction() as other:
                        other["contact_center.offer"]._wake()

            with (
                patch.object(type(offers), "_tick", tick),
                patch.object(type(offers), "_enqueue_loop") as enqueue,
            ):
                offers._run_loop()
            self.assertGreaterEqual(len(ticks), 3, "woken at once, then once a second")
            enqueue.assert_called_once()

    def _pull(self, queue_id):
        with self.transaction() as env:
            env["contact_center.queue"].browse(queue_id).exists().mode = "pull"

    def test_a_failing_round_is_logged_and_the_loop_goes_on(self):
        with self.transaction() as env:
            offers = env["contact_center.offer"]

            def fails(one):
                raise ValueError("broken")

            with (
                patch.object(type(offers), "_domains", fails),
                patch.object(offer_loop, "_WORK", "SELECT true, false, false WHERE %s IS NOT NULL"),
                self.assertLogs("odoo.addons.contact_center_distribution", "ERROR"),
            ):
                offers._tick()
            self.assertFalse(env.cr.closed)
