# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from ..core import lifecycle
from ..core.microseconds import now_us

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
        """Return what the place of a citizen who enters now counts from.

        In `core.microseconds`: now, but not before those already waiting.

        If the clock was set back, the order of arrival must not be reversed.
        """
        # sudo: contact_center.stay - times only, for any user
        stays = self.env["contact_center.stay"].sudo()
        waiting = [("queue_id", "=", self.id), ("left_at", "=", False)]
        last = stays.search_fetch(waiting, ["since_us"], order="since_us desc", limit=1)
        return max(now_us(), last.since_us)

    def _estimated_wait_minutes(self):
        """Return the estimated wait, in minutes, of a citizen arriving now.

        It is the average of recently accepted citizens, but at least the longest current wait; 0 if
        nobody is waiting and nobody had to. Only service time counts: the night is not part of the
        wait of somebody who arrived in the evening and was served in the morning.
        """
        self.ensure_one()
        since = fields.Datetime.now() - timedelta(hours=SAMPLE_HOURS)
        # sudo: contact_center.stay - times only, for any user
        stays = self.env["contact_center.stay"].sudo()
        times = ["queue_id", "entered_at", "left_at"]
        here = Domain("queue_id", "=", self.id)
        accepted = stays.search_fetch(
            here & Domain("left_how", "=", "accepted") & Domain("left_at", ">=", since),
            times,
            order="left_at desc",
            limit=SAMPLE,
        )
        present = self._longest_wait()
        average = accepted._service_time_waited() / len(accepted) if accepted else timedelta()
        return round(max(average, present).total_seconds() / 60)

    def _longest_wait(self):
        """Return for how long somebody has been waiting here, in service time (timedelta)."""
        self.ensure_one()
        # sudo: contact_center.stay - times only, for any user
        longest = (
            self.env["contact_center.stay"]
            .sudo()
            .search_fetch(
                [("queue_id", "=", self.id), ("left_at", "=", False)],
                ["queue_id", "entered_at", "left_at"],
                order="entered_us",
                limit=1,
            )
        )
        return longest._service_time_waited()

    def _agents_there(self):
        """Return how many agents are logged in and not on a pause, busy or not."""
        self.ensure_one()
        online = self._members_online()
        return len(online - self.env["contact_center.agent.state"]._pausing(online))
