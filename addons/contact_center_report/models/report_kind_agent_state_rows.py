# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.contact_center.core.microseconds import now_us, to_us

from .report_kind_agent_state import BREAKS, LONGEST, PARTS, PIECES, POSITIONS, STATES, TIMES

_STEPS = {"hour": "1 hour", "day": "1 day", "month": "1 month"}


class ReportKind(models.AbstractModel):
    """Rows of the reports of agents' time."""

    _inherit = "contact_center.report.kind"

    @api.model
    def _pieces(self, scope):
        """Return the parameters of statements of intervals, and the intervals cut (`pieces`)."""
        unit = scope.grouping if scope.grouping in _STEPS else "day"
        now = fields.Datetime.now()
        until = min(scope.until, now)
        values = {
            "zone": scope.zone,
            "unit": unit,
            "step": _STEPS[unit],
            "since": scope.since,
            "until": until,
            "since_us": to_us(scope.since),
            "until_us": to_us(until),
            "now": now,
            "now_us": now_us(),
            "longest": LONGEST,
            "within": self._within(scope, agent=SQL("state.user_id")),
        }
        agents = self._agents_of_companies(scope)
        if agents is not None:
            limit = SQL(" AND state.user_id = ANY(%s)", agents)
            values["within"] = SQL("%s%s", values["within"], limit)
        return {**values, "pieces": SQL(PIECES, **values)}

    @api.model
    def _agents_of_companies(self, scope):
        """Return the ids of the agents of a scope's companies and queues; None: all."""
        found = None
        if scope.companies is not None:
            users = self.env["res.users"].with_context(active_test=False)
            found = users.search([("company_ids", "in", scope.companies)]).ids
        if scope.queues is not None:
            members = self.env["contact_center.queue"].browse(scope.queues).member_ids.ids
            found = members if found is None else [one for one in found if one in set(members)]
        return found

    @api.model
    def _agent_time_rows(self, scope):
        """Yield what each agent's logged time went into."""
        labels, numbers = self._agent_labels(scope), self._registrations(scope)
        parts = []
        for part, kind in PARTS.items():
            which = SQL("kind = %s", kind)
            if part in BREAKS:
                which = SQL("kind = %s AND break_kind = %s", kind, part)
            parts.append(SQL("COALESCE(sum(us) FILTER (WHERE %s), 0) / 1e6", which))
        query = SQL(TIMES, sums=SQL(", ").join(parts), pieces=self._pieces(scope)["pieces"])
        for user, slot, logged, *times in self._stream(query):
            yield (
                labels(user),
                numbers(user),
                self._slot_label(scope, slot),
                logged,
                *times,
                *(100 * time / logged for time in times),
            )

    @api.model
    def _position_rows(self, scope):
        """Yield how many agents were there, and how busy."""
        pieces = self._pieces(scope)
        hours = {"hour": 1, "day": 24}.get(scope.grouping)
        slot_us = SQL("%s", (hours or 1) * 3_600_000_000)
        if not hours:
            slot_us = SQL("(extract(epoch FROM min(slot + interval '1 month' - slot)) * 1e6)")
        query = SQL(
            POSITIONS,
            event_slot=self._slot_sql(scope, SQL("e.at")),
            event_within=self._within(scope, agent=SQL("e.agent_id"), queue=SQL("e.queue_id")),
            slot_us=slot_us,
            **{name: pieces[name] for name in ("pieces", "since", "until", "since_us")},
        )
        for slot, agents, logged, mean, peak, busy, contacts in self._stream(query):
            yield (
                self._slot_label(scope, slot),
                *(agents, logged, mean, peak, busy),
                100 * busy / logged,
                contacts,
                contacts * 3600 / logged,
            )

    @api.model
    def _agent_states_rows(self, scope):
        """Yield the states of agents, one after the other, and who changed them."""
        labels, numbers = self._agent_labels(scope), self._registrations(scope)
        kinds = self._words_of("contact_center.agent.state", "kind")
        breaks = self._words_of("contact_center.agent.state", "break_kind")
        set_by = self._words_of("contact_center.agent.state", "set_by")
        pieces = self._pieces(scope)
        names = ("since", "until", "now_us", "within")
        query = SQL(STATES, **{name: pieces[name] for name in names})
        for user, kind, pause, reason, start, end, lasted, by, by_id in self._stream(query):
            who = labels(by_id) if by == "supervisor" and by_id else set_by.get(by, "")
            yield (
                labels(user),
                numbers(user),
                kinds.get(kind, kind),
                breaks.get(pause, ""),
                reason,
                self._local(scope, start),
                self._local(scope, end),
                lasted,
                who,
            )
