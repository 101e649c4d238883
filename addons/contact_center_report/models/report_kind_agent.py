# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.contact_center.core.report_kind import (
    AGENT,
    CHANNEL,
    DURATION,
    HIGHEST,
    MEAN,
    MOMENT,
    NUMBER,
    PERCENT,
    QUEUE,
    SHARE,
    SUM,
    Column,
    Kind,
)

from .report_kind import ENDS

# What agents did, from the moments at which they began to serve a contact. What ends a service is
# the contact's next move; ends are read at once until a day after the period, the others looked up.
_SERVICES = """
WITH service AS MATERIALIZED (
    SELECT e.id, e.conversation_id, e.agent_id, %(slot)s AS slot, e.at_us, c.direction,
        e.kind = 'taken_over' AS taken_over
    FROM contact_center_event e
    JOIN contact_center_conversation c ON c.id = e.conversation_id
    WHERE e.kind IN ('accepted', 'taken_over') AND e.agent_id IS NOT NULL
        AND e.at >= %(since)s AND e.at < %(until)s %(within)s
), moved AS MATERIALIZED (
    SELECT service.id, min(f.at_us) FILTER (WHERE f.kind = ANY(%(ends)s)) AS end_us,
        min(f.at_us) FILTER (WHERE f.kind = 'first_reply') AS reply_us
    FROM service JOIN contact_center_event f ON f.conversation_id = service.conversation_id
    WHERE f.id > service.id AND (f.kind = ANY(%(ends)s) OR f.kind = 'first_reply')
        AND f.at >= %(since)s AND f.at < %(until)s::timestamp + interval '1 day'
    GROUP BY service.id
), ended AS (
    SELECT service.*, COALESCE(moved.end_us, (
            SELECT min(f.at_us) FROM contact_center_event f
            WHERE f.conversation_id = service.conversation_id AND f.id > service.id
                AND f.kind = ANY(%(ends)s))) AS end_us,
        COALESCE(moved.reply_us, CASE WHEN moved.end_us IS NULL THEN (
            SELECT min(f.at_us) FROM contact_center_event f
            WHERE f.conversation_id = service.conversation_id AND f.id > service.id
                AND f.kind = 'first_reply') END) AS reply_us
    FROM service LEFT JOIN moved USING (id)
), other AS (
    SELECT CASE WHEN e.kind IN ('transferred', 'returned_to_bot') THEN e.user_id ELSE e.agent_id END
            AS agent_id, %(slot)s AS slot, e.kind, e.data->>'rating' AS rating,
        CASE WHEN e.kind = 'hold' THEN (SELECT min(f.at_us) FROM contact_center_event f
            WHERE f.conversation_id = e.conversation_id AND f.id > e.id
                AND (f.kind = 'hold_ended' OR f.kind = ANY(%(ends)s))) - e.at_us END / 1e6 AS held
    FROM contact_center_event e
    JOIN contact_center_conversation c ON c.id = e.conversation_id
    WHERE e.kind IN ('transferred', 'returned_to_bot', 'hold', 'rated')
        AND e.at >= %(since)s AND e.at < %(until)s %(within)s
), done AS (
    SELECT agent_id, slot, count(*) AS services,
        count(*) FILTER (WHERE direction = 'receptive') AS receptive,
        count(*) FILTER (WHERE direction = 'active') AS active,
        count(*) FILTER (WHERE taken_over) AS taken_over,
        count(end_us) AS handled, avg(end_us - at_us) / 1e6 AS handling,
        sum(end_us - at_us) / 1e6 AS time, max(end_us - at_us) / 1e6 AS longest,
        count(reply_us) FILTER (WHERE end_us IS NULL OR reply_us <= end_us) AS replied,
        avg(reply_us - at_us) FILTER (WHERE end_us IS NULL OR reply_us <= end_us) / 1e6 AS reply
    FROM ended GROUP BY agent_id, slot
), besides AS (
    SELECT agent_id, slot, count(*) FILTER (WHERE kind = 'transferred') AS transferred,
        count(*) FILTER (WHERE kind = 'returned_to_bot') AS returned,
        count(*) FILTER (WHERE kind = 'hold') AS holds, sum(held) AS held,
        count(*) FILTER (WHERE kind = 'rated') AS rated,
        count(*) FILTER (WHERE rating IN ('very_good', 'good')) AS good
    FROM other GROUP BY agent_id, slot
)
SELECT done.agent_id, done.slot, services, receptive, active, taken_over, handled, handling, time,
    longest, replied, reply, COALESCE(transferred, 0), COALESCE(returned, 0), COALESCE(holds, 0),
    held, COALESCE(rated, 0), COALESCE(good, 0)
FROM done LEFT JOIN besides ON besides.agent_id = done.agent_id
    AND besides.slot IS NOT DISTINCT FROM done.slot
ORDER BY done.slot, done.agent_id
"""
_ANSWERED = """
SELECT c.protocol, e.at, q.name, e.agent_id, p.phone, c.channel_kind,
    (SELECT s.waited_seconds FROM contact_center_stay s WHERE s.conversation_id = c.id
        AND s.left_us <= e.at_us ORDER BY s.left_us DESC LIMIT 1),
    ((SELECT min(f.at_us) FROM contact_center_event f WHERE f.conversation_id = c.id
        AND f.id > e.id AND f.kind = ANY(%(ends)s)) - e.at_us) / 1e6,
    c.outcome, d.complete_name, c.satisfaction, c.direction
FROM contact_center_event e
JOIN contact_center_conversation c ON c.id = e.conversation_id
JOIN res_partner p ON p.id = c.partner_id
LEFT JOIN contact_center_queue q ON q.id = e.queue_id
LEFT JOIN contact_center_disposition d ON d.id = c.disposition_id
WHERE e.kind IN ('accepted', 'taken_over') AND e.at >= %(since)s AND e.at < %(until)s %(within)s
ORDER BY e.at, e.id
"""


