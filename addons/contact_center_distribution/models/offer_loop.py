# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import select
import time
from contextlib import contextmanager
from functools import partial

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.contact_center.orderly_stop import stopping
from odoo.addons.queue_job.exception import RetryableJobError

_logger = logging.getLogger(__name__)

CHANNEL = "contact_center_distribution"
LOOP_KEY = "contact_center.distribution.loop"
# One job works so long, then the next one goes on: a stop of the server need not wait. In seconds
LONGEST_RUN = 30.0
# So long the loop sleeps unless somebody wakes it: offers expire and circles widen by the second
TICK = 1.0
# So often the loop looks who is to be lent or called home; the rules themselves count by minutes
LENDING_EVERY = 5.0

_WORK = """
SELECT EXISTS (SELECT FROM contact_center_conversation one
        JOIN contact_center_queue queue ON queue.id = one.queue_id
        WHERE one.state = 'queued' AND queue.mode <> 'pull' AND queue.active),
    EXISTS (SELECT FROM contact_center_offer WHERE result IS NULL),
    EXISTS (SELECT FROM contact_center_agent_state WHERE "end" IS NULL AND ready_at <= %s)
"""
_LENDING = """
SELECT EXISTS (SELECT FROM contact_center_queue_loan WHERE active)
    OR EXISTS (SELECT FROM contact_center_loan WHERE until IS NULL)
"""
_IS_RUNNING = """
SELECT EXISTS (SELECT FROM queue_job
        WHERE identity_key = %(key)s AND state IN ('pending', 'enqueued', 'started'))
"""


class Offer(models.Model):
    """The loop that distributes: one job at a time, woken by news and each second.

    See docs/decisions/distribution-loop.md.
    """

    _inherit = "contact_center.offer"

    @api.model
    def _wake(self):
        """Wake the loop when this transaction is committed."""
        self.env.cr.execute("SELECT pg_notify(%s, '')", [CHANNEL])

    @api.model
    def _start_loop(self):
        """Make sure that a job runs the loop, or is about to."""
        self.env.cr.execute(_IS_RUNNING, {"key": LOOP_KEY})
        if not self.env.cr.fetchone()[0]:
            self._enqueue_loop()
        self._wake()

    @api.model
    def _enqueue_loop(self):
        """Enqueue the job that runs the loop."""
        self.with_delay(
            identity_key=LOOP_KEY,
            priority=1,
            description=self.env._("Contact center: distribute contacts"),
        )._run_loop()

    @api.model
    def _cron_start_loop(self):
        """Scheduled: start the loop again if it ended without a successor (a crash)."""
        if self.env["contact_center.queue"]._distributes():
            self._start_loop()

    @api.model
    def _run_loop(self):
        """Job: distribute for a while, then let the next job go on, while a queue distributes."""
        end, cr, lend_at = time.monotonic() + LONGEST_RUN, self.env.cr, 0.0
        cr.execute(SQL("LISTEN %s", SQL.identifier(CHANNEL)))
        self._commit()
        try:
            while time.monotonic() < end and not stopping():
                if time.monotonic() >= lend_at:
                    self._lend_tick()
                    lend_at = time.monotonic() + LENDING_EVERY
                self._tick()
                self._sleep(min(TICK, end - time.monotonic()))
                if not self._still_distributes():
                    return
        finally:
            if not cr.closed:
                self._rollback()
                cr.execute("UNLISTEN *")
                self._commit()
        self._enqueue_loop()
        self._commit()

    @api.model
    def _still_distributes(self):
        """Return whether a queue still distributes, by what other processes know too."""
        self.env.registry.check_signaling(self.env.cr)
        found = self.env["contact_center.queue"]._distributes()
        self._rollback()
        return found

    @api.model
    def _sleep(self, seconds):
        """Wait without a transaction until somebody wakes the loop, `seconds` at most."""
        connection = self.env.cr._cnx
        if not connection.notifies and seconds > 0:
            select.select([connection], [], [], seconds)
            connection.poll()
        connection.notifies.clear()

    @api.model
    def _tick(self):
        """Do what is due."""
        with self._guarded():
            self.env.cr.execute(_WORK, [fields.Datetime.now()])
            waiting, offered, ready = self.env.cr.fetchone()
            self._rollback()
            if offered:
                self._round(self._expire)
            if ready:
                self._round(self.env["contact_center.agent.state"]._end_after_work)
            if waiting:
                self._in_each_group(self._distribute)

    @api.model
    def _lend_tick(self):
        """Lend agents and call them home, where there are rules or somebody is lent."""
        with self._guarded():
            self.env.cr.execute(_LENDING)
            is_used = self.env.cr.fetchone()[0]
            self._rollback()
            if is_used:
                self._in_each_group(self._lend)

    @contextmanager
    def _guarded(self):
        """Let the loop go on, whatever goes wrong inside: it is logged and tried again soon."""
        try:
            yield
        except Exception:
            if self.env.cr.closed:
                raise
            self._rollback()
            self.env.invalidate_all(flush=False)
            _logger.exception("A round of the distribution failed")

    @api.model
    def _in_each_group(self, step):
        """Run `step(queues)` for each group of queues that no other process is busy with."""
        for queues in self._domains():
            name = self._lock_name(queues)
            if self._try_lock(name):
                with self._holding(name):
                    self._round(partial(step, queues))
            # The loop sleeps without a transaction
            self._rollback()

    @api.model
    def _round(self, step):
        """Run `step()` and commit; when an agent's click came in between, run it again.

        A click may also have taken the place for which a row is made: a violated unique index.
        """
        try:
            self._repeat(step, also=(UniqueViolation,))
        except RetryableJobError:
            _logger.info("A round of the distribution met a conflict each time; the next goes on")
