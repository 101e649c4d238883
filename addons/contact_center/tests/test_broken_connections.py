# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import suppress
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.controllers.main import RunJobController
from odoo.addons.queue_job.job import Job

from ..controllers.run_job import OrderlyRunJobController
from .real_cursors import RealCursorsCase

STATE = "SELECT state, eta IS NOT NULL, retry FROM queue_job WHERE uuid = %s"
NOISY = ("odoo.sql_db", RunJobController.__module__)


@tagged("post_install", "-at_install")
class TestBrokenConnections(RealCursorsCase):
    """A job whose connection to PostgreSQL broke is run again, as after a kill."""

    def run_job(self, work, allow_commit=True, **options):
        """Run a job that does `work(env)`; return what became of it.

        That is its row's state, whether it has an hour for the next try, and the tries so far.

        :param allow_commit: it runs on a cursor of its own
        """

        def _work(self):
            work(self.env)

        with patch.object(self.registry["res.lang"], "_work", _work, create=True):
            with self.transaction() as env:
                job = Job(env["res.lang"]._work, **options)
                job.set_started()
                job.store()
            cr = self.registry.cursor()
            self.addCleanup(cr.close)
            job = Job.load(env(cr=cr), job.uuid)
            job.job_config = job.job_config._replace(allow_commit=allow_commit)
            # The server's log has it; what counts is what the queue does with the job
            with suppress(psycopg2.Error, ArithmeticError), mute_logger(*NOISY):
                OrderlyRunJobController._runjob(job.env, job)
        return self.committed(STATE, job.uuid)[0]

    @staticmethod
    def break_connection(env):
        """End the connection of this environment, as the server's administrator can."""
        env.cr.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    def test_it_comes_back_within_seconds(self):
        self.assertEqual(self.run_job(self.break_connection), ("pending", True, 1))

    def test_so_does_one_on_the_cursor_of_its_request(self):
        state = self.run_job(self.break_connection, allow_commit=False)
        self.assertEqual(state, ("pending", True, 1))

    def test_so_does_one_that_met_another_error_when_it_rolled_back(self):
        def roll_back_after(env):
            try:
                self.break_connection(env)
            except psycopg2.OperationalError:
                env.cr.rollback()

        self.assertEqual(self.run_job(roll_back_after), ("pending", True, 1))

    def test_the_limit_of_its_tries_holds(self):
        self.assertEqual(self.run_job(self.break_connection, max_retries=1)[0], "failed")

    def test_other_errors_are_failures(self):
        def divide(env):
            return 1 / 0

        def ask_nonsense(env):
            env.cr.execute("SELECT nonsense")

        self.assertEqual(self.run_job(divide)[0], "failed")
        self.assertEqual(self.run_job(ask_nonsense)[0], "failed")
