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

RESULTS = ("accepted", "assigned", "refused", "expired", "gone", "withdrawn")
_OFFERS = """
SELECT o.user_id, %(slot)s AS slot, count(*), %(results)s,
    count(*) FILTER (WHERE o.answered_at IS NOT NULL AND o.result IN ('accepted', 'refused')),
    avg(extract(epoch FROM o.answered_at - o.at)) FILTER (WHERE o.result IN ('accepted', 'refused'))
FROM contact_center_offer o
JOIN contact_center_conversation c ON c.id = o.conversation_id
WHERE o.at >= %(since)s AND o.at < %(until)s %(within)s
GROUP BY o.user_id, slot ORDER BY slot, o.user_id
"""
_REFUSED = """
SELECT o.at, c.protocol, q.name, o.user_id, o.result, o.refusal, o.answered_at, o.why
FROM contact_center_offer o
JOIN contact_center_conversation c ON c.id = o.conversation_id
LEFT JOIN contact_center_queue q ON q.id = o.queue_id
WHERE o.result IN ('refused', 'expired', 'gone') AND o.at >= %(since)s AND o.at < %(until)s
    %(within)s
ORDER BY o.at, o.id
"""
_CALLBACKS = """
SELECT b.offered_at, c.protocol, q.name, b.why, b.state, b.agreed_at, b.called_at, b.tries,
    b.agent_id, extract(epoch FROM b.called_at - b.agreed_at)
FROM contact_center_callback b
JOIN contact_center_conversation c ON c.id = b.conversation_id
LEFT JOIN contact_center_queue q ON q.id = b.queue_id
WHERE b.offered_at >= %(since)s AND b.offered_at < %(until)s %(within)s
ORDER BY b.offered_at, b.id
"""


class ReportKind(models.AbstractModel):
    """Reports of what was offered to agents, and of call-backs."""

    _inherit = "contact_center.report.kind"

    @api.model
    def _kinds(self):
        """Add offers, refusals and call-backs."""
        _ = self.env._
        return [
            *super()._kinds(),
            Kind(
                code="offers",
                name=_("Offers by agent"),
                section=_("Distribution"),
                columns=self._offer_columns(),
                source="_offer_rows",
                filters=(QUEUE, AGENT, CHANNEL),
                groupings=self._slots("day", "hour", "month", "whole"),
                note=_("Contacts offered or assigned, counted when they were."),
                clause="RP6 agents IV",
            ),
            Kind(
                code="refusals",
                name=_("List of refused and unanswered offers"),
                section=_("Distribution"),
                columns=self._refusal_columns(),
                source="_refusal_rows",
                filters=(QUEUE, AGENT, CHANNEL),
                clause="RP7 V",
            ),
            Kind(
                code="callbacks",
                name=_("List of call-backs"),
                section=_("Distribution"),
                columns=self._callback_columns(),
                source="_callback_rows",
                filters=(QUEUE, CHANNEL),
                clause="RP6 V",
            ),
        ]

    @api.model
    def _offer_columns(self):
        _ = self.env._
        words = self._words_of("contact_center.offer", "result")
        return (
            Column("agent", _("Agent"), width=26),
            Column("slot", _("When"), width=18),
            Column("offers", _("Offers"), NUMBER, 12, SUM),
            *(Column(result, words[result], NUMBER, 12, SUM) for result in RESULTS),
            Column("accepted_share", _("Accepted (%)"), PERCENT, 12, SHARE, ("accepted", "offers")),
            Column("answers", _("Answered by the agent"), NUMBER, 12, SUM),
            Column("answer", _("Time to answer (mean)"), DURATION, 12, MEAN, ("answers",)),
        )

    @api.model
    def _refusal_columns(self):
        _ = self.env._
        return (
            Column("at", _("Offered"), MOMENT, 19),
            Column("protocol", _("Protocol"), width=18),
            Column("queue", _("Queue"), width=24),
            Column("agent", _("Agent"), width=24),
            Column("result", _("Result"), width=16),
            Column("refusal", _("Why refused"), width=34),
            Column("answered_at", _("Answered at"), MOMENT, 19),
        )

    @api.model
    def _callback_columns(self):
        _ = self.env._
        return (
            Column("at", _("Offered"), MOMENT, 19),
            Column("protocol", _("Protocol"), width=18),
            Column("queue", _("Queue"), width=22),
            Column("why", _("Offered because"), width=26),
            Column("state", _("State"), width=24),
            Column("agreed_at", _("Agreed"), MOMENT, 19),
            Column("called_at", _("Called back"), MOMENT, 19),
            Column("tries", _("Tries"), NUMBER, 8, SUM),
            Column("agent", _("Agent"), width=20),
            Column("wait", _("From agreeing to the call"), DURATION, 12, HIGHEST),
        )

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------

    @api.model
    def _distribution_limits(self, scope, table, agent):
        """Return the parameters of a statement of rows of a `table` with their conversations."""
        return {
            "since": scope.since,
            "until": scope.until,
            "within": self._within(
                scope,
                queue=SQL("%s.queue_id", SQL.identifier(table)),
                agent=SQL("%s.%s", SQL.identifier(table), SQL.identifier(agent)),
                channel=SQL("c.channel_kind"),
                company=SQL("c.company_id"),
            ),
        }

    @api.model
    def _offer_rows(self, scope):
        """Yield what was offered to each agent, and when."""
        labels = self._agent_labels(scope)
        slot = SQL("NULL::timestamp")
        if scope.grouping != "whole":
            slot = self._slot_sql(scope, SQL("o.at"))
        results = [SQL("count(*) FILTER (WHERE o.result = %s)", result) for result in RESULTS]
        limits = self._distribution_limits(scope, "o", "user_id")
        query = SQL(_OFFERS, slot=slot, results=SQL(", ").join(results), **limits)
        for agent, moment, offers, *figures in self._stream(query):
            *results, answers, answer = figures
            yield (
                labels(agent),
                self._slot_label(scope, moment),
                offers,
                *results,
                100 * results[0] / offers,
                *(answers, answer),
            )

    @api.model
    def _refusal_rows(self, scope):
        """Yield the offers that came to nothing by the agent's doing."""
        labels = self._agent_labels(scope)
        results = self._words_of("contact_center.offer", "result")
        refusals = self._words_of("contact_center.offer", "refusal")
        query = SQL(_REFUSED, **self._distribution_limits(scope, "o", "user_id"))
        for at, protocol, queue, agent, result, refusal, answered_at, _why in self._stream(query):
            yield (
                self._local(scope, at),
                *(protocol, queue),
                labels(agent),
                results.get(result, result),
                refusals.get(refusal, ""),
                self._local(scope, answered_at),
            )

    @api.model
    def _callback_rows(self, scope):
        """Yield the call-backs that were offered."""
        labels = self._agent_labels(scope)
        reasons = self._words_of("contact_center.callback", "why")
        states = self._words_of("contact_center.callback", "state")
        query = SQL(_CALLBACKS, **self._distribution_limits(scope, "b", "agent_id"))
        for row in self._stream(query):
            at, protocol, queue, why, state, agreed_at, called_at, tries, agent, wait = row
            yield (
                self._local(scope, at),
                *(protocol, queue),
                reasons.get(why, why),
                states.get(state, state),
                self._local(scope, agreed_at),
                self._local(scope, called_at),
                tries,
                labels(agent),
                wait,
            )
