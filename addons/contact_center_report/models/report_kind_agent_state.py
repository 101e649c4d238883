# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center.core.report_kind import (
    AGENT,
    DECIMAL,
    DURATION,
    HIGHEST,
    MOMENT,
    NUMBER,
    PERCENT,
    SHARE,
    SUM,
    Column,
    Kind,
)

# Parts of the logged time: the states, breaks by their kind (R6 c)
PARTS = {
    "available": "available",
    "offered": "offered",
    "in_service": "in_service",
    "after_work": "after_work",
    "regulated": "break",
    "snack": "break",
    "other": "break",
    "with_supervisor": "with_supervisor",
    "training": "training",
    "outbound": "outbound",
    "recovery": "recovery",
    "away": "away",
    "not_answering": "not_answering",
}
BREAKS = ("regulated", "snack", "other")
# No state of somebody at work lasts so long; it bounds what is read.
LONGEST = "31 days"
# Intervals cut at the edges of the city's hours, days or months, and at those of the period.
PIECES = """
    SELECT state.user_id, state.kind, COALESCE(state.break_kind, 'other') AS break_kind, edge.slot,
        state.start_us, edge.since_us, edge.until_us,
        LEAST(COALESCE(NULLIF(state.end_us, 0), %(now_us)s), edge.until_us, %(until_us)s)
            - GREATEST(state.start_us, edge.since_us, %(since_us)s) AS us
    FROM contact_center_agent_state state
    CROSS JOIN LATERAL (
        SELECT moment AS slot,
            (extract(epoch FROM moment AT TIME ZONE %(zone)s) * 1000000)::int8 AS since_us,
            (extract(epoch FROM (moment + %(step)s::interval) AT TIME ZONE %(zone)s)
                * 1000000)::int8 AS until_us
        FROM generate_series(
            date_trunc(%(unit)s, GREATEST(state.start, %(since)s)
                AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s),
            LEAST(COALESCE(state."end", %(now)s), %(until)s)
                AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s,
            %(step)s::interval) AS moment
    ) edge
    WHERE state.kind <> 'logged_out' AND state.start < %(until)s
        AND state.start >= %(since)s - %(longest)s::interval
        AND (state."end" IS NULL OR state."end" > %(since)s) %(within)s
"""
TIMES = """
SELECT user_id, slot, sum(us) / 1e6, %(sums)s FROM (%(pieces)s) piece
WHERE us > 0 GROUP BY user_id, slot ORDER BY slot, user_id
"""
# How many agents were logged in at each change, weighted by how long it lasted.
POSITIONS = """
WITH piece AS (
    SELECT user_id, kind, slot, us, GREATEST(start_us, since_us, %(since_us)s) AS begin_us,
        GREATEST(start_us, since_us, %(since_us)s) + us AS end_us
    FROM (%(pieces)s) cut WHERE us > 0
), change AS (
    SELECT slot, at_us, sum(step) AS step FROM (
        SELECT slot, begin_us AS at_us, 1 AS step FROM piece
        UNION ALL SELECT slot, end_us, -1 FROM piece
    ) steps GROUP BY slot, at_us
), size AS (
    SELECT slot, max(present) AS peak FROM (
        SELECT slot, sum(step) OVER (PARTITION BY slot ORDER BY at_us) AS present FROM change
    ) line GROUP BY slot
), served AS (
    SELECT %(event_slot)s AS slot, count(*) AS contacts FROM contact_center_event e
    WHERE e.kind IN ('accepted', 'taken_over') AND e.agent_id IS NOT NULL
        AND e.at >= %(since)s AND e.at < %(until)s %(event_within)s
    GROUP BY 1
)
SELECT slot, count(DISTINCT user_id), sum(us) / 1e6,
    sum(us) / %(slot_us)s, max(size.peak),
    COALESCE(sum(us) FILTER (WHERE kind IN ('in_service', 'after_work', 'outbound')), 0) / 1e6,
    COALESCE(max(served.contacts), 0)
FROM piece JOIN size USING (slot) LEFT JOIN served USING (slot)
GROUP BY slot ORDER BY slot
"""
STATES = """
SELECT state.user_id, state.kind, state.break_kind, state.reason, state.start, state."end",
    (COALESCE(NULLIF(state.end_us, 0), %(now_us)s) - state.start_us) / 1e6, state.set_by,
    state.set_by_id
FROM contact_center_agent_state state
WHERE state.start >= %(since)s AND state.start < %(until)s %(within)s
ORDER BY state.start_us, state.id
"""