class ReportKind(models.AbstractModel):
    """Reports of agents' contacts."""

    _inherit = "contact_center.report.kind"

    @api.model
    def _agent_kinds(self):
        """Return the reports of what agents served (RP6 agents I, II, IV, VII; RP7 I, IV, XIV)."""
        section = self.env._("Agents")
        return [
            Kind(
                code="agent_service",
                name=self.env._("Service by agent"),
                section=section,
                columns=self._agent_service_columns(),
                source="_agent_service_rows",
                filters=(QUEUE, AGENT, CHANNEL),
                groupings=self._slots("day", "hour", "month", "whole"),
                note=self.env._(
                    "Counted when the agent accepted the contact or took it over. TMA: from then "
                    "until the contact was passed on or ended. Transfers, holds and ratings count "
                    "when they happened."
                ),
                clause="RP6 II, agents I, II, IV; RP7 I, II, IV",
            ),
            Kind(
                code="answered",
                name=self.env._("List of contacts answered"),
                section=section,
                columns=self._answered_columns(),
                source="_answered_rows",
                filters=(QUEUE, AGENT, CHANNEL),
                clause="RP6 agents VI-VIII, RP7 III, XIV",
            ),
        ]

    @api.model
    def _agent_service_columns(self):
        _ = self.env._
        return (
            Column("agent", _("Agent"), width=24),
            Column("registration", _("Registration"), width=12),
            Column("slot", _("When"), width=16),
            Column("services", _("Contacts"), NUMBER, 10, SUM),
            Column("receptive", _("Receptive"), NUMBER, 10, SUM),
            Column("active", _("Active"), NUMBER, 9, SUM),
            Column("taken", _("Taken over"), NUMBER, 10, SUM),
            Column("handled", _("Handled to the end"), NUMBER, 11, SUM),
            Column("handling", _("TMA (mean handling time)"), DURATION, 10, MEAN, ("handled",)),
            Column("time", _("Time in contacts"), DURATION, 11, SUM),
            Column("longest", _("Longest contact"), DURATION, 11, HIGHEST),
            Column("replied", _("With a first reply"), NUMBER, 10, SUM),
            Column("reply", _("First reply after (mean)"), DURATION, 10, MEAN, ("replied",)),
            Column("transferred", _("Transferred"), NUMBER, 11, SUM),
            Column("returned", _("Returned to the assistant"), NUMBER, 11, SUM),
            Column("holds", _("Holds"), NUMBER, 9, SUM),
            Column("held", _("Time on hold"), DURATION, 10, SUM),
            Column("rated", _("Rated"), NUMBER, 9, SUM),
            Column("good", _("Good or very good"), NUMBER, 10, SUM),
            Column("good_share", _("IPS (%)"), PERCENT, 9, SHARE, ("good", "rated")),
        )

    @api.model
    def _answered_columns(self):
        _ = self.env._
        return (
            Column("protocol", _("Protocol"), width=18),
            Column("at", _("Answered at"), MOMENT, 19),
            Column("queue", _("Queue"), width=20),
            Column("agent", _("Agent"), width=20),
            Column("number", _("Number"), width=12),
            Column("channel", _("Channel"), width=12),
            Column("wait", _("Wait"), DURATION, 10, HIGHEST),
            Column("handled", _("Handling time"), DURATION, 10, SUM),
            Column("outcome", _("Outcome"), width=14),
            Column("subject", _("Subject"), width=30),
            Column("rating", _("Rating"), width=12),
            Column("direction", _("Direction"), width=11),
        )

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------

    @api.model
    def _registrations(self, scope):
        """Return a function from the id of a user to their registration number, "" for none."""
        # sudo: contact_center.assignment - numbers for whoever may see these agents' figures
        found = (
            self.env["contact_center.assignment"]
            .sudo()
            .search([("date_from", "<=", scope.last)], order="date_from, id")
        )
        numbers = {assignment.user_id.id: assignment.registration for assignment in found}
        return lambda user_id: numbers.get(user_id, "")

    @api.model
    def _service_limits(self, scope):
        """Return the parameters of a statement of agents' services (events `e`)."""
        return {
            "since": scope.since,
            "until": scope.until,
            "ends": ENDS,
            "within": self._within(
                scope,
                queue=SQL("e.queue_id"),
                agent=SQL("e.agent_id"),
                channel=SQL("c.channel_kind"),
                company=SQL("c.company_id"),
            ),
        }

    @api.model
    def _agent_service_rows(self, scope):
        """Yield what each agent served, and when."""
        slot = SQL("NULL::timestamp")
        if scope.grouping != "whole":
            slot = self._slot_sql(scope, SQL("e.at"))
        labels, numbers = self._agent_labels(scope), self._registrations(scope)
        query = SQL(_SERVICES, slot=slot, **self._service_limits(scope))
        for agent, moment, *figures in self._stream(query):
            rated, good = figures[-2:]
            yield (
                labels(agent),
                numbers(agent),
                self._slot_label(scope, moment),
                *figures,
                100 * good / rated if rated else None,
            )

    @api.model
    def _answered_rows(self, scope):
        """Yield the contacts that agents answered."""
        labels, channels = self._agent_labels(scope), self._channels()
        words = {
            name: self._words_of("contact_center.conversation", name)
            for name in ("outcome", "satisfaction", "direction")
        }
        query = SQL(_ANSWERED, **self._service_limits(scope))
        for row in self._stream(query):
            protocol, at, queue, agent, phone, channel, wait, handled, *rest = row
            outcome, subject, rating, direction = rest
            yield (
                protocol,
                self._local(scope, at),
                queue,
                labels(agent),
                self._masked(phone),
                channels.get(channel, channel),
                wait,
                handled,
                words["outcome"].get(outcome, ""),
                subject,
                words["satisfaction"].get(rating, ""),
                words["direction"].get(direction, direction),
            )
