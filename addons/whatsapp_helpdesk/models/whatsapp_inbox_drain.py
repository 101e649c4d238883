# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from odoo import api, fields, models

from odoo.addons.contact_center.orderly_stop import stopping
from odoo.addons.queue_job.exception import RetryableJobError

from ..cloud_api import fairness
from ..cloud_api.prepared import Prepared
from .turn import together
from .whatsapp_event import INBOX_KEY, PREPARED

_logger = logging.getLogger(__name__)

# One job works at most this long, in seconds. A job of queue_job keeps its row locked in a
# transaction of its own, whose snapshot keeps dead rows alive everywhere as long as it runs; and a
# stop of the server need not wait
_LONGEST_RUN = 10.0
# A job that finds nothing looks again so often, every so many seconds, before it ends
_CALM_POLLS = 30
_POLL = 0.05
# While people write, a job gathers events for so many polls: batches cost less
_GATHER_POLLS = 2
# What was changed before that is nothing that another job has just begun to send
_KILLED_BEFORE = timedelta(seconds=3)
# People processed in one transaction, at most
_TOGETHER = 20

# Events that are looked at to see who waits
_WINDOW = 2000
# Looks behind those with a backlog, at most
_LOOKS = 3

# Who waits longest, and for how many events; `behind`: people not to be looked at
_PEOPLE = """
SELECT contact_key, NULL, count(*) FROM (
    SELECT COALESCE(contact_key, '') AS contact_key, id FROM whatsapp_event
    WHERE kind NOT IN ('status', 'unreadable') AND state IN ('received', 'failed')
      AND (state = 'received' OR next_try_at <= %(now)s)
      AND COALESCE(contact_key, '') <> ALL(%(behind)s)
    ORDER BY id LIMIT %(window)s) AS waiting
GROUP BY contact_key ORDER BY min(id)
"""
_TURNS = """
SELECT turn_lane, turn_at, 0 FROM chatbot_flow_session
WHERE turn_at > 0 AND turn_lane IS NOT NULL
ORDER BY turn_at LIMIT 200
"""
# Whom to serve: turns, the next one first, then people (without a time of a turn)
_WAITING = f"({_TURNS}) UNION ALL ({_PEOPLE})"

SOMEBODY_COMES = Prepared(
    "whatsapp_somebody_comes",
    """
SELECT EXISTS (SELECT FROM queue_job
               WHERE identity_key = %(key)s AND state IN ('pending', 'enqueued'))
    OR CASE WHEN pg_try_advisory_lock_shared(hashtextextended(%(key)s, 0))
            THEN NOT pg_advisory_unlock_shared(hashtextextended(%(key)s, 0)) ELSE true END
""",
    {"key": "text"},
)


@dataclass
class _Stay:
    """State of the job that stays: it holds the lock of the inbox."""

    here: bool


def calm_seconds():
    """Return how many seconds an idle job stays, because more may come."""
    return _CALM_POLLS * _POLL


