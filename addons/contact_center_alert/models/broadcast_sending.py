# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from odoo.addons.queue_job.exception import RetryableJobError

from ..outbreak import PERIOD_SECONDS, allowance
from .automatic_message import BULK, MENDED

_logger = logging.getLogger(__name__)

# A stop is seen after so many citizens at most, and the lock of the job given back.
BATCH = 200


class AlertBroadcast(models.Model):
    """Telling citizens one after the other, each on record before the next.

    The row of a citizen and the message in the channel's outbox are one transaction: killed at any
    moment, each is told once.
    """

    _inherit = "contact_center.alert.broadcast"

    @api.model
    def _wake_running(self):
        """Queue the jobs of sendings that go on: a job may have been killed (scheduled)."""
        # sudo: contact_center.alert.broadcast - scheduled action
        self.sudo().search([("state", "=", "running")])._send_later()

    def _send_later(self, after=0):
        """Queue the job that tells the next citizens, in so many seconds."""
        eta = fields.Datetime.now() + timedelta(seconds=after) if after else None
        for broadcast in self:
            key = f"alert.broadcast:{broadcast.id}:{eta and eta.replace(microsecond=0)}"
            broadcast.with_delay(
                channel="root.background",
                eta=eta,
                identity_key=key,
                description=f"Alert sending {broadcast.id}",
            )._send()

    def _send(self):
        """Tell citizens as fast as the pace allows (job); comes back by itself for the rest."""
        self.ensure_one()
        with self._exclusive(f"alert.broadcast:{self.id}"):
            for _told in range(BATCH):
                wait = self._repeat(self._send_next)
                if wait is None:
                    return
                if wait:
                    self._send_later(wait)
                    return
            self._send_later()

    def _send_next(self):
        """Tell the next citizen; return the seconds to wait, None when there is nothing left."""
        self.invalidate_recordset()
        if self.state != "running":
            return None
        recipients = self.env["contact_center.alert.recipient"]
        now = fields.Datetime.now()
        period = timedelta(seconds=PERIOD_SECONDS)
        told, first = recipients._told_since(self, now - period)
        if not allowance(self.rate, told):
            return max(int((first + period - now).total_seconds()), 1)
        recipient = recipients.search(
            [("broadcast_id", "=", self.id), ("state", "=", "pending")], limit=1
        )
        if not recipient:
            self._finish()
            return None
        self._tell(recipient)
        return 0

    def _tell(self, recipient):
        """Tell one citizen, and record what became of it in the same transaction."""
        try:
            with self.env.cr.savepoint():
                recipient.write(self._told(recipient))
        except (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, RetryableJobError):
            raise
        except Exception:  # one citizen's trouble must not keep the others from being told
            _logger.exception("Alert sending %s: recipient %s failed", self.id, recipient.id)
            recipient.write({"state": "failed", "why": "error"})

    def _told(self, recipient):
        """Tell a citizen; return the values of their row."""
        if not recipient.partner_id.active or recipient.partner_id._is_erased():
            return {"state": "skipped", "why": "gone"}
        kind = MENDED if self.audience == "asked" else BULK
        refusal, message = recipient.conversation_id._tell_alert(kind, self.text, f"s{self.id}")
        if refusal:
            return {"state": "skipped", "why": refusal}
        return {"state": "sent", "sent_at": fields.Datetime.now(), "message_id": message.id}

    def _finish(self):
        """Note that everybody was told."""
        self.write({"state": "done", "ended_at": fields.Datetime.now()})
        self._note("send_done", self._told_words(), **self._alert_links())
