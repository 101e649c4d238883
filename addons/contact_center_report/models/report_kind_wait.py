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
    MOMENT,
    NUMBER,
    PERCENT,
    QUEUE,
    SHARE,
    SUM,
    Column,
    Kind,
)

# How the citizens left each queue, how many were in it, and how good the estimates were. The number
# waiting comes from the moments at which it changed, weighted by how long it lasted.
_QUEUES = """
WITH stay AS (
    SELECT s.queue_id, s.entered_us, s.left_us, s.left_how, s.waited_seconds AS waited,
        s.told_at IS NOT NULL AND s.told_high > 0 AS told,
        (s.told_low + s.told_high) / 2.0 AS expected, s.told_low, s.told_high
    FROM contact_center_stay s
    JOIN contact_center_conversation c ON c.id = s.conversation_id
    WHERE s.entered_at >= %(since)s AND s.entered_at < %(until)s %(within)s
), change AS (
    SELECT queue_id, at_us, sum(step) AS step FROM (
        SELECT queue_id, entered_us AS at_us, 1 AS step FROM stay
        UNION ALL SELECT queue_id, left_us, -1 FROM stay WHERE left_us IS NOT NULL
    ) steps GROUP BY queue_id, at_us
), size AS (
    SELECT queue_id, sum(step) OVER line AS waiting,
        lead(at_us) OVER line - at_us AS lasted
    FROM change WINDOW line AS (PARTITION BY queue_id ORDER BY at_us)
), sizes AS (
    SELECT queue_id, max(waiting) AS peak,
        sum(waiting * lasted) / NULLIF(sum(lasted), 0) AS mean FROM size GROUP BY queue_id
)
SELECT q.name, count(*), %(ends)s,
    count(*) FILTER (WHERE left_how IS NULL),
    max(mean), max(peak),
    count(*) FILTER (WHERE told AND left_how IS NOT NULL),
    avg(expected) FILTER (WHERE told AND left_how IS NOT NULL),
    avg(waited) FILTER (WHERE told AND left_how IS NOT NULL),
    count(*) FILTER (WHERE told AND left_how IS NOT NULL
        AND waited BETWEEN told_low AND GREATEST(told_high, told_low))
FROM stay LEFT JOIN contact_center_queue q ON q.id = stay.queue_id
LEFT JOIN sizes ON sizes.queue_id = stay.queue_id
GROUP BY stay.queue_id, q.name ORDER BY q.name NULLS LAST
"""
_ABANDONED = """
SELECT c.protocol, p.phone, s.entered_at, q.name, s.waited_seconds, s.place,
    NULLIF(s.told_low, 0), NULLIF(s.told_high, 0), c.channel_kind,
    EXISTS (SELECT 1 FROM contact_center_stay b WHERE b.conversation_id = s.conversation_id
        AND b.left_how IN ('called_back', 'to_callback'))
FROM contact_center_stay s
JOIN contact_center_conversation c ON c.id = s.conversation_id
JOIN res_partner p ON p.id = c.partner_id
LEFT JOIN contact_center_queue q ON q.id = s.queue_id
WHERE s.left_how = 'abandoned' AND s.left_at >= %(since)s AND s.left_at < %(until)s %(within)s
ORDER BY s.left_at, s.id
"""
_BEFORE = """
SELECT c.protocol, p.phone, e.at, c.channel_kind, c.outcome,
    extract(epoch FROM c.closed_at - c.opened_at)
FROM contact_center_event e
JOIN contact_center_conversation c ON c.id = e.conversation_id
JOIN res_partner p ON p.id = c.partner_id
WHERE e.kind = 'closed' AND e.at >= %(since)s AND e.at < %(until)s
    AND c.outcome IN ('abandoned', 'expired', 'out_of_hours') AND c.attendance = 'electronic'
    AND NOT EXISTS (SELECT 1 FROM contact_center_stay s WHERE s.conversation_id = c.id) %(within)s
ORDER BY e.at, e.id
"""
_MOVES = """
SELECT c.protocol, moved.at, moved.kind, moved.from_queue, moved.to_queue, moved.user_id,
    moved.agent_id,
    GREATEST(moved.at_us - (SELECT min(entered_us) FROM contact_center_stay f
        WHERE f.conversation_id = c.id), 0) / 1e6,
    c.outcome
FROM (
    SELECT e.conversation_id, e.at, e.at_us, e.kind, e.data->>'from_queue' AS from_queue,
        q.name AS to_queue, e.user_id, e.agent_id, e.queue_id, e.id
    FROM contact_center_event e LEFT JOIN contact_center_queue q ON q.id = e.queue_id
    WHERE e.kind IN ('transferred', 'released', 'taken_over', 'returned_to_bot')
        AND e.at >= %(since)s AND e.at < %(until)s
    UNION ALL
    SELECT s.conversation_id, s.left_at, s.left_us, s.left_how, q.name, t.name, NULL, NULL,
        s.queue_id, s.id
    FROM contact_center_stay s
    LEFT JOIN contact_center_queue q ON q.id = s.queue_id
    LEFT JOIN LATERAL (
        SELECT n.queue_id FROM contact_center_stay n
        WHERE n.conversation_id = s.conversation_id AND n.entered_us >= s.left_us
        ORDER BY n.entered_us LIMIT 1) n ON true
    LEFT JOIN contact_center_queue t ON t.id = n.queue_id
    WHERE s.left_how IN ('overflowed', 'lent') AND s.left_at >= %(since)s AND s.left_at < %(until)s
) moved
JOIN contact_center_conversation c ON c.id = moved.conversation_id
WHERE true %(within)s
ORDER BY moved.at, moved.id
"""
LEFT_HOW = (
    *("accepted", "lent", "abandoned", "overflowed", "transferred", "to_callback"),
    *("called_back", "no_room", "returned_to_bot", "closed"),
)


