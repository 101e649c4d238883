# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.tests import TransactionCase, tagged

from odoo.addons.queue_job.job import Job
from odoo.addons.queue_job.jobrunner import runner


@tagged("post_install", "-at_install")
class TestDeadJobs(TransactionCase):
    """What a killed process was doing goes on within ten seconds."""

    def job(self, age, state="started"):
        """Return a job that was handed out so many seconds ago and that nobody runs."""
        job = Job(self.env.user.exists)
        job.store()
        self.env.flush_all()
        # now() as queue_job asks for it: under a moved clock it is not Python's
        self.env.cr.execute("SELECT now() AT TIME ZONE 'utc'")
        handed_out = self.env.cr.fetchone()[0] - timedelta(seconds=age)
        self.env.cr.execute(
            "UPDATE queue_job SET state = %s, date_enqueued = %s WHERE uuid = %s",
            [state, handed_out, job.uuid],
        )
        return job.uuid

    def requeued(self):
        """Return the jobs that the runner takes for dead now."""
        self.env.cr.execute(runner.Database._query_requeue_dead_jobs(None))
        return {uuid for (uuid,) in self.env.cr.fetchall()}

    def test_jobs_that_nobody_runs_are_handed_out_again_within_ten_seconds(self):
        wait = 10 - runner.SELECT_TIMEOUT
        old = {self.job(wait), self.job(wait, "enqueued")}
        young = {self.job(5), self.job(5, "enqueued")}
        found = self.requeued()
        self.assertLessEqual(old, found)
        self.assertFalse(young & found)

    def test_the_runner_looks_every_second_whatever_happens(self):
        self.assertLessEqual(runner.SELECT_TIMEOUT, 1)
