# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import time
from datetime import timedelta

from odoo import fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from ..cloud_api import pacing
from .meta_call import perform_all
from .whatsapp_message_sending import Step

_logger = logging.getLogger(__name__)

_LONGEST_SLEEP = 0.3


class WhatsappIdentity(models.Model):
    """Sending to one person, in order: the job, and the pace that Meta allows.

    The decisions about each message: whatsapp_message_sending.py.
    """

    _inherit = "whatsapp.identity"

    def _send_outbox(self):
        """Send the waiting messages of this person (job, and end of the inbound job).

        Each message is marked as being sent, and that is committed, before the call is made; so
        whatever happens in between, no message is taken for unsent that may have gone out.
        """
        self.ensure_one()
        self = self._in_portuguese()  # noqa: PLW0642
        try:
            with self._exclusive(self._outbox_lock()):
                self._send_rounds()
        except RetryableJobError:
            # Within the inbound job the events are done: only the sending comes back
            self._send_at(fields.Datetime.now() + timedelta(seconds=2))
            self._commit()

    def _send_outboxes(self, slow=None):
        """Send these people's waiting messages: in order for each, side by side for all.

        :param slow: called once when Meta takes long to answer
        """
        locks = {identity._outbox_lock(): identity for identity in self}
        free = self._try_locks(locks)
        mine = self.browse(locks[name].id for name in free)
        if mine:
            with self._holding(*free):
                mine._in_portuguese()._send_rounds(slow)
        for identity in self - mine:
            # Another job sends to this person: if it has looked for the last time, one comes again
            identity._send_at(fields.Datetime.now() + timedelta(seconds=1))

    def _outbox_lock(self):
        """Return the name of the lock that the sender to this person holds."""
        return f"whatsapp.out:{self.id}"

    def _send_rounds(self, slow=None):
        """Send one message to each of these people, then the next one, until nothing may go now.

        Their locks are held. Outcomes are recorded and the next messages claimed in one
        transaction.
        """
        people, calls = self, {}
        while people:
            steps = people._record_and_claim(calls)
            for identity in people:
                if steps[identity.id].wait_until:
                    identity._send_at(steps[identity.id].wait_until)
            calls = {key: step.call for key, step in steps.items() if step.call}
            perform_all(list(calls.values()), slow)
            people = self.browse(calls)

    def _record_and_claim(self, calls):
        """Record how the last calls went and claim the next message of each, in one transaction.

        When that fails for one of several people, each has a transaction of their own: what was
        sent to the others must be on record.

        :param calls: {id of the identity: `Call`}
        :return: {id of the identity: `Step`}
        """
        if len(self) == 1:
            return self._repeat(lambda: self._settle(calls))
        try:
            return self._repeat(lambda: self._settle_together(calls))
        except Exception as error:
            if self.env.cr.closed:
                raise
            self._rollback()
            _logger.info("WhatsApp outbox of %s people: each alone (%s)", len(self), error)
        steps = {}
        for identity in self:
            steps.update(identity._settle_alone(calls))
        return steps

    def _settle_together(self, calls):
        with self.env.cr.savepoint():
            return self._settle(calls)

    def _settle_alone(self, calls):
        """Do `_record_and_claim` for one of several; a failure stops nobody else."""
        try:
            return self._repeat(lambda: self._settle(calls))
        except Exception as error:
            if self.env.cr.closed:
                raise
            self._rollback()
            if isinstance(error, RetryableJobError):
                return {self.id: Step(wait_until=fields.Datetime.now() + timedelta(seconds=2))}
            _logger.exception("WhatsApp outbox of one person was set aside")
        return {self.id: Step()}

    def _settle(self, calls):
        """Record the calls made to these people, and claim what they get next."""
        messages = self.env["whatsapp.message"]
        messages._record_calls([calls[identity.id] for identity in self if identity.id in calls])
        steps, people = {}, self
        while people:
            rows = messages._next_of(people)
            for identity in people:
                row = rows.get(identity.id)
                # Of the iteration, so that what is read of one is read of all
                message = messages.browse(row["id"]) if row else None
                steps[identity.id] = message._claim(row, identity) if row else Step()
            # Settled without a call: there may be another one
            people = people.filtered(lambda identity: steps[identity.id] is None)
        return steps

    def _wait_for_pace(self, account_id):
        """Take one message out of both limits; 0, or the seconds to wait.

        The number's limit is waited for here when it is a moment; a person's never is: their
        job comes back, and the others go on.
        """
        now = time.time()
        wait, full_at = pacing.take(self.full_at, now, pacing.PAIR_PERIOD, pacing.PAIR_BURST)
        if wait:
            return wait
        limiter = self.env["whatsapp.account"].browse(account_id)._limiter()
        for _attempt in range(3):
            wait = limiter.take(time.time())
            if not wait:
                self.full_at = full_at
                return 0
            if wait > _LONGEST_SLEEP:
                break
            time.sleep(wait)
        return max(wait, 1)

    def _send_at(self, moment):
        """Enqueue the job that sends to this person at `moment`, once."""
        self.with_delay(
            eta=moment,
            identity_key=f"whatsapp.out:{self.id}@{moment.replace(microsecond=0)}",
            description=self.env._("WhatsApp: send to a citizen later"),
        )._send_outbox()
