# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from odoo.addons.contact_center.core.metrics import Gauge
from odoo.addons.contact_center.models.metrics import QUANTILES, RECENT

_INBOX = """
SELECT state, count(*), EXTRACT(EPOCH FROM %(now)s - min(create_date))
FROM whatsapp_event WHERE state IN ('received', 'failed') GROUP BY state
"""
_OUTBOX = """
SELECT account_id, state, count(*), EXTRACT(EPOCH FROM %(now)s - min(create_date))
FROM whatsapp_message
WHERE direction = 'out' AND merged_into_id IS NULL AND state IN ('queued', 'sending', 'unknown')
GROUP BY account_id, state
"""
# The ledger knows them by time; messages that failed have no index by it.
_LEDGER = """
SELECT kind, COALESCE(data ->> CASE kind WHEN 'message_failed' THEN 'code' ELSE 'limit' END, ''),
       count(*)
FROM contact_center_event
WHERE at > %(since)s AND kind IN ('message_failed', 'limit_reached') GROUP BY 1, 2
"""
_NUMBERS = """
SELECT id, name, (state = 'paused')::int, COALESCE(state_code, ''),
       COALESCE(NULLIF(quality_rating, ''), 'UNKNOWN')
FROM whatsapp_account WHERE active
"""
_MEDIA = """
SELECT count(*) FILTER (WHERE media_state = 'pending'), count(*) FILTER (WHERE media_state = 'held')
FROM whatsapp_message WHERE media_state IN ('pending', 'held')
"""
# From the row that the webhook wrote to the end of the job that worked it through.
_INBOX_SECONDS = """
SELECT count(*), percentile_cont(%(quantiles)s::float[]) WITHIN GROUP (
    ORDER BY EXTRACT(EPOCH FROM processed_at - create_date))
FROM whatsapp_event
WHERE create_date > %(since)s AND kind = 'message' AND state = 'processed'
"""
# From the row that the webhook wrote to the first answer put into the outbox, quiet moment
# included. Later statuses overwrite the time of sending.
_ANSWER_SECONDS = """
SELECT count(*), percentile_cont(%(quantiles)s::float[]) WITHIN GROUP (ORDER BY seconds)
FROM (
    SELECT EXTRACT(EPOCH FROM answer.create_date - event.create_date) AS seconds
    FROM whatsapp_event event
    JOIN whatsapp_message asked
      ON asked.account_id = event.account_id AND asked.direction = 'in'
     AND asked.wamid = event.payload -> 'message' ->> 'id'
    CROSS JOIN LATERAL (
        SELECT create_date FROM whatsapp_message
        WHERE conversation_id = asked.conversation_id AND id > asked.id AND direction = 'out'
        ORDER BY id LIMIT 1
    ) answer
    WHERE event.create_date > %(since)s AND event.kind = 'message' AND event.state = 'processed'
) answered
"""


class Metrics(models.AbstractModel):
    """Metrics of inbox, outbox, numbers, and how fast citizens are answered."""

    _inherit = "contact_center.metrics"

    @api.model
    def _sources(self):
        return {
            **super()._sources(),
            "whatsapp_boxes": self._measure_whatsapp_boxes,
            "whatsapp_numbers": self._measure_whatsapp_numbers,
            "whatsapp_times": self._measure_whatsapp_times,
        }

    @api.model
    def _measure_whatsapp_boxes(self):
        """Return the backlog of inbox and outbox, how long it has waited, and the errors."""
        inbox = Gauge("contact_center_whatsapp_inbox", "Received, not processed.", ("state",))
        inbox_oldest = Gauge(
            "contact_center_whatsapp_inbox_oldest_seconds",
            "Age of the oldest of what was received and is not processed.",
            ("state",),
        )
        for state, count, seconds in self._rows(_INBOX):
            inbox.add(count, state)
            inbox_oldest.add(max(seconds, 0), state)
        labels = ("account_id", "state")
        outbox = Gauge(
            "contact_center_whatsapp_outbox",
            "Messages not sent; unknown: Meta did not say whether it took them.",
            labels,
        )
        outbox_oldest = Gauge(
            "contact_center_whatsapp_outbox_oldest_seconds", "Age of the oldest of them.", labels
        )
        for account, state, count, seconds in self._rows(_OUTBOX):
            outbox.add(count, account, state)
            outbox_oldest.add(max(seconds, 0), account, state)
        gauges = [inbox, inbox_oldest, outbox, outbox_oldest]
        return [*gauges, *self._measure_whatsapp_ledger(), *self._measure_whatsapp_files()]

    @api.model
    def _measure_whatsapp_ledger(self):
        """Return what failed, and which limits citizens reached, in the last minutes."""
        errors = Gauge(
            "contact_center_whatsapp_errors_5m",
            "Messages that failed in the last 5 minutes, by Meta's code.",
            ("code",),
        )
        limits = Gauge(
            "contact_center_whatsapp_limits_5m",
            "Limits per citizen that were reached in the last 5 minutes.",
            ("limit",),
        )
        since = fields.Datetime.now() - RECENT
        for kind, label, count in self._rows(_LEDGER, since=since):
            (errors if kind == "message_failed" else limits).add(count, label)
        return [errors, limits]

    @api.model
    def _measure_whatsapp_files(self):
        """Return how many files are still to be fetched, and how many were left at WhatsApp."""
        pending = Gauge("contact_center_whatsapp_media_pending", "Files still to be fetched.")
        held = Gauge(
            "contact_center_whatsapp_media_held",
            "Files left at WhatsApp: their senders sent too many or too large ones.",
        )
        ((waits, left),) = self._rows(_MEDIA)
        pending.add(waits)
        held.add(left)
        return [pending, held]

    @api.model
    def _measure_whatsapp_numbers(self):
        """Return whether each number sends, and Meta's rating of its quality."""
        paused = Gauge(
            "contact_center_whatsapp_number_paused",
            "Whether sending is paused, and by which error.",
            ("account_id", "account", "code"),
        )
        quality = Gauge(
            "contact_center_whatsapp_number_quality",
            "1 at the quality that Meta gives the number.",
            ("account_id", "account", "quality"),
        )
        for account_id, name, is_paused, code, rating in self._rows(_NUMBERS):
            paused.add(is_paused, account_id, name, code)
            quality.add(1, account_id, name, rating)
        return [paused, quality]

    @api.model
    def _measure_whatsapp_times(self):
        """Return how long messages of the last minutes took to be processed and answered."""
        processed = Gauge(
            "contact_center_whatsapp_processed_5m", "Messages processed in the last 5 minutes."
        )
        processed_seconds = Gauge(
            "contact_center_whatsapp_processed_seconds",
            "From the webhook to the end of processing, in the last 5 minutes.",
            ("quantile",),
        )
        answered = Gauge(
            "contact_center_whatsapp_answered_5m", "Messages answered in the last 5 minutes."
        )
        answered_seconds = Gauge(
            "contact_center_whatsapp_answered_seconds",
            "From the webhook to the first answer written, in the last 5 minutes.",
            ("quantile",),
        )
        since = fields.Datetime.now() - RECENT
        for query, count, seconds in (
            (_INBOX_SECONDS, processed, processed_seconds),
            (_ANSWER_SECONDS, answered, answered_seconds),
        ):
            ((number, values),) = self._rows(query, since=since, quantiles=list(QUANTILES))
            count.add(number)
            self._quantiles(seconds, values)
        return [processed, processed_seconds, answered, answered_seconds]
