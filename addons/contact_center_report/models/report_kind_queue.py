# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.contact_center.core.report_kind import (
    CHANNEL,
    DECIMAL,
    DURATION,
    HIGHEST,
    MEAN,
    NUMBER,
    PERCENT,
    QUEUE,
    SHARE,
    SUM,
    Column,
    Kind,
)

from .report_kind import ANSWERED, ENDS

# A row for each group of stays that began in the period. A contact that was passed on from queue
# to queue counts in each of them: the figures are those of the queue's work. When services ended is
# read at once for all that ended until a day after the period; the few others are looked up.
_STAYS = """
WITH stay AS MATERIALIZED (
    SELECT s.id, s.conversation_id, s.queue_id, c.channel_kind, %(slot)s AS slot, s.left_how,
        s.waited_seconds AS waited, s.left_us, s.left_how = ANY(%(answered)s) AS is_answered,
        CASE WHEN c.channel_kind = ANY(%(calls)s) THEN q.call_level_seconds
            ELSE q.service_level_seconds END AS goal,
        q.service_level_percent AS percent,
        s.first_id IS NOT NULL AND EXISTS (
            SELECT 1 FROM contact_center_stay b WHERE b.conversation_id = s.conversation_id
            AND b.left_how = 'overflowed' AND b.id < s.id AND b.left_us <= s.entered_us
        ) AS came_over
    FROM contact_center_stay s
    JOIN contact_center_conversation c ON c.id = s.conversation_id
    LEFT JOIN contact_center_queue q ON q.id = s.queue_id
    WHERE s.entered_at >= %(since)s AND s.entered_at < %(until)s %(within)s
), ended AS MATERIALIZED (
    SELECT stay.id, min(e.at_us) AS at_us
    FROM stay JOIN contact_center_event e ON e.conversation_id = stay.conversation_id
    WHERE stay.is_answered AND e.at_us > stay.left_us AND e.kind = ANY(%(ends)s)
        AND e.at >= %(since)s AND e.at < %(until)s::timestamp + interval '1 day'
    GROUP BY stay.id
), done AS (
    SELECT stay.*, CASE WHEN is_answered THEN COALESCE(ended.at_us, (
            SELECT min(e.at_us) FROM contact_center_event e
            WHERE e.conversation_id = stay.conversation_id AND e.at_us > stay.left_us
                AND e.kind = ANY(%(ends)s))) - stay.left_us END / 1e6 AS handled
    FROM stay LEFT JOIN ended USING (id)
)
SELECT %(group)s AS part, slot, count(*) AS received,
    count(*) FILTER (WHERE is_answered), count(*) FILTER (WHERE left_how = 'abandoned'),
    count(*) FILTER (WHERE left_how = 'overflowed'), count(*) FILTER (WHERE came_over),
    count(*) FILTER (WHERE left_how IN ('transferred', 'closed', 'returned_to_bot', 'no_room',
        'to_callback', 'called_back')),
    count(*) FILTER (WHERE left_how IS NULL),
    count(*) FILTER (WHERE is_answered AND waited <= goal),
    avg(waited) FILTER (WHERE left_how IS NOT NULL),
    avg(waited) FILTER (WHERE is_answered), avg(waited) FILTER (WHERE left_how = 'abandoned'),
    max(waited), count(handled), avg(handled), max(percent), sum(handled)
FROM done GROUP BY part, slot ORDER BY part NULLS LAST, slot
"""


