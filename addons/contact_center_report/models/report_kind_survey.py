# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.contact_center.core import survey_register
from odoo.addons.contact_center.core.report_kind import (
    AGENT,
    CHANNEL,
    DAY,
    NUMBER,
    PERCENT,
    QUEUE,
    SHARE,
    SUM,
    Column,
    Kind,
)

GRADES = ("very_good", "good", "fair", "poor")
# The register of surveys of contacts that ended in the period.
_SURVEYS = """
SELECT %(slot)s AS slot, q.name, %(agent)s AS agent, count(*),
    count(*) FILTER (WHERE c.survey_result <> %(not_asked)s),
    count(*) FILTER (WHERE c.survey_result = %(answered)s),
    %(grades)s, %(reasons)s
FROM contact_center_event e
JOIN contact_center_conversation c ON c.id = e.conversation_id
LEFT JOIN contact_center_queue q ON q.id = c.queue_id
WHERE e.kind = 'closed' AND e.at >= %(since)s AND e.at < %(until)s
    AND c.survey_result IS NOT NULL %(within)s
GROUP BY slot, q.name, agent ORDER BY slot, q.name NULLS LAST, agent NULLS LAST
"""
REASONS = (
    survey_register.QUEUE,
    survey_register.MESSAGE,
    survey_register.OPTED_OUT,
    survey_register.WINDOW,
    survey_register.LEFT,
    survey_register.SILENCE,
    survey_register.OTHER,
)
# Teams as the assignments have them, on the first and the last day of the period.
_TEAMS = """
WITH duty AS (
    SELECT a.*,
        date_from <= %(first)s AND COALESCE(date_until, 'infinity') >= %(first)s AS at_first,
        date_from <= %(last)s AND COALESCE(date_until, 'infinity') >= %(last)s AS at_last,
        NOT EXISTS (SELECT 1 FROM contact_center_assignment b WHERE b.user_id = a.user_id
            AND b.date_from < a.date_from) AND date_from BETWEEN %(first)s AND %(last)s AS came,
        NOT EXISTS (SELECT 1 FROM contact_center_assignment b WHERE b.user_id = a.user_id
            AND b.date_from > a.date_from) AND date_until >= %(first)s AND date_until < %(last)s
            AS went
    FROM contact_center_assignment a
    JOIN contact_center_operation o ON o.id = a.operation_id
    WHERE a.date_from <= %(last)s AND COALESCE(a.date_until, 'infinity') >= %(first)s %(within)s
)
SELECT o.name, supervisor_id, count(*) FILTER (WHERE at_first), count(*) FILTER (WHERE came),
    count(*) FILTER (WHERE went), count(*) FILTER (WHERE at_last),
    min(date_from), max(date_until)
FROM duty JOIN contact_center_operation o ON o.id = duty.operation_id
GROUP BY o.name, supervisor_id ORDER BY o.name, supervisor_id
"""


