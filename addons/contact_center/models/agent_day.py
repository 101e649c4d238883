# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, time, timedelta, timezone

from odoo import api, fields, models
from odoo.tools import SQL

from ..core import agent_time
from ..core.microseconds import SECOND, now_us, to_us

MINUTE = 60 * SECOND
# Parts of the logged time: every state but "logged out", breaks by their kind.
PARTS = {
    "available": "kind = 'available'",
    "offered": "kind = 'offered'",
    "in_service": "kind = 'in_service'",
    "after_work": "kind = 'after_work'",
    "break_regulated": "kind = 'break' AND break_kind = 'regulated'",
    "break_snack": "kind = 'break' AND break_kind = 'snack'",
    "break_other": "kind = 'break' AND COALESCE(break_kind, 'other') = 'other'",
    "with_supervisor": "kind = 'with_supervisor'",
    "training": "kind = 'training'",
    "outbound": "kind = 'outbound'",
    "recovery": "kind = 'recovery'",
    "away": "kind = 'away'",
    "not_answering": "kind = 'not_answering'",
}
# Pauses that are granted: how often each began.
GRANTED = ("break_regulated", "break_snack", "recovery")
# An interval is cut at the midnights of the city that it crosses.
_DAYS = """
SELECT part.user_id::int8 * 100000 + (part.day - DATE '2000-01-01') AS id,
    part.user_id, part.day, duty.supervisor_id, duty.registration,
    %(minutes)s, %(shares)s, %(counts)s, part.logged / 6e7 AS logged
FROM (
    SELECT user_id, day, sum(us) FILTER (WHERE kind <> 'logged_out') AS logged, %(sums)s
    FROM (
        SELECT state.user_id, state.kind, state.break_kind, edge.day,
            LEAST(COALESCE(NULLIF(state.end_us, 0), %(now_us)s), edge.until_us)
                - GREATEST(state.start_us, edge.since_us) AS us,
            state.start_us >= edge.since_us AS begins
        FROM contact_center_agent_state state
        CROSS JOIN LATERAL (
            SELECT moment::date AS day,
                (extract(epoch FROM moment AT TIME ZONE %(tz)s) * 1000000)::int8 AS since_us,
                (extract(epoch FROM (moment + interval '1 day') AT TIME ZONE %(tz)s)
                    * 1000000)::int8 AS until_us
            FROM generate_series(
                date_trunc('day', state.start AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s),
                COALESCE(state."end", %(now)s) AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s,
                interval '1 day') AS moment
        ) edge
        WHERE state.kind <> 'logged_out'
    ) piece
    WHERE us > 0 GROUP BY user_id, day
) part
LEFT JOIN contact_center_assignment duty ON duty.user_id = part.user_id
    AND duty.date_from <= part.day AND COALESCE(duty.date_until, 'infinity') >= part.day
"""


def _minutes(label):
    return fields.Float(label, readonly=True, aggregator="sum", digits=(16, 2))


def _share(label):
    return fields.Float(label, readonly=True, aggregator="avg", digits=(16, 2))