class ReportKind(models.AbstractModel):
    """Reports of what came to the queues and how it was answered."""

    _inherit = "contact_center.report.kind"

    @api.model
    def _queue_kinds(self):
        """Return the statistics of services, channels and traffic (RP6 I, III; RP9; RP12)."""
        section = self.env._("Service")
        note = self.env._(
            "Counted when the contact entered the queue. TME: mean wait of all; TMR: of those "
            "answered; TMA: from the answer to the end with that agent. Within the goal: answered "
            "in the time set for the queue, of all received."
        )
        slots = self._slots("day", "half_hour", "hour", "month", "whole")
        return [
            Kind(
                code="service",
                name=self.env._("Statistics by queue"),
                section=section,
                columns=(Column("queue", self.env._("Queue"), width=24), *self._stay_columns()),
                source="_service_rows",
                filters=(QUEUE, CHANNEL),
                groupings=slots,
                note=note,
                clause="RP6 I, RP13, RP18",
            ),
            Kind(
                code="channel",
                name=self.env._("Statistics by channel"),
                section=section,
                columns=(Column("channel", self.env._("Channel"), width=18), *self._stay_columns()),
                source="_channel_rows",
                filters=(QUEUE, CHANNEL),
                groupings=slots,
                note=note,
                clause="RP6 I, D1",
            ),
            self._traffic_kind(section),
        ]

    @api.model
    def _traffic_kind(self, section):
        return Kind(
            code="traffic",
            name=self.env._("Traffic"),
            section=section,
            columns=self._traffic_columns(),
            source="_traffic_rows",
            filters=(QUEUE, CHANNEL),
            groupings=self._slots("half_hour", "hour", "day"),
            note=self.env._(
                "Erlangs offered: contacts received times the mean handling time, in the time "
                "of the row; carried: those answered."
            ),
            clause="RP6 III, RP12, R23",
        )

    @api.model
    def _stay_columns(self):
        """Return the columns of what came to a queue or a channel."""
        _ = self.env._
        return (
            Column("slot", _("When"), width=16),
            Column("received", _("Received"), NUMBER, 10, SUM),
            Column("answered", _("Answered"), NUMBER, 11, SUM),
            Column("abandoned", _("Gave up"), NUMBER, 11, SUM),
            Column(
                "abandoned_share", _("Gave up (%)"), PERCENT, 11, SHARE, ("abandoned", "received")
            ),
            Column("overflowed", _("Overflowed to others"), NUMBER, 12, SUM),
            Column("came_over", _("Overflowed from others"), NUMBER, 12, SUM),
            Column("elsewhere", _("Left otherwise"), NUMBER, 11, SUM),
            Column("waiting", _("Still waiting"), NUMBER, 11, SUM),
            Column("within", _("Within the goal"), NUMBER, 11, SUM),
            Column(
                "within_share", _("Within the goal (%)"), PERCENT, 11, SHARE, ("within", "received")
            ),
            Column("wait", _("TME (mean wait)"), DURATION, 10, MEAN, ("received",)),
            Column(
                "wait_answered", _("TMR (wait until answered)"), DURATION, 10, MEAN, ("answered",)
            ),
            Column("wait_lost", _("Wait of those who gave up"), DURATION, 10, MEAN, ("abandoned",)),
            Column("longest", _("Longest wait"), DURATION, 10, HIGHEST),
            Column("handled", _("Handled to the end"), NUMBER, 11, SUM),
            Column("handling", _("TMA (mean handling time)"), DURATION, 10, MEAN, ("handled",)),
            Column("goal", _("Goal (%)"), PERCENT, 9),
            Column("difference", _("Difference to the goal (points)"), DECIMAL, 11),
        )

    @api.model
    def _traffic_columns(self):
        """Return the columns of the traffic."""
        _ = self.env._
        return (
            Column("slot", _("When"), width=18),
            Column("received", _("Received"), NUMBER, 12, SUM),
            Column("answered", _("Answered"), NUMBER, 12, SUM),
            Column("lost", _("Not answered"), NUMBER, 12, SUM),
            Column("lost_share", _("Not answered (%)"), PERCENT, 14, SHARE, ("lost", "received")),
            Column("handling", _("TMA (mean handling time)"), DURATION, 14, MEAN, ("answered",)),
            Column("offered", _("Erlangs offered"), DECIMAL, 14, HIGHEST),
            Column("carried", _("Erlangs carried"), DECIMAL, 14, HIGHEST),
        )

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------

    @api.model
    def _stay_query(self, scope, group):
        """Return the statement of stays by a column and by time."""
        slot = SQL("NULL::timestamp")
        if scope.grouping != "whole":
            slot = self._slot_sql(scope, SQL("s.entered_at"))
        return SQL(
            _STAYS,
            slot=slot,
            group=group,
            answered=ANSWERED,
            ends=ENDS,
            calls=list(self.env["contact_center.conversation"]._call_kinds()),
            since=scope.since,
            until=scope.until,
            within=self._within(
                scope,
                queue=SQL("s.queue_id"),
                channel=SQL("c.channel_kind"),
                company=SQL("c.company_id"),
            ),
        )

    @api.model
    def _service_rows(self, scope):
        """Yield what came to each queue, and when."""
        queues = self.env["contact_center.queue"].with_context(active_test=False)
        names = {queue.id: queue.name for queue in queues.search([])}
        for part, *figures in self._stream(self._stay_query(scope, SQL("queue_id"))):
            yield (names.get(part, self.env._("No queue")), *self._stay_row(scope, figures, True))

    @api.model
    def _channel_rows(self, scope):
        """Yield what came by each channel, and when."""
        names = self._channels()
        for part, *figures in self._stream(self._stay_query(scope, SQL("channel_kind"))):
            yield (names.get(part, part), *self._stay_row(scope, figures, False))

    @api.model
    def _stay_row(self, scope, figures, has_goal):
        """Return the cells of a row of `_STAYS` after the first one."""
        slot, received, answered, abandoned, *rest = figures
        over, came, elsewhere, waiting, within, *times = rest
        wait, wait_answered, wait_lost, longest, handled, handling, percent, _sum = times
        share = 100 * within / received
        goal = percent if has_goal else None
        return (
            self._slot_label(scope, slot),
            received,
            answered,
            abandoned,
            100 * abandoned / received,
            *(over, came, elsewhere, waiting, within),
            share,
            *(wait, wait_answered, wait_lost, longest, handled, handling),
            goal,
            None if goal is None else share - goal,
        )

    @api.model
    def _traffic_rows(self, scope):
        """Yield the traffic of all queues together, with its Erlangs."""
        seconds = {"half_hour": 1800, "hour": 3600}.get(scope.grouping, 86_400)
        for _part, *figures in self._stream(self._stay_query(scope, SQL("NULL::int"))):
            slot, received, answered, *rest = figures
            handling, total = rest[-3], rest[-1] or 0
            yield (
                self._slot_label(scope, slot),
                received,
                answered,
                received - answered,
                100 * (received - answered) / received,
                handling,
                None if handling is None else received * handling / seconds,
                total / seconds,
            )
