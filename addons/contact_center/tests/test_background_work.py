# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

import psycopg2
from psycopg2.errors import UniqueViolation

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.exception import RetryableJobError

from ..models import background_work
from ..tools import lock_at_once
from .real_cursors import RealCursorsCase

LOCK = "contact_center.test"
TAG = "SELECT color FROM contact_center_tag WHERE id = %s"


@tagged("post_install", "-at_install")
class TestBackgroundWork(RealCursorsCase):
    """Commits, repetitions and locks of jobs, as other transactions see them."""

    def setUp(self):
        super().setUp()
        self.patch(background_work, "_LOCK_WAIT", 20)
        with self.transaction() as env:
            vals = {"name": "Etiqueta de fundo", "color": 1}
            self.tag_id = env["contact_center.tag"].create(vals).id
        cr = self.enterContext(self.registry.cursor())
        # Not `self.env`: Odoo's `assertRaises` would put a savepoint around what commits
        self.job_env = api.Environment(cr, SUPERUSER_ID, {})
        self.work = self.job_env["contact_center.background.work"]
        self.tag = self.job_env["contact_center.tag"].browse(self.tag_id)
        self.calls = []

    def _other(self, **vals):
        """Another transaction that changes the tag and is committed."""
        with self.transaction() as env:
            env["contact_center.tag"].browse(self.tag_id).write(vals)

    def _count_on(self, meets=1):
        """Add 10 to the colour, and meet others' changes in the first calls."""
        self.calls.append(self.tag.color)
        if len(self.calls) <= meets:
            self._other(color=self.tag.color + 1)
        self.tag.color += 10
        return "done"

    # ------------------------------------------------------------
    # Repeating
    # ------------------------------------------------------------

    @mute_logger("odoo.sql_db")
    def test_a_step_that_met_a_conflict_is_run_again_on_what_the_other_left(self):
        self.assertEqual(self.work._repeat(self._count_on), "done")
        self.assertEqual(self.calls, [1, 2])
        self.assertEqual(self.committed(TAG, self.tag_id), [(12,)])

    @mute_logger("odoo.sql_db")
    def test_a_step_that_meets_conflicts_only_comes_back_as_a_job(self):
        with patch.object(background_work.time, "sleep"), self.assertRaises(RetryableJobError):
            self.work._repeat(lambda: self._count_on(meets=100))
        self.assertEqual(len(self.calls), background_work._TRIES)
        self.assertEqual(self.committed(TAG, self.tag_id), [(1 + background_work._TRIES,)])

    def _make_one(self):
        """Make a tag unless there is one; at first another transaction makes it."""
        tags = self.job_env["contact_center.tag"]
        name = "Outra etiqueta de fundo"
        self.calls.append(1)
        found = tags.search([("name", "=", name)])
        if len(self.calls) == 1:
            with self.transaction() as env:
                env["contact_center.tag"].create({"name": name})
        return found or tags.create({"name": name})

    @mute_logger("odoo.sql_db")
    def test_a_violated_index_is_a_conflict_only_where_a_model_says_so(self):
        with self.assertRaises(UniqueViolation):
            self.work._repeat(self._make_one)
        self.work._rollback()
        self.assertEqual(len(self.calls), 1)

    @mute_logger("odoo.sql_db")
    def test_where_it_is_one_the_next_try_finds_what_the_winner_made(self):
        self.assertTrue(self.work._repeat(self._make_one, also=(UniqueViolation,)))
        self.assertEqual(len(self.calls), 2)

    def test_an_error_of_another_kind_undoes_the_step_and_is_raised(self):
        def fail():
            self.calls.append(1)
            self.tag.color = 7
            self.job_env.flush_all()
            raise psycopg2.OperationalError("the disk is full")

        with self.assertRaises(psycopg2.OperationalError):
            self.work._repeat(fail)
        self.assertEqual((len(self.calls), self.tag.color), (1, 1))

    # ------------------------------------------------------------
    # Locks
    # ------------------------------------------------------------

    def test_a_lock_outlives_commits_and_ends_with_the_block(self):
        with self.transaction() as env:
            other = env["contact_center.background.work"]
            with self.work._exclusive(LOCK):
                self.work._commit()
                self.assertFalse(other._try_lock(LOCK))
                with mute_logger("odoo.sql_db"), self.assertRaises(RetryableJobError):
                    other._take_lock(LOCK)
            self.assertTrue(other._try_lock(LOCK))
            other._unlock(LOCK)

    def test_who_gets_the_lock_sees_what_its_last_holder_committed(self):
        self.assertEqual(self.tag.color, 1)
        self._other(color=5)
        with self.work._exclusive(LOCK):
            self.assertEqual(self.tag.color, 5)

    def test_a_lock_is_free_again_after_an_error(self):
        with self.assertRaises(ValueError), self.work._exclusive(LOCK):
            self.tag.color = 7
            raise ValueError("unforeseen")
        self.assertEqual(self.committed(TAG, self.tag_id), [(1,)])
        with self.transaction() as env:
            self.assertTrue(env["contact_center.background.work"]._try_lock(LOCK))
            env["contact_center.background.work"]._unlock(LOCK)

    def test_a_lost_connection_is_what_the_caller_learns(self):
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        work = api.Environment(cr, SUPERUSER_ID, {})["contact_center.background.work"]
        with self.assertRaisesRegex(ValueError, "the reason"), work._exclusive(LOCK):
            cr._cnx.close()
            raise ValueError("the reason")
        self.assertTrue(self.work._try_lock(LOCK), "the lock went with the connection")
        self.work._unlock(LOCK)

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------

    def test_a_row_is_locked_at_once_or_left(self):
        with self.transaction() as env:
            self.assertTrue(lock_at_once(env["contact_center.tag"].browse(self.tag_id)))
            self.assertFalse(lock_at_once(self.tag), "somebody is busy with it")

    def test_a_row_that_changed_meanwhile_is_left_to_the_next_run(self):
        self.assertEqual(self.tag.color, 1)
        self._other(color=5)
        self.assertFalse(lock_at_once(self.tag))
        self.work._rollback()
        self.assertTrue(lock_at_once(self.tag))
        self.assertEqual(self.tag.color, 5)

    def test_what_was_read_before_the_lock_is_read_again(self):
        self.tag.color = 3
        self.assertTrue(lock_at_once(self.tag))
        self.job_env.cr.execute(
            "UPDATE contact_center_tag SET color = 9 WHERE id = %s", [self.tag.id]
        )
        self.assertTrue(lock_at_once(self.tag))
        self.assertEqual(self.tag.color, 9)
