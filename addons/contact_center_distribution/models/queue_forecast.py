# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models

from odoo.addons.contact_center.core import lifecycle

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
SELECT count(ended), COALESCE(sum(extract(epoch FROM ended - accepted_at)), 0)
FROM (
    SELECT accepted_at, COALESCE(survey_at, closed_at) AS ended
    FROM contact_center_conversation
    WHERE agent_id = ANY(%(users)s) AND queue_id = %(queue)s
        AND accepted_at >= %(since)s - interval '1 day'
) AS service
WHERE ended >= %(since)s
"""
_PATIENCE = """
SELECT COALESCE(sum(waited_seconds), 0), count(*) FILTER (WHERE left_how = 'abandoned')
FROM contact_center_stay WHERE queue_id = %s AND left_at >= %s AND left_how <> 'called_back'
"""


class Queue(models.Model):
    """How long a citizen will wait: by the queue's length, agents, and who gives up."""

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
        seats = (queue | queue.member_ids.contact_center_queue_ids)._seats()
        seats = [seat for seat in seats if seat.is_there and seat.state in AT_WORK]
        agents = [seat for seat in seats if seat.queue_id == queue.id]
        if not agents:
            return None
        now = fields.Datetime.now()
        users = [seat.user_id for seat in agents]
        self.env.cr.execute(_SERVED, {"since": now - HOUR, "users": users, "queue": queue.id})
        count, total = self.env.cr.fetchone()
        self.env.cr.execute(_PATIENCE, [queue.id, now - timedelta(days=PATIENCE_DAYS)])
        waited, abandoned = self.env.cr.fetchone()
        traffic = routing.Traffic(
            ahead=ahead,
            agents=queue._effective_agents(seats, ahead),
            service_seconds=waiting.shrunk_mean(float(total), count, queue.expected_seconds),
            patience_seconds=waiting.mean_patience(float(waited), abandoned),
            free=any(not why for why in queue._why_not(agents)),
        )
        correction = waiting.Correction.from_json(queue.forecast_correction)
        return routing.estimate(traffic, correction)

    def _why_not(self, seats):
        """Return why each of these seats may not be offered a usual contact now, "" if it may."""
        refusals = self._refusals(seats, USUAL_WEIGHT)
        return [refusals.get((seat.queue_id, seat.user_id), "") for seat in seats]

    def _effective_agents(self, seats, ahead):
        """Return how many contacts the agents serve for this queue at the same time.

        Agents of several queues go where people wait longer, see `routing.balanced`; of one who
        serves several contacts at once as many count as usual ones fit into their capacity. Unlike
        the router, which only needs those who could take a contact now, this counts whoever is busy
        or finishes notes: they will be back. So it does not ask `routing.Forecaster`.

        :param seats: of the agents of this queue, and of all agents of their other queues
        :param ahead: how many wait before the one who is asked about
        """
        queues_of, room = {}, {}
        for seat in seats:
            queues_of.setdefault(seat.user_id, set()).add(seat.queue_id)
            room[seat.user_id] = max(seat.capacity // USUAL_WEIGHT, seat.capacity > 0)
        groups = {}
        for user, queues in queues_of.items():
            group = frozenset(queues)
            groups[group] = groups.get(group, 0.0) + room[user]
        counts = {}
        if len(groups) > 1:
            everywhere = {queue for group in groups for queue in group}
            counts = self.browse(everywhere)._waiting_counts()
        return routing.balanced(groups, {**counts, self.id: ahead + 1.0}).get(self.id, 0.0)

    def _waiting_counts(self):
        """Return how many wait in each of these queues: {queue id: count}."""
        # sudo: contact_center.conversation - counts only, for any user
        conversations = self.env["contact_center.conversation"].sudo()
        waiting = [("queue_id", "in", self.ids), ("state", "=", lifecycle.QUEUED)]
        groups = conversations._read_group(waiting, ["queue_id"], ["__count"])
        return {queue.id: float(count) for queue, count in groups}

    def _estimated_wait_minutes(self):
        """Return the forecast's minutes where the queue distributes.

        As before elsewhere, and where there is no forecast.
        """
        if self._is_distributed():
            forecast = self._forecast(self._waiting_now())
            if forecast:
                return round(forecast.seconds / 60)
        return super()._estimated_wait_minutes()
