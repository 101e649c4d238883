from datetime import timedelta

from odoo import fields, models

from ..core import lifecycle

# The wait is estimated from the last so many who were accepted, in the last so many hours.
SAMPLE = 20
SAMPLE_HOURS = 2


class Queue(models.Model):
    """How busy a queue is at this moment."""

    _inherit = "contact_center.queue"

    def _waiting_now(self):
        """How many citizens wait in this queue."""
        self.ensure_one()
        # sudo: contact_center.conversation - counting, whoever asks
        conversations = self.env["contact_center.conversation"].sudo()
        return conversations.search_count(
            [("queue_id", "=", self.id), ("state", "=", lifecycle.QUEUED)]
        )

    def _time_of_arrival(self):
        """When somebody who comes now began to wait: now, but not before those who wait already.

        Where the clock was set back the order of arrival must not turn round.
        """
        # sudo: contact_center.conversation - times only, whoever asks
        last = (
            self.env["contact_center.conversation"]
            .sudo()
            .search_fetch(
                [("queue_id", "=", self.id), ("state", "=", lifecycle.QUEUED)],
                ["queued_at"],
                order="queued_at desc",
                limit=1,
            )
        )
        now = fields.Datetime.now()
        return max(now, last.queued_at) if last.queued_at else now

    def _estimated_wait_minutes(self):
        """How many minutes somebody who came now would wait, as far as one can tell.

        The average of those accepted last, but not less than the longest wait there is; 0 where
        nobody waits and nobody had to. Only service time counts: who came in the evening and was
        served in the morning did not wait for the night.
        """
        self.ensure_one()
        now = fields.Datetime.now()
        # sudo: contact_center.conversation - times only, whoever asks
        conversations = self.env["contact_center.conversation"].sudo()
        accepted = conversations.search_fetch(
            [
                ("queue_id", "=", self.id),
                ("accepted_at", ">=", now - timedelta(hours=SAMPLE_HOURS)),
                ("queued_at", "!=", False),
            ],
            ["queued_at", "accepted_at"],
            order="accepted_at desc",
            limit=SAMPLE,
        )
        waits = [
            self._service_time(conversation.queued_at, conversation.accepted_at).total_seconds()
            for conversation in accepted
        ]
        longest = conversations.search_fetch(
            [("queue_id", "=", self.id), ("state", "=", lifecycle.QUEUED)],
            ["queued_at"],
            order="queued_at, id",
            limit=1,
        )
        present = self._service_time(longest.queued_at, now).total_seconds() if longest else 0
        average = sum(waits) / len(waits) if waits else 0
        return round(max(average, present) / 60)