class ReportKind(models.AbstractModel):
    """Reports of waiting: the state of the queues, and who left them."""

    _inherit = "contact_center.report.kind"

    @api.model
    def _wait_kinds(self):
        """Return the reports of queues, of those who gave up, and of moves (RP6 IV-VII)."""
        section = self.env._("Waits")
        return [
            Kind(
                code="queue_state",
                name=self.env._("Queues: entries, exits, size and estimates"),
                section=section,
                columns=self._queue_state_columns(),
                source="_queue_state_rows",
                filters=(QUEUE, CHANNEL),
                note=self.env._(
                    "Of the citizens who entered in the period. Mean size: weighted by time "
                    "between the first and the last of them. Error: estimate told minus the wait."
                ),
                clause="RP6 IV",
            ),
            Kind(
                code="abandoned",
                name=self.env._("List of those who gave up in the queue"),
                section=section,
                columns=self._abandoned_columns(),
                source="_abandoned_rows",
                filters=(QUEUE, CHANNEL),
                clause="RP6 V, RP7 XIII",
            ),
            Kind(
                code="before_queue",
                name=self.env._("List of those who gave up before the queue"),
                section=section,
                columns=self._before_columns(),
                source="_before_rows",
                filters=(CHANNEL,),
                clause="RP6 VI",
            ),
            self._move_kind(section),
        ]

    @api.model
    def _move_kind(self, section):
        return Kind(
            code="moves",
            name=self.env._("List of overflows and transfers"),
            section=section,
            columns=self._move_columns(),
            source="_move_rows",
            filters=(QUEUE, CHANNEL),
            clause="RP6 VII, RP7 XII",
        )

    @api.model
    def _queue_state_columns(self):
        _ = self.env._
        words = self._words_of("contact_center.stay", "left_how")
        return (
            Column("queue", _("Queue"), width=24),
            Column("entered", _("Entered"), NUMBER, 10, SUM),
            *(Column(how, words[how], NUMBER, 12, SUM) for how in LEFT_HOW),
            Column("waiting", _("Still waiting"), NUMBER, 11, SUM),
            Column("mean_size", _("Mean size"), DECIMAL, 10),
            Column("peak", _("Largest size"), NUMBER, 10, HIGHEST),
            Column("told", _("Told an estimate"), NUMBER, 11, SUM),
            Column("expected", _("Estimate told (mean)"), DURATION, 11, MEAN, ("told",)),
            Column("real", _("Wait of those told (mean)"), DURATION, 11, MEAN, ("told",)),
            Column("bias", _("Error (mean)"), DURATION, 11, MEAN, ("told",)),
            Column("right", _("Within the estimate"), NUMBER, 11, SUM),
            Column(
                "right_share", _("Within the estimate (%)"), PERCENT, 11, SHARE, ("right", "told")
            ),
        )

    @api.model
    def _abandoned_columns(self):
        _ = self.env._
        return (
            Column("protocol", _("Protocol"), width=18),
            Column("number", _("Number"), width=12),
            Column("at", _("Entered at"), MOMENT, 19),
            Column("queue", _("Queue"), width=26),
            Column("channel", _("Channel"), width=14),
            Column("wait", _("Wait"), DURATION, 10, HIGHEST),
            Column("place", _("Place on entering"), NUMBER, 10),
            Column("low", _("Told, from"), DURATION, 10),
            Column("high", _("Told, up to"), DURATION, 10),
            Column("called", _("Call-back"), width=10),
        )

    @api.model
    def _before_columns(self):
        _ = self.env._
        return (
            Column("protocol", _("Protocol"), width=18),
            Column("number", _("Number"), width=14),
            Column("at", _("Left at"), MOMENT, 19),
            Column("channel", _("Channel"), width=16),
            Column("outcome", _("Outcome"), width=24),
            Column("lasted", _("Time with the assistant"), DURATION, 14, HIGHEST),
        )

    @api.model
    def _move_columns(self):
        _ = self.env._
        return (
            Column("protocol", _("Protocol"), width=18),
            Column("at", _("When"), MOMENT, 19),
            Column("kind", _("What"), width=20),
            Column("from_queue", _("From queue"), width=22),
            Column("to_queue", _("To queue"), width=22),
            Column("by", _("By"), width=20),
            Column("to_agent", _("To agent"), width=20),
            Column("wait", _("Time since the first queue"), DURATION, 12, HIGHEST),
            Column("result", _("Outcome"), width=16),
        )

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------

    @api.model
    def _limits(self, scope, queue):
        """Return since, until and the condition of a scope, for lists of conversations `c`."""
        within = {"channel": SQL("c.channel_kind"), "company": SQL("c.company_id")}
        if queue:
            within["queue"] = queue
        return {
            "since": scope.since,
            "until": scope.until,
            "within": self._within(scope, **within),
        }

    @api.model
    def _queue_state_rows(self, scope):
        """Yield how citizens left each queue, its size, and how good its estimates were."""
        ends = SQL(", ").join(SQL("count(*) FILTER (WHERE left_how = %s)", how) for how in LEFT_HOW)
        query = SQL(_QUEUES, ends=ends, **self._limits(scope, SQL("s.queue_id")))
        for name, entered, *figures in self._stream(query):
            told, expected, real, right = figures[-4:]
            yield (
                name or self.env._("No queue"),
                entered,
                *figures[:-4],
                told,
                expected,
                real,
                expected - real if told else None,
                right,
                100 * right / told if told else None,
            )

    @api.model
    def _abandoned_rows(self, scope):
        """Yield who gave up in a queue."""
        channels = self._channels()
        yes, no = self.env._("Yes"), self.env._("No")
        query = SQL(_ABANDONED, **self._limits(scope, SQL("s.queue_id")))
        for protocol, phone, at, queue, wait, place, low, high, channel, called in self._stream(
            query
        ):
            yield (
                protocol,
                self._masked(phone),
                self._local(scope, at),
                queue,
                channels.get(channel, channel),
                *(wait, place or None, low, high),
                yes if called else no,
            )

    @api.model
    def _before_rows(self, scope):
        """Yield who gave up before any queue; nobody for those who see some queues only."""
        if scope.queues is not None:
            return
        channels = self._channels()
        outcomes = self._words_of("contact_center.conversation", "outcome")
        query = SQL(_BEFORE, **self._limits(scope, None))
        for protocol, phone, at, channel, outcome, lasted in self._stream(query):
            yield (
                protocol,
                self._masked(phone),
                self._local(scope, at),
                channels.get(channel, channel),
                outcomes.get(outcome, outcome),
                lasted,
            )

    @api.model
    def _move_rows(self, scope):
        """Yield how contacts were passed on: by people, or by the rules of overflow and lending."""
        labels = self._agent_labels(scope)
        kinds = {
            **self._words_of("contact_center.stay", "left_how"),
            **self._words_of("contact_center.event", "kind"),
        }
        outcomes = self._words_of("contact_center.conversation", "outcome")
        rule, system = self.env._("Rule of the queue"), self.env.ref("base.user_root").id
        query = SQL(_MOVES, **self._limits(scope, SQL("moved.queue_id")))
        for protocol, at, kind, source, target, user, agent, wait, outcome in self._stream(query):
            yield (
                protocol,
                self._local(scope, at),
                kinds.get(kind, kind),
                *(source, target),
                rule if not user or user == system else labels(user),
                labels(agent),
                wait,
                outcomes.get(outcome, ""),
            )