class AgentDay(models.Model):
    """A day of an agent: minutes in each state and their shares of the logged time.

    Read from the ledger of states at the moment of asking; the parts add up to the logged time to
    the microsecond. A share of several days or agents is that of all their logged time together.
    """

    _name = "contact_center.agent.day"
    _inherit = ["contact_center.machine.row"]
    _description = "Times of an Agent"
    _auto = False
    _order = "day desc, user_id"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", string="Agent", readonly=True)
    day = fields.Date(readonly=True)
    supervisor_id = fields.Many2one("res.users", string="Team of", readonly=True)
    registration = fields.Char(string="Registration number", readonly=True)
    queue_ids = fields.Many2many(
        "contact_center.queue", compute="_compute_queue_ids", search="_search_queue_ids"
    )
    logged = _minutes("Logged in (min)")
    available = _minutes("Idle for lack of contacts (min)")
    offered = _minutes("Offered a contact (min)")
    in_service = _minutes("In service (min)")
    after_work = _minutes("After-contact work (min)")
    break_regulated = _minutes("Regulated break (min)")
    break_snack = _minutes("Snack (min)")
    break_other = _minutes("Other break (min)")
    with_supervisor = _minutes("With the supervisor (min)")
    training = _minutes("Training (min)")
    outbound = _minutes("Active service (min)")
    recovery = _minutes("Recovery after abuse (min)")
    away = _minutes("Away (min)")
    not_answering = _minutes("Not answering (min)")
    available_share = _share("Idle for lack of contacts (%)")
    offered_share = _share("Offered a contact (%)")
    in_service_share = _share("In service (%)")
    after_work_share = _share("After-contact work (%)")
    break_regulated_share = _share("Regulated break (%)")
    break_snack_share = _share("Snack (%)")
    break_other_share = _share("Other break (%)")
    with_supervisor_share = _share("With the supervisor (%)")
    training_share = _share("Training (%)")
    outbound_share = _share("Active service (%)")
    recovery_share = _share("Recovery after abuse (%)")
    away_share = _share("Away (%)")
    not_answering_share = _share("Not answering (%)")
    break_regulated_count = fields.Integer("Regulated breaks", readonly=True, aggregator="sum")
    break_snack_count = fields.Integer("Snacks", readonly=True, aggregator="sum")
    recovery_count = fields.Integer("Recoveries after abuse", readonly=True, aggregator="sum")
    contact_minutes = fields.Float(
        "Contacts, each for itself (min)",
        compute="_compute_contacts",
        digits=(16, 2),
        help="Conversations that overlap count each with its whole time.",
    )
    busy_minutes = fields.Float(
        "With at least one contact (min)", compute="_compute_contacts", digits=(16, 2)
    )

    hold_minutes = fields.Float(
        "Contacts on hold (min)", compute="_compute_contacts", digits=(16, 2)
    )

    @property
    def _table_query(self):
        def columns(text, parts=PARTS):
            return SQL(", ").join(SQL(text.format(part=part)) for part in parts)

        sums = ", ".join(
            f"COALESCE(sum(us) FILTER (WHERE {condition}), 0) AS {part}_us, "
            f"count(*) FILTER (WHERE begins AND {condition}) AS {part}_count"
            for part, condition in PARTS.items()
        )
        return SQL(
            _DAYS,
            minutes=columns("part.{part}_us / 6e7 AS {part}"),
            shares=columns("100.0 * part.{part}_us / NULLIF(part.logged, 0) AS {part}_share"),
            counts=columns("part.{part}_count::int AS {part}_count", GRANTED),
            sums=SQL(sums),
            tz=self._timezone_name(),
            now=fields.Datetime.now(),
            now_us=now_us(),
        )

    @api.model
    def _timezone_name(self):
        """Return the name of the city's time zone."""
        return self.env["contact_center.queue"]._default_queue()._timezone().key

    def _read_group_select(self, aggregate_spec, query):
        """Weigh shares by the logged time: a short day counts less than a long one."""
        name, _colon, function = aggregate_spec.partition(":")
        part = name.removesuffix("_share")
        if function == "avg" and part != name:
            return SQL(
                "100.0 * SUM(%s) / NULLIF(SUM(%s), 0)",
                self._field_to_sql(self._table, part, query),
                self._field_to_sql(self._table, "logged", query),
            )
        return super()._read_group_select(aggregate_spec, query)

    @api.depends("user_id")
    def _compute_queue_ids(self):
        # sudo: contact_center.queue - of which queues somebody is an agent is no secret
        queues = self.env["contact_center.queue"].sudo()
        queues = queues.search([("member_ids", "in", self.user_id.ids)])
        for one in self:
            one.queue_ids = queues.filtered(lambda queue, one=one: one.user_id in queue.member_ids)

    def _search_queue_ids(self, operator, value):
        if operator not in ("in", "any", "any!"):
            return NotImplemented
        # sudo: contact_center.queue - of which queues somebody is an agent is no secret
        queues = self.env["contact_center.queue"].sudo()
        queues = queues.search([("id", operator, value)] if operator == "in" else value)
        return [("user_id", "in", queues.member_ids.ids)]

    @api.depends("user_id", "day")
    def _compute_contacts(self):
        """Compute the time of contacts, from the events."""
        states = self.env["contact_center.agent.state"]
        edges = {day: self._edges(day) for day in set(self.mapped("day")) if day}
        if not edges:
            self.contact_minutes = self.busy_minutes = self.hold_minutes = 0
            return
        since, until = min(edges.values())[0], max(edges.values())[1]
        # sudo: contact_center.event - times of agents whose rows the user may read
        services = states.sudo()._services(self.user_id, since, min(until, now_us()))
        # sudo: contact_center.event - as above
        holds = self.env["contact_center.conversation"].sudo()._holds(since, min(until, now_us()))
        for one in self:
            begin, end = edges[one.day]
            mine = services[one.user_id.id], begin, min(end, now_us())
            one.contact_minutes = agent_time.contact_time(*mine) / MINUTE
            one.busy_minutes = agent_time.busy_time(*mine) / MINUTE
            held = [hold for agent, _where, hold in holds if agent == one.user_id.id]
            one.hold_minutes = agent_time.contact_time(held, *mine[1:]) / MINUTE

    @api.model
    def _edges(self, day):
        """Return the two midnights of a day in the city, in microseconds."""
        zone = self.env["contact_center.queue"]._default_queue()._timezone()
        return tuple(
            to_us(
                datetime.combine(one, time.min, zone).astimezone(timezone.utc).replace(tzinfo=None)
            )
            for one in (day, day + timedelta(days=1))
        )
