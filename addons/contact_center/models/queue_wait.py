# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models

from ..core import lifecycle

# The wait is estimated from this many accepted citizens, in this many hours.
SAMPLE = 20
SAMPLE_HOURS = 2


class Queue(models.Model):
    """How busy a queue is at this moment."""

    _inherit = "contact_center.queue"

    def _waiting_now(self):
        """Return how many citizens are waiting in this queue."""
        self.ensure_one()
        # sudo: contact_center.conversation - counts only, for any user
        conversations = self.env["contact_center.conversation"].sudo()
        return conversations.search_count(
            [("queue_id", "=", self.id), ("state", "=", lifecycle.QUEUED)]
        )

    def _time_of_arrival(self):
        """Return the start of a new citizen's wait: now, but not before those already waiting.

        If the clock was set back, the order of arrival must not be reversed.
        """
        # sudo: contact_center.conversation - times only, for any user
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
        """Return the estimated wait, in minutes, of a citizen arriving now.

        It is the average of recently accepted citizens, but at least the longest current wait; 0 if
        nobody is waiting and nobody had to. Only service time counts: the night is not part of the
        wait of somebody who arrived in the evening and was served in the morning.
        """
        self.ensure_one()
        now = fields.Datetime.now()
        # sudo: contact_center.conversation - times only, for any user
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
