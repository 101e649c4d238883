# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import time
from collections import Counter, defaultdict
from datetime import timedelta, timezone

from odoo import api, fields, models
from odoo.tools.lru import LRU

from odoo.addons.contact_center.core.microseconds import from_us, to_us

from ..core import standing

# The trend of the waiting: so many points, so many minutes apart.
POINTS = 13
STEP_MINUTES = 5
# The estimate and the opening of a queue are worked out again after so many seconds.
FRESH = 20
OPENING_FRESH = 300
# {(what, database, queue id, day): (until, value)}, in this process.
_kept = LRU(4096)

_WAITING = """
SELECT queue_id, count(*), min(since_us) FROM contact_center_stay
WHERE left_at IS NULL AND queue_id = ANY(%(ids)s) GROUP BY queue_id
"""
_SERVED = """
SELECT queue_id, count(*) FROM contact_center_conversation
WHERE state = 'in_service' AND queue_id = ANY(%(ids)s) GROUP BY queue_id
"""
# What left the queue today. Time before the queue opened is no wait.
_LEFT = """
SELECT stay.queue_id,
    count(*) FILTER (WHERE how != 'abandoned'),
    count(*) FILTER (WHERE how != 'abandoned' AND waited <= goal_us),
    count(*) FILTER (WHERE how = 'abandoned'),
    count(*) FILTER (WHERE lately AND how != 'abandoned'),
    count(*) FILTER (WHERE lately AND how != 'abandoned' AND waited <= goal_us),
    count(*) FILTER (WHERE lately AND how = 'abandoned')
FROM (
    SELECT s.queue_id, s.left_how AS how, s.left_us >= %(lately_us)s AS lately, goal_us,
        s.left_us - greatest(s.entered_us, opened_us) AS waited
    FROM contact_center_stay s
    JOIN unnest(%(ids)s, %(opened)s::bigint[], %(goals)s::bigint[])
        AS q(id, opened_us, goal_us) ON q.id = s.queue_id
    WHERE s.left_at >= %(day)s AND s.left_how IN ('accepted', 'lent', 'abandoned')
) stay GROUP BY stay.queue_id
"""
# How many were waiting at each point of the last hour.
_TREND = """
SELECT s.queue_id, point, count(*)
FROM generate_series(0::bigint, %(last)s) AS point
JOIN contact_center_stay s ON s.entered_us <= %(from_us)s + point * %(step_us)s
    AND (s.left_us IS NULL OR s.left_us > %(from_us)s + point * %(step_us)s)
WHERE s.queue_id = ANY(%(ids)s) AND (s.left_at IS NULL OR s.left_at >= %(from)s)
GROUP BY s.queue_id, point
"""


class Team(models.AbstractModel):
    """Figures of the queues."""

    _inherit = "contact_center.team"

    @api.model
    def _queues(self, figures, agents):
        """Return the rows of the queues.

        :param agents: rows of `_agents`
        :return: [{"id", "name", "waiting", "oldest", "estimate" (seconds, False if unknown),
            "in_service", "agents", "states": {kind: agents}, "goal_seconds", "goal_percent",
            "level_half_hour", "level_day" (percent or False), "answered", "abandoned",
            "trend": [waiting, the last one now]}]
        """
        queues = figures["queues"]
        waiting = {row[0]: row[1:] for row in self._ask(_WAITING, figures)}
        served = dict(self._ask(_SERVED, figures))
        left = self._left_today(figures)
        trend = self._trend(figures)
        states = defaultdict(Counter)
        for agent in agents:
            for queue_id in agent["queue_ids"]:
                states[queue_id][agent["kind"] or "logged_out"] += 1
        rows = []
        for queue in queues:
            count, since = waiting.get(queue.id, (0, None))
            points = trend.get(queue.id, {})
            rows.append(
                {
                    "id": queue.id,
                    "name": queue.name,
                    "waiting": count,
                    "oldest": fields.Datetime.to_string(from_us(since)) if since else False,
                    "estimate": self._estimate(queue),
                    "goal_seconds": queue.service_level_seconds,
                    "goal_percent": queue.service_level_percent,
                    "in_service": served.get(queue.id, 0),
                    "agents": sum(states[queue.id].values()),
                    "states": dict(states[queue.id]),
                    "trend": [points.get(point, 0) for point in range(POINTS - 1)] + [count],
                    **self._levels(*left.get(queue.id, (0,) * 6)),
                }
            )
        return rows

    @api.model
    def _levels(self, answered, within, abandoned, answered_now, within_now, abandoned_now):
        """Return the service levels and counts of one queue."""
        day = standing.service_level(within, answered, abandoned)
        half_hour = standing.service_level(within_now, answered_now, abandoned_now)
        return {
            "answered": answered,
            "within": within,
            "abandoned": abandoned,
            "answered_now": answered_now,
            "within_now": within_now,
            "abandoned_now": abandoned_now,
            "level_day": False if day is None else day,
            "level_half_hour": False if half_hour is None else half_hour,
        }

    @api.model
    def _left_today(self, figures):
        """Return {queue id: the six counts of `_levels`}."""
        queues = figures["queues"]
        rows = self._ask(
            _LEFT,
            figures,
            lately_us=self._ago(figures, minutes=30)[1],
            opened=[self._opened_us(queue, figures) for queue in queues],
            goals=[queue.service_level_seconds * standing.SECOND for queue in queues],
        )
        return {row[0]: row[1:] for row in rows}

    @api.model
    def _trend(self, figures):
        """Return {queue id: {point: waiting}}."""
        start, start_us = self._ago(figures, minutes=(POINTS - 1) * STEP_MINUTES)
        step = STEP_MINUTES * standing.MINUTE
        more = {"from": start, "from_us": start_us, "step_us": step, "last": POINTS - 2}
        trend = defaultdict(dict)
        for queue_id, point, count in self._ask(_TREND, figures, **more):
            trend[queue_id][point] = count
        return trend

    @api.model
    def _estimate(self, queue):
        """Return what a citizen who comes now would be told, in seconds; worked out now and then.

        The same estimate as the citizen's, which takes several statements: it is kept a while.
        """
        return self._keep("estimate", queue, FRESH, lambda: queue._estimated_wait_minutes() * 60)

    @api.model
    def _opened_us(self, queue, figures):
        """Return when this queue opened today, in microseconds; now if it has not."""

        def opened():
            start = figures["day"].replace(tzinfo=timezone.utc)
            ranges = list(queue._open_ranges(start, start + timedelta(days=1)))
            return to_us(ranges[0][0].replace(tzinfo=None)) if ranges else figures["day_us"]

        return self._keep("opened", queue, OPENING_FRESH, opened, figures["day_us"])

    @api.model
    def _keep(self, what, queue, seconds, make, *key):
        """Return a value of a queue that this process worked out lately, or work it out."""
        key = (what, self.env.cr.dbname, queue.id, *key)
        until, value = _kept.get(key) or (0, None)
        now = time.monotonic()
        if now >= until:
            value = make()
            _kept[key] = (now + seconds, value)
        return value
