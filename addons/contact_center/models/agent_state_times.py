# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from ..core import agent_time
from ..core.microseconds import SECOND, from_us, now_us, to_us

# Services that began earlier than so long before are over.
LONGEST = 31 * 24 * 3600 * SECOND
# When agents served conversations: from a beginning to the conversation's next move.
_SERVICES = """
SELECT agent_id, at_us, next_us FROM (
    SELECT agent_id, kind, at_us,
           lead(at_us) OVER (PARTITION BY conversation_id ORDER BY id) AS next_us
    FROM contact_center_event
    WHERE conversation_id IN (
        SELECT conversation_id FROM contact_center_event
        WHERE agent_id = ANY(%(users)s) AND kind IN ('accepted', 'taken_over')
          AND at BETWEEN %(first)s AND %(last)s)
      AND kind IN ('accepted', 'taken_over', 'transferred', 'released', 'returned_to_bot',
                   'survey_asked', 'closed')
) moves
WHERE kind IN ('accepted', 'taken_over') AND agent_id = ANY(%(users)s)
  AND at_us < %(until)s AND COALESCE(next_us, %(until)s) > %(since)s
"""


class AgentState(models.Model):
    """What agents' time went into: times and shares of states, and of contacts."""

    _inherit = "contact_center.agent.state"

    @api.model
    def _times(self, users, since, until):
        """Return what the time of agents went into between two moments (naive UTC).

        :return: {user: {"times": {kind: microseconds}, "shares": {kind: percent of the logged
            time}, "logged": microseconds, "contact": microseconds of all contacts together,
            "busy": microseconds with at least one contact}}
        """
        since, until = to_us(since), min(to_us(until), now_us())
        # sudo: contact_center.agent.state - the callers check who may know
        rows = self.sudo().search_fetch(
            Domain("user_id", "in", users.ids)
            & Domain("start_us", "<", until)
            & (Domain("end", "=", False) | Domain("end_us", ">", since)),
            ["user_id", "kind", "start_us", "end_us"],
            order="start_us, id",
        )
        states = defaultdict(list)
        for row in rows:
            states[row.user_id.id].append(
                agent_time.Interval(row.kind, row.start_us, row.end_us or None)
            )
        services = self._services(users, since, until)
        return {
            user: self._times_of(states[user.id], services[user.id], since, until) for user in users
        }

    @api.model
    def _times_of(self, states, services, since, until):
        """Return one agent's figures of `_times` from lists of `core.agent_time.Interval`."""
        times = agent_time.time_by_kind(states, since, until)
        return {
            "times": times,
            "shares": agent_time.shares(times),
            "logged": sum(times.values()),
            "contact": agent_time.contact_time(services, since, until),
            "busy": agent_time.busy_time(services, since, until),
        }

    @api.model
    def _services(self, users, since, until):
        """Return when these users served conversations: {user id: [Interval]}."""
        self.env["contact_center.event"].flush_model()
        bounds = {"first": from_us(since - LONGEST), "last": from_us(until)}
        values = {"users": users.ids, "since": since, "until": until, **bounds}
        self.env.cr.execute(_SERVICES, values)
        services = defaultdict(list)
        for user_id, start, end in self.env.cr.fetchall():
            services[user_id].append(agent_time.Interval("service", start, end))
        return services