class ReportKind(models.AbstractModel):
    """Reports of agents' time: shares of states, positions, logins and pauses."""

    _inherit = "contact_center.report.kind"

    @api.model
    def _agent_state_kinds(self):
        """Return the reports of times and states (RP6 II, agents III, V; RP7 V, VI; R6)."""
        section = self.env._("Agents")
        note = self.env._(
            "From the ledger of states, to the second; the parts add up to the logged time."
        )
        return [
            Kind(
                code="agent_time",
                name=self.env._("Distribution of logged time"),
                section=section,
                columns=self._agent_time_columns(),
                source="_agent_time_rows",
                filters=(AGENT,),
                groupings=self._slots("day", "month", "hour"),
                note=note,
                clause="RP6 agents III; RP7 IV; R6 c",
            ),
            Kind(
                code="positions",
                name=self.env._("Positions occupied"),
                section=section,
                columns=self._position_columns(),
                source="_position_rows",
                filters=(AGENT,),
                groupings=self._slots("hour", "day", "month"),
                note=self.env._(
                    "Occupancy: part of the logged time in service, after-contact work and active "
                    "service. Mean: logged time divided by the time of the row."
                ),
                clause="RP6 II",
            ),
            self._states_kind(section, note),
        ]

    @api.model
    def _states_kind(self, section, note):
        return Kind(
            code="agent_states",
            name=self.env._("Logins, pauses and locks"),
            section=section,
            columns=self._agent_states_columns(),
            source="_agent_states_rows",
            filters=(AGENT,),
            note=note,
            clause="RP6 agents V; RP7 V, VI",
        )

    @api.model
    def _agent_time_columns(self):
        _ = self.env._
        kinds = self._words_of("contact_center.agent.state", "kind")
        breaks = self._words_of("contact_center.agent.state", "break_kind")
        words = {
            part: breaks[part] if part in BREAKS else kinds[kind] for part, kind in PARTS.items()
        }
        return (
            Column("agent", _("Agent"), width=24),
            Column("registration", _("Registration"), width=12),
            Column("slot", _("When"), width=16),
            Column("logged", _("Logged time"), DURATION, 11, SUM),
            *(Column(part, words[part], DURATION, 11, SUM) for part in PARTS),
            *(
                Column(f"{part}_share", f"{words[part]} (%)", PERCENT, 9, SHARE, (part, "logged"))
                for part in PARTS
            ),
        )

    @api.model
    def _position_columns(self):
        _ = self.env._
        return (
            Column("slot", _("When"), width=18),
            Column("agents", _("Agents logged in"), NUMBER, 14, HIGHEST),
            Column("logged", _("Logged time"), DURATION, 14, SUM),
            Column("mean", _("Positions (mean)"), DECIMAL, 14),
            Column("peak", _("Positions (highest)"), NUMBER, 14, HIGHEST),
            Column("busy", _("Time at work on contacts"), DURATION, 14, SUM),
            Column("occupancy", _("Occupancy (%)"), PERCENT, 14, SHARE, ("busy", "logged")),
            Column("contacts", _("Contacts"), NUMBER, 12, SUM),
            Column("per_hour", _("Contacts in a logged hour"), DECIMAL, 14),
        )

    @api.model
    def _agent_states_columns(self):
        _ = self.env._
        return (
            Column("agent", _("Agent"), width=24),
            Column("registration", _("Registration"), width=12),
            Column("state", _("State"), width=24),
            Column("kind", _("Kind of break"), width=16),
            Column("reason", _("Reason"), width=30),
            Column("start", _("Begin"), MOMENT, 19),
            Column("end", _("End"), MOMENT, 19),
            Column("lasted", _("Time"), DURATION, 11),
            Column("set_by", _("Changed by"), width=20),
        )