class ReportKind(models.AbstractModel):
    """Reports of satisfaction and of the teams."""

    _inherit = "contact_center.report.kind"

    @api.model
    def _survey_kinds(self):
        """Return the reports of surveys and of teams with their turnover (N5; RP7 XVIII)."""
        _ = self.env._
        note = _("Contacts that ended in the period and that a person answered or the bot asked.")
        slots = self._slots("month", "day", "whole")
        return [
            Kind(
                code="surveys",
                name=_("Satisfaction by queue"),
                section=_("Satisfaction"),
                columns=self._survey_columns(with_agent=False),
                source="_survey_rows",
                filters=(QUEUE, CHANNEL),
                groupings=slots,
                note=note,
                clause="RP7 XVIII (IPS)",
            ),
            Kind(
                code="surveys_agent",
                name=_("Satisfaction by agent"),
                section=_("Satisfaction"),
                columns=self._survey_columns(with_agent=True),
                source="_survey_agent_rows",
                filters=(QUEUE, AGENT, CHANNEL),
                groupings=slots,
                note=note,
                clause="RP6 agents IV",
            ),
            Kind(
                code="teams",
                name=_("Teams and turnover"),
                section=_("Agents"),
                columns=self._team_columns(),
                source="_team_rows",
                note=_(
                    "From the assignments. Turnover: half of those who came and went, of the team "
                    "on the first day."
                ),
                clause="RP7 XVIII (turnover)",
            ),
        ]

    @api.model
    def _survey_columns(self, with_agent):
        """Return the columns of satisfaction."""
        _ = self.env._
        grades = self._words_of("contact_center.conversation", "satisfaction")
        reasons = self._words_of("contact_center.conversation", "survey_not_asked")
        agent = (Column("agent", _("Agent"), width=24),) if with_agent else ()
        return (
            Column("slot", _("When"), width=14),
            Column("queue", _("Queue"), width=24),
            *agent,
            Column("contacts", _("Contacts"), NUMBER, 10, SUM),
            Column("asked", _("Asked"), NUMBER, 10, SUM),
            Column("answered", _("Rated"), NUMBER, 10, SUM),
            Column("answered_share", _("Rated (%)"), PERCENT, 10, SHARE, ("answered", "asked")),
            *(Column(grade, grades[grade], NUMBER, 10, SUM) for grade in GRADES),
            Column("pleased", _("Good or very good"), NUMBER, 11, SUM),
            Column("pleased_share", _("IPS (%)"), PERCENT, 9, SHARE, ("pleased", "answered")),
            *(Column(f"no_{why}", reasons[why], NUMBER, 12, SUM) for why in REASONS),
        )

    @api.model
    def _team_columns(self):
        _ = self.env._
        return (
            Column("operation", _("Operation"), width=24),
            Column("supervisor", _("Direct supervisor"), width=28),
            Column("at_first", _("Agents on the first day"), NUMBER, 14, SUM),
            Column("came", _("Came"), NUMBER, 12, SUM),
            Column("went", _("Went"), NUMBER, 12, SUM),
            Column("at_last", _("Agents on the last day"), NUMBER, 14, SUM),
            Column("turnover", _("Turnover (%)"), PERCENT, 12),
            Column("since", _("First assignment"), DAY, 14),
            Column("until", _("Last assignment ends"), DAY, 14),
        )

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------

    @api.model
    def _survey_query(self, scope, agent):
        """Return the statement of the register of surveys."""
        slot = SQL("NULL::timestamp")
        if scope.grouping != "whole":
            slot = self._slot_sql(scope, SQL("e.at"))
        grades = [SQL("count(*) FILTER (WHERE c.satisfaction = %s)", grade) for grade in GRADES]
        reasons = [SQL("count(*) FILTER (WHERE c.survey_not_asked = %s)", why) for why in REASONS]
        return SQL(
            _SURVEYS,
            slot=slot,
            agent=agent,
            grades=SQL(", ").join(grades),
            reasons=SQL(", ").join(reasons),
            answered=survey_register.ANSWERED,
            not_asked=survey_register.NOT_ASKED,
            since=scope.since,
            until=scope.until,
            within=self._within(
                scope,
                queue=SQL("c.queue_id"),
                agent=SQL("c.survey_agent_id"),
                channel=SQL("c.channel_kind"),
                company=SQL("c.company_id"),
            ),
        )

    @api.model
    def _survey_cells(self, figures):
        """Return the cells of a row of surveys from its counts."""
        contacts, asked, answered, *rest = figures
        grades, reasons = rest[: len(GRADES)], rest[len(GRADES) :]
        pleased = grades[0] + grades[1]
        return (
            *(contacts, asked, answered),
            100 * answered / asked if asked else None,
            *grades,
            pleased,
            100 * pleased / answered if answered else None,
            *reasons,
        )

    @api.model
    def _survey_rows(self, scope):
        """Yield how satisfied the citizens of each queue were."""
        nothing = self.env._("No queue")
        query = self._survey_query(scope, SQL("NULL::int"))
        for slot, queue, _agent, *figures in self._stream(query):
            yield (
                self._slot_label(scope, slot),
                queue or nothing,
                *self._survey_cells(figures),
            )

    @api.model
    def _survey_agent_rows(self, scope):
        """Yield how satisfied the citizens of each agent were."""
        nothing, labels = self.env._("No queue"), self._agent_labels(scope)
        query = self._survey_query(scope, SQL("c.survey_agent_id"))
        for slot, queue, agent, *figures in self._stream(query):
            yield (
                self._slot_label(scope, slot),
                queue or nothing,
                labels(agent),
                *self._survey_cells(figures),
            )

    @api.model
    def _team_rows(self, scope):
        """Yield the teams with who came and went."""
        labels = self._agent_labels(scope)
        within = SQL("")
        if scope.companies is not None:
            within = SQL(
                "AND (o.company_id IS NULL OR o.company_id = ANY(%s))", list(scope.companies)
            )
        query = SQL(_TEAMS, first=scope.first, last=scope.last, within=within)
        for operation, supervisor, first, came, went, last, since, until in self._stream(query):
            yield (
                operation,
                labels(supervisor),
                *(first, came, went, last),
                50 * (came + went) / first if first else None,
                *(since, until),
            )
