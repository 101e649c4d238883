# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import time

from odoo import fields, models

from odoo.addons.contact_center.orderly_stop import stopping
from odoo.addons.queue_job.exception import RetryableJobError

from ..cloud_api import errors, messages
from ..cloud_api.errors import ErrorClass
from . import whatsapp_inbox_drain
from .whatsapp_event import STATUS_DELAY, STATUS_KEY
from .whatsapp_message import RANK, UNSETTLED

_BATCH = 500
# One job works at most this long, in seconds
_LONGEST_RUN = 30.0
_PATIENCE = 60  # seconds in which the message of an early status should turn up
_MAX_RESENT = 5


class WhatsappEvent(models.Model):
    """Delivery statuses: three for each message of ours, so they are applied in bulk.

    Their order does not matter (a state never steps back), hence one job for all numbers instead
    of one per person.
    """

    _inherit = "whatsapp.event"

    def _process_statuses(self):
        """Apply all waiting statuses; under load stay and gather a second's worth (job)."""
        self = self._in_portuguese()  # noqa: PLW0642
        with self._exclusive(STATUS_KEY):
            end = time.monotonic() + _LONGEST_RUN
            while self._apply_waiting() and time.monotonic() < end and not stopping():
                if not whatsapp_inbox_drain.calm_seconds():
                    break
                self._rollback()
                time.sleep(STATUS_DELAY.total_seconds())
        # Statuses stored while the lock was held were left to this job
        if self._waiting_statuses(0, limit=1):
            self._wake_statuses()

    def _apply_waiting(self):
        """Apply the statuses waiting now; return whether there were any."""
        last_id, found = 0, False
        while True:
            try:
                last_id = self._repeat(lambda after=last_id: self._status_batch(after))
            except RetryableJobError:
                raise
            except Exception:  # noqa: BLE001 - found out one by one
                self._rollback()
                last_id = self._repeat(
                    lambda after=last_id: self._status_batch(after, one_by_one=True)
                )
            if not last_id:
                return found
            found = True

    def _status_batch(self, after, one_by_one=False):
        """Apply the next statuses.

        :param after: id of the last event looked at
        :param one_by_one: one of them is broken: each for itself
        :return: id of the last event of this batch, 0 when there was none
        """
        batch = self._waiting_statuses(after, _BATCH)
        if not batch:
            return 0
        if not one_by_one:
            batch._apply_statuses()
            return batch[-1].id
        for event in batch:
            try:
                with self.env.cr.savepoint():
                    event._apply_statuses()
            except Exception:  # noqa: BLE001 - kept with its traceback, the others go on
                event._mark_failed()
        return batch[-1].id

    def _waiting_statuses(self, after, limit):
        """Return the next events that may be applied now, after the one with the id `after`."""
        self.env.cr.execute(
            """
            SELECT id FROM whatsapp_event
            WHERE kind = 'status' AND id > %s AND state IN ('received', 'failed')
              AND (state = 'received' AND COALESCE(next_try_at, %s) <= %s
                   OR state = 'failed' AND next_try_at <= %s)
            ORDER BY id LIMIT %s
            """,
            [after, *[fields.Datetime.now()] * 3, limit],
        )
        return self.browse(row[0] for row in self.env.cr.fetchall())

    def _apply_statuses(self):
        """Apply these events' statuses to the messages they are about."""
        statuses = {event: messages.parse_status(event.payload) for event in self}
        found = self._messages_of(statuses.values())
        free = self.env["whatsapp.message"].union(*found.values())._lock_free()
        changed = released = self.env["whatsapp.message"]
        done = self.browse()
        for event, status in statuses.items():
            if status.payment:
                # Of the payment: the message that asked for it arrived all the same
                event._mark_processed(self.env._("Kept: it is about a payment, not a message."))
                continue
            message = found.get(status.wamid) or found.get(status.opaque)
            if not message:
                event._wait_for_message(status)
                continue
            if message not in free:
                # The sending job is about to record the outcome; look again in a second
                continue
            holds_others = message.state == "unknown" or message.holds_until
            if message._apply_status(status, event.at):
                changed |= message
            if holds_others and message.state not in UNSETTLED and not message.holds_until:
                released |= message
            done |= event
        done._mark_processed()
        changed._after_status()
        # Messages behind one of unknown outcome, or behind a file, may go now
        released._send_soon()

    def _messages_of(self, statuses):
        """Return {wamid or our id: message} for the messages that the statuses are about."""
        wamids = [status.wamid for status in statuses if status.wamid]
        opaques = [status.opaque for status in statuses if status.opaque]
        found = self.env["whatsapp.message"].search(
            [
                ("direction", "=", "out"),
                "|",
                ("wamid", "in", wamids),
                ("opaque", "in", opaques),
            ]
        )
        by_id = {message.opaque: message for message in found if message.opaque}
        by_id.update({message.wamid: message for message in found if message.wamid})
        return by_id

    def _wait_for_message(self, status):
        """Wait a moment for a message that is not yet known under these ids."""
        now = fields.Datetime.now()
        age = (now - self.create_date).total_seconds()
        if status.group or not status.wamid or age > _PATIENCE:
            self._mark_processed(self.env._("It is about no message that was sent from here."))
        else:
            self.next_try_at = fields.Datetime.add(now, seconds=5)


