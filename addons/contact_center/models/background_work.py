# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import time
from contextlib import contextmanager

import psycopg2
from psycopg2 import errorcodes

from odoo import models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from odoo.addons.queue_job.exception import RetryableJobError

# Milliseconds for which a job waits for another one that holds the same lock
_LOCK_WAIT = 1000
_TRIES = 6


class BackgroundWork(models.AbstractModel):
    """What jobs need that go on working: commits, locks, repeating after a conflict.

    For models whose methods run as jobs with queue_job's "allow commit" (or as scheduled actions),
    that is on a cursor of their own. What was done outside, a message sent or a ticket opened,
    must be on record before anything else can go wrong.
    """

    _name = "contact_center.background.work"
    _description = "Background Work"

    def _commit(self):
        """Commit, and see what others did meanwhile."""
        # Only called on a cursor of the job's own, see the class
        self.env.cr.commit()  # pylint: disable=invalid-commit

    def _rollback(self):
        """Roll back, and see what others did meanwhile."""
        self.env.cr.rollback()

    @contextmanager
    def _exclusive(self, name):
        """Hold the lock `name` across commits; only one job at a time can.

        A session's advisory lock, because a transaction's would end with the first commit. Inside,
        the transaction starts afresh: a snapshot taken before the lock would not show what the
        previous holder committed.

        :raise RetryableJobError: another job held it for too long; this one comes back
        """
        self._take_lock(name)
        with self._holding(name):
            yield

    @contextmanager
    def _holding(self, *names):
        """Hold the locks `names`, taken before; commit or roll back at the end.

        A connection that was lost took its locks with it.
        """
        self._rollback()
        try:
            yield
            self._commit()
        except BaseException:
            if not self.env.cr.closed:
                self._rollback()
            raise
        finally:
            if not self.env.cr.closed:
                self._unlock(*names)

    def _try_lock(self, name):
        """Take the session's lock `name` if it is free; return whether it was."""
        return bool(self._try_locks([name]))

    def _try_locks(self, names):
        """Take those of the session's locks `names` that are free; return their names."""
        self.env.cr.execute(
            "SELECT name FROM unnest(%s::text[]) AS name"
            " WHERE pg_try_advisory_lock(hashtextextended(name, 0))",
            [list(names)],
        )
        return [name for (name,) in self.env.cr.fetchall()]

    def _unlock(self, *names):
        """Give the session's locks `names` back."""
        self.env.cr.execute(
            "SELECT pg_advisory_unlock(hashtextextended(name, 0)) FROM unnest(%s::text[]) AS name",
            [list(names)],
        )

    def _take_lock(self, name):
        """Take the session's lock `name`, waiting for a moment."""
        if self._try_lock(name):
            return
        cr = self.env.cr
        cr.execute("SELECT set_config('lock_timeout', %s, true)", [str(_LOCK_WAIT)])
        try:
            cr.execute(
                "SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name], log_exceptions=False
            )
        except psycopg2.Error as error:
            self._rollback()
            if error.pgcode != errorcodes.LOCK_NOT_AVAILABLE:
                raise
            raise RetryableJobError(f"{name} is busy", seconds=1, ignore_retry=True) from None

    def _repeat(self, step, also=()):
        """Run `step()` and commit; after a conflict with another transaction run it again.

        :param also: further exceptions that mean a conflict here, e.g. a violated unique index
            where the winner's row is what the next try will find
        :return: what `step` returns
        :raise RetryableJobError: it met a conflict each time
        """
        for attempt in range(_TRIES):
            try:
                result = step()
                self._commit()
                return result
            except (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, *also):
                self._rollback()
                time.sleep(0.02 * attempt)
            except psycopg2.OperationalError:
                self._rollback()
                raise
        raise RetryableJobError("too many conflicts", seconds=2, ignore_retry=True)

    def _in_portuguese(self):
        """Return this record in the agents' language: Brazilian Portuguese if loaded."""
        # sudo: res.lang - every user may know which languages there are
        language = self.env["res.lang"].sudo()._get_data(code="pt_BR")
        return self.with_context(lang="pt_BR" if language else "en_US")
