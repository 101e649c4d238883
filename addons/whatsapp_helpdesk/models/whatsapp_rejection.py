# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import threading
import time
from collections import Counter

import psycopg2

from odoo import api, fields, models

_FLUSH_SECONDS = 10.0
_counts = Counter()
_lock = threading.Lock()
_last_flush = {}


class WhatsappRejection(models.Model):
    """Refused calls of the webhook, counted by day and reason, without their content.

    Counted in the process and written at most every ten seconds, so that a flood of forged calls
    does not become a flood of writes; what a stopping process had not yet written is lost.
    """

    _name = "whatsapp.rejection"
    _inherit = ["contact_center.machine.row"]
    _description = "WhatsApp Rejected Calls"
    _order = "day desc, reason"
    _rec_name = "reason"
    _log_access = False

    day = fields.Date(required=True, readonly=True)
    reason = fields.Selection(
        [
            ("signature", "Wrong or missing signature"),
            ("size", "Too large"),
            ("verify_token", "Wrong verify token"),
        ],
        required=True,
        readonly=True,
    )
    count = fields.Integer(required=True, readonly=True)

    _day_reason_unique = models.Constraint(
        "UNIQUE(day, reason)", "There is one line for each day and reason."
    )

    @api.model
    def _count(self, reason):
        """Count one refused call; writes now and then."""
        database, now = self.env.cr.dbname, time.monotonic()
        with _lock:
            _counts[database, reason] += 1
            if now - _last_flush.get(database, -_FLUSH_SECONDS) < _FLUSH_SECONDS:
                return
            _last_flush[database] = now
            due = {key: _counts.pop(key) for key in list(_counts) if key[0] == database}
        try:
            self._add(due)
        except psycopg2.OperationalError:
            # Another process wrote the same line at this moment: next time
            self.env.cr.rollback()
            with _lock:
                _counts.update(due)

    @api.model
    def _add(self, counts):
        """Add `{(database, reason): number}` to today's lines."""
        reasons = [reason for _database, reason in counts]
        # In SQL: other processes may add to the same line
        self.env.cr.execute(
            """
            INSERT INTO whatsapp_rejection (day, reason, count)
            SELECT %s, reason, count FROM unnest(%s::text[], %s::int[]) AS new (reason, count)
            ON CONFLICT (day, reason)
            DO UPDATE SET count = whatsapp_rejection.count + EXCLUDED.count
            """,
            [
                # At 22:30 in the city it is still today.
                self.env["contact_center.queue"]._city_today(),
                reasons,
                list(counts.values()),
            ],
            log_exceptions=False,
        )
        self.invalidate_model(["count"])