class WhatsappEvent(models.Model):
    """Draining the inbox: a few jobs, each with some people at a time.

    A job of its own for each message would cost more than the message, and so would a transaction.
    See docs/decisions/inbox-drained-by-few-jobs.md and people-together.md. The same jobs run the
    turns of flows that are due when the citizen has been quiet (whatsapp_inbox_turns.py).
    """

    _inherit = "whatsapp.event"

    @api.model
    def _wake_inbox(self, eta=None):
        """Enqueue a job that drains the inbox, unless one is waiting to start.

        :param eta: naive UTC time; without it at once
        """
        self.with_delay(
            identity_key=f"{INBOX_KEY}@{eta}" if eta else INBOX_KEY,
            eta=eta,
            description=self.env._("WhatsApp: process what citizens sent"),
        )._drain_inbox()

    @api.model
    def _is_waiting(self, identity_key):
        """Return whether a job of this key will see everything committed by now.

        That is one which has not started yet, or one which stays: it holds the lock of that name
        until it ends, and looks once more after it has given the lock back.
        """
        is_prepared = self.env.context.get(PREPARED)
        statement = SOMEBODY_COMES.execution if is_prepared else SOMEBODY_COMES.statement
        self.env.cr.execute(statement, {"key": identity_key})
        return self.env.cr.fetchone()[0]

    def _drain_inbox(self):
        """Process the waiting events, some people after others, until none is left (job).

        One of these jobs stays for a while when nothing is left, and waits for the turns that are
        still to come; the others help while much waits, and end. Two never work for the same
        person. A failure with one person is logged, left in the inbox for the scheduled
        sweep, and stops nobody else.
        """
        self = self._in_portuguese()  # noqa: PLW0642
        self._send_what_a_killed_job_left()
        end, set_aside = time.monotonic() + _LONGEST_RUN, set()
        while True:
            stay = _Stay(self._try_lock(INBOX_KEY))
            try:
                done = self._drain_until(end, set_aside, stay)
            finally:
                if not self.env.cr.closed:
                    self._rollback()
                    self._give_up(stay)
            self._rollback()
            if not done:
                self._wake_inbox()
                return
            # Events stored while the lock was held were left to this job
            lanes, _rest, _is_coming = self._claim_lanes(set_aside)
            if not lanes:
                return
            self._drain_lanes(lanes, set_aside, stay)

    def _send_what_a_killed_job_left(self):
        """If this job runs once more because its process was killed: have sent what it said.

        Its events are done and wake nobody; the scheduled sweep would come a minute later.
        """
        uuid = self.env.context.get("job_uuid")
        if not uuid:
            return
        self.env.cr.execute("SELECT FROM queue_job WHERE uuid = %s AND retry > 0", [uuid])
        if self.env.cr.rowcount:
            self.env["whatsapp.message"]._sweep_outbox(_KILLED_BEFORE)
            self._commit()

    def _drain_until(self, end, set_aside, stay):
        """Process the waiting events.

        :param end: moment of `time.monotonic` after which another job goes on
        :param set_aside: contact keys to be left alone
        :param stay: whether this is the job that looks again when nothing is left
        :return: False when the time is over
        """
        calm = 0
        while time.monotonic() < end and not stopping():
            began = time.monotonic()
            lanes, rest, is_coming = self._claim_lanes(set_aside)
            if lanes:
                calm = 0
                self._drain_lanes(lanes, set_aside, stay)
                if stay.here and not rest:
                    self._pause(_GATHER_POLLS * _POLL - (time.monotonic() - began))
                continue
            calm += 1
            if stay.here and calm < _CALM_POLLS:
                self._pause(_POLL)
            elif not (is_coming and self._linger()):
                return True
        return False

    def _give_up(self, stay):
        """Stop being the job that stays: new events wake another one."""
        if stay.here:
            self._unlock(INBOX_KEY)
            stay.here = False

    def _hand_on(self, stay):
        """Let another job stay in its place: Meta takes long to answer this one."""
        if stay.here:
            self._give_up(stay)
            self._wake_inbox()
            self._commit()

    def _pause(self, seconds):
        """Sleep without a transaction."""
        self._rollback()
        if seconds > 0:
            time.sleep(seconds)

    def _claim_lanes(self, set_aside):
        """Lock the people to serve next whom no other job is serving.

        :return: {contact key: whether a turn is due}, in order; how many others wait; and whether
            turns of anybody are still to come
        """
        turns, people = self._who_waits()
        now = time.time()
        is_coming = any(turn_at > now for _key, turn_at in turns)
        work = {key: True for key, turn_at in turns if turn_at <= now and key not in set_aside}
        for key in fairness.in_order(one for one in people.items() if one[0] not in set_aside):
            work.setdefault(key, False)
        keys, claimed = list(work), []
        while keys and len(claimed) < _TOGETHER:
            some = _TOGETHER - len(claimed)
            claimed += self._try_locks(f"{INBOX_KEY}:{key}" for key in keys[:some])
            del keys[:some]
        lanes = {name.removeprefix(f"{INBOX_KEY}:"): False for name in claimed}
        if lanes:
            self._share(len(keys))
        return {key: work[key] for key in lanes}, len(keys), is_coming

    def _who_waits(self):
        """Return whose turns are due or to come, and who waits to be served.

        One person's backlog may fill the whole window; then those behind it are looked for.

        :return: [(contact key, time of the turn)], the next one first; {contact key: number of
            events}, the longest wait first
        """
        values = {"now": fields.Datetime.now(), "behind": [], "window": _WINDOW}
        self.env.cr.execute(_WAITING, values)
        turns, people = [], {}
        for key, turn_at, number in self.env.cr.fetchall():
            if turn_at:
                turns.append((key, turn_at))
            else:
                people[key] = number
        seen = people
        for _look in range(_LOOKS):
            values["behind"] = [
                key for key, number in people.items() if fairness.is_backlog(number)
            ]
            if sum(seen.values()) < _WINDOW or not values["behind"]:
                break
            self.env.cr.execute(_PEOPLE, values)
            seen = {key: number for key, _turn_at, number in self.env.cr.fetchall()}
            people.update((key, number) for key, number in seen.items() if key not in people)
        return turns, people

    def _share(self, others):
        """Wake another job when so many others wait that this one alone would be slow."""
        if others > _TOGETHER:
            # Counts the jobs that wait to start only: this one holds the lock of those that stay
            self._wake_inbox()
            self._commit()

    # ------------------------------------------------------------
    # Some people
    # ------------------------------------------------------------

    def _drain_lanes(self, lanes, set_aside, stay):
        """Process a batch of each of these locked people, run due turns, send answers, unlock.

        :param lanes: {contact key: whether a turn is due}
        """
        try:
            with self._holding(*(f"{INBOX_KEY}:{key}" for key in lanes)):
                identities = self._process_lanes(lanes, set_aside)
                identities._send_outboxes(slow=partial(self._hand_on, stay))
        except Exception:
            if self.env.cr.closed:
                raise
            set_aside.update(lanes)
            _logger.exception("WhatsApp inbox of %s people was set aside", len(lanes))

    def _process_lanes(self, lanes, set_aside):
        """Process these people in one transaction, or each alone when one of them fails.

        :return: the identities to whom there may be something to send
        """
        try:
            return self._repeat(lambda: self._process_together(lanes))
        except Exception as error:
            if self.env.cr.closed:
                raise
            self._rollback()
            # Its words may be the citizen's
            name = type(error).__name__
            _logger.info("WhatsApp inbox of %s people: each alone (%s)", len(lanes), name)
        identities = self.env["whatsapp.identity"]
        for key, is_due in lanes.items():
            identities |= self._process_alone(key, is_due, set_aside)
        return identities

    def _process_together(self, lanes):
        """Process these people within one savepoint.

        :return: the identities to whom there may be something to send
        :raise Exception: any failure with one of them; nothing is left of any
        """
        inbox, identities = together(self), self.env["whatsapp.identity"]
        with self.env.cr.savepoint():
            batches = inbox._next_of(lanes)
            inbox._read_ahead(batches)
            for key, is_due in lanes.items():
                identities |= inbox._process_batch(key, batches[key])[1].with_env(self.env)
                if is_due:
                    identities |= inbox._run_turns(key).with_env(self.env)
            inbox._mark_together()
        return identities

    def _process_alone(self, key, is_due, set_aside):
        """Process one person, each event in a savepoint.

        :return: the identities to whom there may be something to send
        """
        identities = self.env["whatsapp.identity"]
        try:
            identities |= self._repeat(lambda: self._process_batch(key))[1]
            if is_due:
                identities |= self._repeat(lambda: self._run_turns(key))
        except RetryableJobError as conflict:
            self._rollback()
            set_aside.add(key)
            _logger.info("WhatsApp inbox of one person comes again later: %s", conflict)
            self._wake_inbox(fields.Datetime.add(fields.Datetime.now(), seconds=2))
        except Exception:
            if self.env.cr.closed:
                raise
            self._rollback()
            set_aside.add(key)
            _logger.exception("WhatsApp inbox of one person was set aside")
        return identities
