# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.contact_center.core.report_kind import (
    CHANNEL,
    DURATION,
    MEAN,
    NUMBER,
    PERCENT,
    QUEUE,
    SHARE,
    SUM,
    Column,
    Kind,
)

_FLOWS = """
SELECT f.name, %(slot)s AS slot, count(*), sum(r.completed_count), sum(r.handed_over_count),
    sum(r.abandoned_count), sum(r.billable_count), avg(r.seconds),
    COALESCE(sum(r.turn_count), 0), COALESCE(sum(r.wrong_count), 0)
FROM (%(sessions)s) r
JOIN chatbot_flow_session s ON s.id = r.id
JOIN contact_center_conversation c ON c.id = s.conversation_id
JOIN chatbot_flow f ON f.id = r.flow_id
WHERE r.started_at >= %(since)s AND r.started_at < %(until)s %(within)s
GROUP BY f.name, slot ORDER BY slot, f.name
"""
_STEPS = """
SELECT f.name, COALESCE(p.to_title, p.to_key, ''), count(*) FILTER (WHERE p.kind = 'went'),
    count(DISTINCT p.session_id) FILTER (WHERE p.kind = 'went'),
    count(*) FILTER (WHERE p.kind = 'wrong'),
    count(*) FILTER (WHERE p.seconds > 0),
    avg(p.seconds) FILTER (WHERE p.seconds > 0)
FROM chatbot_flow_passage p
JOIN chatbot_flow f ON f.id = p.flow_id
JOIN chatbot_flow_session s ON s.id = p.session_id
JOIN contact_center_conversation c ON c.id = s.conversation_id
WHERE p.at >= %(since)s AND p.at < %(until)s %(within)s
GROUP BY f.name, 2 ORDER BY f.name, 3 DESC, 2
"""


class ReportKind(models.AbstractModel):
    """Reports of the assistant: entries, exits, time, what counts, visits by step."""

    _inherit = "contact_center.report.kind"

    @api.model
    def _kinds(self):
        """Add the statistics of flows and of their steps."""
        _ = self.env._
        return [
            *super()._kinds(),
            Kind(
                code="flows",
                name=_("Statistics of the flows"),
                section=_("Virtual assistant"),
                columns=self._flow_columns(),
                source="_flow_report_rows",
                filters=(QUEUE, CHANNEL),
                groupings=self._slots("day", "hour", "month", "whole"),
                note=_(
                    "Sessions that began in the period. Electronic contacts: over, without a "
                    "person, and longer than the registered share of the service's time."
                ),
                clause="RP7 XV, BL1, V21",
            ),
            Kind(
                code="flow_steps",
                name=_("Visits by step of the flows"),
                section=_("Virtual assistant"),
                columns=self._step_columns(),
                source="_step_rows",
                filters=(QUEUE, CHANNEL),
                clause="RP7 XV",
            ),
        ]

    @api.model
    def _flow_columns(self):
        _ = self.env._
        return (
            Column("flow", _("Flow"), width=30),
            Column("slot", _("When"), width=18),
            Column("entries", _("Entries"), NUMBER, 12, SUM),
            Column("completed", _("Completed"), NUMBER, 12, SUM),
            Column("handed_over", _("Handed over"), NUMBER, 12, SUM),
            Column(
                "over_share", _("Handed over (%)"), PERCENT, 12, SHARE, ("handed_over", "entries")
            ),
            Column("abandoned", _("Abandoned"), NUMBER, 12, SUM),
            Column("billable", _("Electronic contacts"), NUMBER, 13, SUM),
            Column("seconds", _("Mean time"), DURATION, 12, MEAN, ("entries",)),
            Column("turns", _("Answers"), NUMBER, 12, SUM),
            Column("wrong", _("Not understood"), NUMBER, 13, SUM),
            Column("wrong_share", _("Not understood (%)"), PERCENT, 13, SHARE, ("wrong", "turns")),
        )

    @api.model
    def _step_columns(self):
        _ = self.env._
        return (
            Column("flow", _("Flow"), width=30),
            Column("step", _("Step"), width=40),
            Column("visits", _("Visits"), NUMBER, 12, SUM),
            Column("sessions", _("Sessions"), NUMBER, 12),
            Column("wrong", _("Not understood"), NUMBER, 13, SUM),
            Column("answers", _("Answers"), NUMBER, 12, SUM),
            Column("seconds", _("Time to answer (mean)"), DURATION, 14, MEAN, ("answers",)),
        )

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------

    @api.model
    def _flow_limits(self, scope):
        """Return the parameters of statements of sessions with their conversations `c`."""
        return {
            "since": scope.since,
            "until": scope.until,
            "within": self._within(
                scope,
                queue=SQL("c.queue_id"),
                channel=SQL("c.channel_kind"),
                company=SQL("c.company_id"),
            ),
        }

    @api.model
    def _flow_report_rows(self, scope):
        """Yield how the sessions of each flow went."""
        slot = SQL("NULL::timestamp")
        if scope.grouping != "whole":
            slot = self._slot_sql(scope, SQL("r.started_at"))
        sessions = self.env["chatbot.flow.report"]._table_query
        query = SQL(_FLOWS, slot=slot, sessions=sessions, **self._flow_limits(scope))
        for flow, moment, entries, completed, over, *figures in self._stream(query):
            abandoned, billable, seconds, turns, wrong = figures
            yield (
                flow,
                self._slot_label(scope, moment),
                *(entries, completed, over),
                100 * over / entries,
                *(abandoned, billable, seconds, turns, wrong),
                100 * wrong / turns if turns else None,
            )

    @api.model
    def _step_rows(self, scope):
        """Yield how often citizens came to each step."""
        query = SQL(_STEPS, **self._flow_limits(scope))
        yield from self._stream(query)
