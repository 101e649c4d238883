# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models

from .. import routing
from ..routing import waiting
from .agent_state import AFTER_WORK, OFFERED
from .channel_weight import USUAL_WEIGHT

HOUR = timedelta(hours=1)
# Patience is learned from so long ago.
PATIENCE_DAYS = 7
# Agents in these states are at work, whether they are free or not.
AT_WORK = frozenset({"", "available", OFFERED, "in_service", AFTER_WORK})

_SERVED = """
SELECT agent_id, queue_id, count(ended),
    sum(extract(epoch FROM COALESCE(ended, %(now)s) - greatest(accepted_at, %(since)s))),
    sum(extract(epoch FROM ended - accepted_at))
FROM (
    SELECT agent_id, queue_id, accepted_at, COALESCE(survey_at, closed_at) AS ended
    FROM contact_center_conversation
    WHERE agent_id = ANY(%(users)s) AND accepted_at >= %(since)s - interval '1 day'
) AS service
WHERE ended IS NULL OR ended >= %(since)s
GROUP BY agent_id, queue_id
"""
_PATIENCE = """
SELECT COALESCE(sum(waited_seconds), 0), count(*) FILTER (WHERE left_how = 'abandoned')
FROM contact_center_stay WHERE queue_id = %s AND left_at >= %s
"""


class Queue(models.Model):
    """How long a citizen will wait in a queue: by its length, its agents, and who gives up."""

    _inherit = "contact_center.queue"

    expected_seconds = fields.Integer(
        string="Expected service time (seconds)",
        default=600,
        help="How long serving a contact of this queue usually takes. The estimated wait begins "
        "with it and follows what was measured in the last hour.",
    )
    forecast_correction = fields.Json(
        readonly=True, copy=False, help="What the queue learned from its own forecasts."
    )

    _expected_seconds_positive = models.Constraint(
        "CHECK(expected_seconds > 0)", "The expected service time must be positive."
    )

    def _forecast(self, ahead):
        """Return the `routing.Forecast` for a citizen with so many before them.

        :return: None without agents: there is no forecast
        """
        self.ensure_one()
        # sudo: contact_center.queue - figures for a citizen, whoever triggers them
        queue = self.sudo()
        agents = [seat for seat in queue._seats() if seat.is_there and seat.state in AT_WORK]
        if not agents:
            return None
        now = fields.Datetime.now()
        users = [seat.user_id for seat in agents]
        values = {"now": now, "since": now - HOUR, "users": users}
        self.env.cr.execute(_SERVED, values)
        served = self.env.cr.fetchall()
        count = sum(row[2] for row in served if row[1] == queue.id)
        total = sum(float(row[4] or 0) for row in served if row[1] == queue.id)
        self.env.cr.execute(_PATIENCE, [queue.id, now - timedelta(days=PATIENCE_DAYS)])
        waited, abandoned = self.env.cr.fetchone()
        traffic = routing.Traffic(
            ahead=ahead,
            agents=queue._effective_agents(agents, served),
            service_seconds=waiting.shrunk_mean(total, count, queue.expected_seconds),
            patience_seconds=waiting.mean_patience(float(waited), abandoned),
            free=any(not why for why in queue._why_not(agents)),
        )
        correction = waiting.Correction.from_json(queue.forecast_correction)
        return routing.estimate(traffic, correction)

    def _why_not(self, seats):
        """Return why each of these seats may not be offered a usual contact now, "" if it may."""
        refusals = self._refusals(seats, USUAL_WEIGHT)
        return [refusals.get((seat.queue_id, seat.user_id), "") for seat in seats]

    def _effective_agents(self, seats, served):
        """Return how many contacts these agents serve for this queue at the same time.

        An agent of several queues counts by what they spent on each in the last hour, times the
        usual contacts that fit into their capacity.

        :param served: rows of `_SERVED`
        """
        busy, here = {}, {}
        for agent, queue, _count, seconds, _total in served:
            busy[agent] = busy.get(agent, 0.0) + float(seconds or 0)
            if queue == self.id:
                here[agent] = float(seconds or 0)
        # sudo: res.users - how many queues an agent serves is no secret to the system
        users = self.env["res.users"].sudo().browse(seat.user_id for seat in seats)
        queues = {user.id: len(user.contact_center_queue_ids) for user in users}
        shares = 0.0
        for seat in seats:
            share = waiting.agent_share(
                here.get(seat.user_id, 0.0), busy.get(seat.user_id, 0.0), queues[seat.user_id]
            )
            shares += share * max(seat.capacity // USUAL_WEIGHT, seat.capacity > 0)
        return shares

    def _estimated_wait_minutes(self):
        """Return the forecast's minutes where the queue distributes; as before elsewhere, and where
        there is no forecast.
        """
        if self._is_distributed():
            forecast = self._forecast(self._waiting_now())
            if forecast:
                return round(forecast.seconds / 60)
        return super()._estimated_wait_minutes()
