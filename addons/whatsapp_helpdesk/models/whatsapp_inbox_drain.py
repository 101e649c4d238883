import logging
import time

from odoo import api, fields, models

from odoo.addons.contact_center.orderly_stop import stopping
from odoo.addons.queue_job.exception import RetryableJobError

from .whatsapp_event import INBOX_KEY

_logger = logging.getLogger(__name__)

# One job works at most this long, so that a stop of the server need not wait; in seconds
_LONGEST_RUN = 30.0
# A job that finds nothing looks again so often, every so many seconds, before it ends
_CALM_POLLS = 16
_POLL = 0.03

_WAITING = """
SELECT contact_key FROM (
    SELECT COALESCE(contact_key, '') AS contact_key, id FROM whatsapp_event
    WHERE kind NOT IN ('status', 'unreadable') AND state IN ('received', 'failed')
      AND (state = 'received' OR next_try_at <= %s)
    ORDER BY id LIMIT 2000) AS waiting
GROUP BY contact_key ORDER BY min(id)
"""


class WhatsappEvent(models.Model):
    """Draining the inbox: a few jobs, each with one person at a time.

    A job of its own for each message would cost more than the message. See
    docs/decisions/inbox-drained-by-few-jobs.md.
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
        """Whether a job of this key has not started yet: it will see what is committed by now."""
        self.env.cr.execute(
            "SELECT 1 FROM queue_job WHERE identity_key = %s AND state IN ('pending', 'enqueued')"
            " LIMIT 1",
            [identity_key],
        )
        return bool(self.env.cr.fetchone())

    def _drain_inbox(self):
        """Job: process what is waiting, one person after another, until nothing is.

        Several of these run at the same time, never with the same person. What goes wrong with
        one person is logged, left in the inbox for the scheduled sweep, and stops nobody else.
        """
        self = self._in_portuguese()  # noqa: PLW0642
        end = time.monotonic() + _LONGEST_RUN
        calm, set_aside = 0, set()
        while calm < _CALM_POLLS and time.monotonic() < end and not stopping():
            key = self._claim_contact(set_aside)
            if key is not None:
                calm = 0
                self._drain_contact(key, set_aside)
                continue
            calm += 1
            self._rollback()
            time.sleep(_POLL)
        if calm < _CALM_POLLS:
            self._wake_inbox()

    def _claim_contact(self, set_aside):
        """Lock the person who waits longest and whom no other job serves: their key, or None."""
        self.env.cr.execute(_WAITING, [fields.Datetime.now()])
        for (key,) in self.env.cr.fetchall():
            if key not in set_aside and self._try_lock(f"{INBOX_KEY}:{key}"):
                return key
        return None

    def _drain_contact(self, key, set_aside):
        """Process a batch of one person whose lock is held, send the answers, unlock."""
        try:
            with self._holding(f"{INBOX_KEY}:{key}"):
                _done, identities = self._repeat(lambda: self._process_batch(key))
                for identity in identities:
                    identity._send_outbox()
        except RetryableJobError as conflict:
            set_aside.add(key)
            _logger.info("WhatsApp inbox of one person comes again later: %s", conflict)
            self._wake_inbox(fields.Datetime.add(fields.Datetime.now(), seconds=2))
        except Exception:
            if self.env.cr.closed:
                raise
            set_aside.add(key)
            _logger.exception("WhatsApp inbox of one person was set aside")
