# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import timedelta

from odoo import api, fields, models

from ..core.metrics import Gauge
from ..core.microseconds import now_us

_logger = logging.getLogger(__name__)

# Figures "of the last minutes" look back so far.
RECENT = timedelta(minutes=5)
WAITS_RECENT = timedelta(minutes=15)
QUANTILES = (0.5, 0.95)

_QUEUES = """
SELECT q.id, q.name,
       count(*) FILTER (WHERE c.state = 'queued'),
       count(*) FILTER (WHERE c.state = 'in_service'),
       COALESCE((%(now_us)s - (SELECT min(s.since_us) FROM contact_center_stay s
                               WHERE s.queue_id = q.id AND s.left_at IS NULL)) / 1e6, 0)
FROM contact_center_queue q
LEFT JOIN contact_center_conversation c
       ON c.queue_id = q.id AND c.state IN ('queued', 'in_service')
WHERE q.active
GROUP BY q.id, q.name
"""
_STATES = """
SELECT state, count(*) FROM contact_center_conversation WHERE state != 'closed' GROUP BY state
"""
_AGENTS = """
SELECT kind, count(*) FROM contact_center_agent_state WHERE "end" IS NULL GROUP BY kind
"""
_EVENTS = "SELECT kind, count(*) FROM contact_center_event WHERE at > %(since)s GROUP BY kind"
_WAITS = """
SELECT count(*), percentile_cont(%(quantiles)s::float[]) WITHIN GROUP (
    ORDER BY (left_us - entered_us) / 1e6)
FROM contact_center_stay
WHERE left_at > %(since)s AND left_how = 'accepted'
"""


class Metrics(models.AbstractModel):
    """Figures for monitoring: depths, ages, errors by class, latencies.

    They are read in one transaction.

    Every addon adds its own by extending `_sources`; the address at which they are read is another
    addon's. A source asks by few statements, each of which an index answers, since it is asked
    every few seconds while the system is under load. Labels name things of the installation
    (queues, numbers, states, codes), never people.
    """

    _name = "contact_center.metrics"
    _description = "Contact Center Metrics"

    @api.model
    def _sources(self):
        """Return {name of a source: method that returns its `Gauge`s} (hook).

        The methods are called as superuser.
        """
        return {
            "queues": self._measure_queues,
            "conversations": self._measure_conversations,
            "agents": self._measure_agents,
            "events": self._measure_events,
        }

    @api.model
    def _measure(self):
        """Return the `Gauge`s of all sources.

        A source that breaks is missed and told by `contact_center_source_failed`; the others go on.
        """
        broken = Gauge(
            "contact_center_source_failed", "Whether a source of figures broke.", ("source",)
        )
        gauges = [broken]
        for name, method in self._sources().items():
            try:
                with self.env.cr.savepoint(flush=False):
                    gauges += method()
                broken.add(0, name)
            except Exception:
                _logger.exception("The figures of %s could not be read", name)
                broken.add(1, name)
        return gauges

    @api.model
    def _rows(self, query, **values):
        """Return the rows of a statement; `now` and `now_us` are known to every one."""
        moment = {"now": fields.Datetime.now(), "now_us": now_us()}
        self.env.cr.execute(query, {**moment, **values})
        return self.env.cr.fetchall()

    @api.model
    def _count_by(self, gauge, rows):
        """Return `gauge` with the rows (label, ..., value)."""
        for *labels, value in rows:
            gauge.add(value, *labels)
        return gauge

    @api.model
    def _quantiles(self, gauge, values):
        """Return `gauge`, whose last label is the quantile, with the values of `QUANTILES`."""
        for quantile, value in zip(QUANTILES, values or (), strict=False):
            gauge.add(value, quantile)
        return gauge

    @api.model
    def _measure_queues(self):
        """Return who waits and is served in each queue, and for how long the first one waits."""
        labels = ("queue_id", "queue")
        waiting = Gauge("contact_center_queue_waiting", "Citizens waiting for people.", labels)
        serving = Gauge("contact_center_queue_serving", "Conversations that people serve.", labels)
        oldest = Gauge(
            "contact_center_queue_oldest_wait_seconds", "The longest wait of this moment.", labels
        )
        for queue_id, name, waits, serves, seconds in self._rows(_QUEUES):
            waiting.add(waits, queue_id, name)
            serving.add(serves, queue_id, name)
            oldest.add(max(seconds, 0), queue_id, name)
        return [waiting, serving, oldest]

    @api.model
    def _measure_conversations(self):
        """Return the open conversations by state, and how long accepted citizens had waited."""
        states = Gauge("contact_center_conversations", "Open conversations by state.", ("state",))
        accepted = Gauge(
            "contact_center_accepted_15m", "Conversations accepted in the last 15 minutes."
        )
        waits = Gauge(
            "contact_center_accepted_wait_seconds",
            "How long citizens accepted in the last 15 minutes had waited.",
            ("quantile",),
        )
        since = fields.Datetime.now() - WAITS_RECENT
        (row,) = self._rows(_WAITS, since=since, quantiles=list(QUANTILES))
        accepted.add(row[0])
        states = self._count_by(states, self._rows(_STATES))
        return [states, accepted, self._quantiles(waits, row[1])]

    @api.model
    def _measure_agents(self):
        """Return how many agents are in each state now."""
        gauge = Gauge("contact_center_agents", "Agents by their present state.", ("state",))
        return [self._count_by(gauge, self._rows(_AGENTS))]

    @api.model
    def _measure_events(self):
        """Return what the ledger noted in the last minutes, failures of messages among it."""
        gauge = Gauge(
            "contact_center_events_5m", "Events of the last 5 minutes by kind.", ("kind",)
        )
        since = fields.Datetime.now() - RECENT
        return [self._count_by(gauge, self._rows(_EVENTS, since=since))]