class WhatsappMessage(models.Model):
    """Effects of a status on a message."""

    _inherit = "whatsapp.message"

    def _lock_free(self):
        """Lock these messages for this transaction; return those that nobody else is changing."""
        self.env.cr.execute(
            "SELECT id FROM whatsapp_message WHERE id = ANY(%s) FOR NO KEY UPDATE SKIP LOCKED",
            [self.ids],
            # Somebody changed one since the transaction began: it is repeated
            log_exceptions=False,
        )
        return self.browse(row[0] for row in self.env.cr.fetchall())

    def _apply_status(self, status, at):
        """Apply one status (`cloud_api.messages.Status`); a state never steps back.

        :return: whether something changed
        """
        self.ensure_one()
        if self.direction != "out":
            return False
        values = {}
        if self.holds_until:
            # In any case Meta has prepared the file: later messages cannot overtake it
            values["holds_until"] = False
        if status.wamid and not self.wamid:
            values["wamid"] = status.wamid
        if status.category and not self.category:
            values.update(category=status.category, billable=status.billable)
        moved = False
        if status.status == "failed":
            moved = self._apply_failure(status)
            if self.state == "queued":
                # It goes out once more, under an id of its own
                values.pop("wamid", None)
        elif RANK.get(status.status, -1) > RANK.get(self.state, RANK["sent"]):
            # Also over "failed": one that we gave up on may have arrived all the same
            values.update(state=status.status, status_at=at, next_try_at=False)
            if self.error_code:
                values.update(error_code=False, error_detail=False)
            moved = True
        if values:
            self.write(values)
        return moved

    def _apply_failure(self, status):
        """Apply Meta's news that the message failed; one that arrived cannot fail."""
        if self.state not in (*UNSETTLED, "sent"):
            return False
        if self.wamid and status.wamid and status.wamid != self.wamid:
            # About an earlier attempt: it was sent again since, under another id
            return False
        kind = errors.info(status.error_code).kind
        if kind is ErrorClass.PAUSE_ACCOUNT:
            self.account_id._suspect(status.error_code, status.error_text)
        again = kind in (ErrorClass.RETRY, ErrorClass.RETRY_PAIR) and self.tries < _MAX_RESENT
        if again:
            # Refused before it was processed: it goes out once more, under an id of its own
            delay = 4 ** max(self.tries, 1)
            self.write(
                {
                    "state": "queued",
                    "wamid": False,
                    "error_code": status.error_code,
                    "next_try_at": fields.Datetime.add(fields.Datetime.now(), seconds=delay),
                }
            )
            self.identity_id._send_at(self.next_try_at)
            return True
        self._refused(status.error_code or "unknown", status.error_text)
        if self.state == "queued":
            self._send_soon()
        return True

    def _after_status(self):
        """Pass the status on to screens and to messages sent together with this one."""
        if not self:
            return
        merged = self.search([("merged_into_id", "in", self.ids)])
        for message in merged:
            head = message.merged_into_id
            message.write({"state": head.state, "error_code": head.error_code})
        watched = (self | merged).filtered(
            lambda message: message.conversation_id.state in ("queued", "in_service")
        )
        watched.mail_message_id._notify_delivery()
