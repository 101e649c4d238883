# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.contact_center.models.queue_hours import DEFAULT_TIMEZONE

from ..measure import (
    ANSWERED,
    GOES_ON,
    JOINED_US,
    Reading,
    Service,
    Tallies,
    Wait,
    goal_on,
)
from ..measure.tallies import ENDS

# Moves by which an agent's service of a contact begins and ends, as the ledger knows them
BEGINS = ("accepted", "taken_over")
FINISHES = ("transferred", "released", "returned_to_bot", "survey_asked", "closed")
GOOD = ("very_good", "good")
HALF_HOUR = timedelta(minutes=30)


# A row for each wait that ended on a day. All stays of the conversations that left a queue that day
# are numbered by wait: a new one begins where the stay before did not go on in this one.
_WAITS = """
WITH left_today AS MATERIALIZED (
    SELECT id, conversation_id FROM contact_center_stay
    WHERE left_at >= %(start)s AND left_at < %(end)s
), stays AS (
    SELECT id, conversation_id, queue_id, agent_id, entered_us, left_us, left_how,
        (lag(left_how) OVER one IN %(goes_on)s
         AND entered_us - lag(left_us) OVER one < %(joined)s) IS TRUE AS came_on,
        (left_how IN %(goes_on)s
         AND lead(entered_us) OVER one - left_us < %(joined)s) IS TRUE AS goes_on
    FROM contact_center_stay
    WHERE conversation_id IN (SELECT conversation_id FROM left_today)
    WINDOW one AS (PARTITION BY conversation_id ORDER BY id)
), numbered AS (
    SELECT *, count(*) FILTER (WHERE NOT came_on)
        OVER (PARTITION BY conversation_id ORDER BY id) AS wait
    FROM stays
), waits AS (
    SELECT *, first_value(queue_id) OVER one AS first_queue,
        first_value(entered_us) OVER one AS began_us
    FROM numbered WINDOW one AS (PARTITION BY conversation_id, wait ORDER BY id)
)
SELECT s.conversation_id, s.first_queue, s.queue_id, s.began_us, s.left_us, s.left_how,
    CASE WHEN s.left_how = 'transferred' THEN (
        SELECT agent_id FROM contact_center_event
        WHERE conversation_id = s.conversation_id AND kind = 'accepted'
            AND at_us >= s.left_us ORDER BY id LIMIT 1
    ) ELSE s.agent_id END,
    %(opened)s,
    CASE WHEN s.left_how IN %(answered)s THEN (
        SELECT min(at_us) FROM contact_center_event
        WHERE conversation_id = s.conversation_id AND kind = 'first_reply'
            AND at_us >= s.left_us
    ) END,
    c.channel_kind
FROM waits s
JOIN left_today USING (id)
JOIN contact_center_conversation c ON c.id = s.conversation_id
WHERE NOT s.goes_on
"""


class Period(NamedTuple):
    """A day of the centre, as moments in UTC (naive)."""

    day: object
    start: datetime
    end: datetime


class Source(models.AbstractModel):
    """Where figures come from: each source adds what it counted on a day.

    Counts are added to the tallies. An addon with figures of its own (calls, quality, turnover)
    extends `_sources`. What comes from the ledgers of the core is counted here: stays in queues,
    events, ends of conversations.
    """

    _name = "contact_center.indicator.source"
    _description = "Source of Indicators"

    # ------------------------------------------------------------
    # Days
    # ------------------------------------------------------------

    @api.model
    def _zone(self):
        """Return the time zone in which the contract's days begin.

        It is that of the first company, whoever is at work.
        """
        # sudo: res.company - the time zone is no secret
        first = self.env["res.company"].sudo().search([], order="id", limit=1)
        return ZoneInfo(first.partner_id.tz or DEFAULT_TIMEZONE)

    @api.model
    def _today(self):
        """Return the day that is under way."""
        return self._day_of(fields.Datetime.now())

    @api.model
    def _day_of(self, moment):
        """Return the centre's day of a moment (naive UTC)."""
        return moment.replace(tzinfo=UTC).astimezone(self._zone()).date()

    @api.model
    def _period(self, day):
        """Return a day from its first to its last moment."""
        zone = self._zone()
        start, end = (
            datetime.combine(one, time(), zone).astimezone(UTC).replace(tzinfo=None)
            for one in (day, day + timedelta(days=1))
        )
        return Period(day, start, end)

    @api.model
    def _half_hour(self, day, start):
        """Return the half hour of a day that begins at a moment (naive UTC)."""
        return Period(day, start, start + HALF_HOUR)

    @api.model
    def _half_hours(self, day):
        """Return the half hours of a day: 48, or less or more where the clock is moved."""
        whole = self._period(day)
        number = (whole.end - whole.start) // HALF_HOUR
        return [self._half_hour(day, whole.start + step * HALF_HOUR) for step in range(number)]

    # ------------------------------------------------------------
    # Counting
    # ------------------------------------------------------------

    @api.model
    def _sources(self):
        """Return what adds to a day's tallies: callables of (period, tallies) (hook)."""
        return [
            *self._ledgers(),
            self._add_intake,
            self._add_turnover,
            self._add_stoppages,
        ]

    @api.model
    def _ledgers(self):
        """Return the sources that count any period, not only a whole day."""
        return [
            self._add_waits,
            self._add_electronic,
            self._add_services,
            self._add_ends,
            self._add_votes,
        ]

    @api.model
    def _tally(self, day, reading=None, goals=None, remember=False):
        """Return the `measure.Tallies` of a day.

        :param reading: `measure.Reading`, that of the day by default
        :param goals: {code: [measure.Goal]}, those of the day by default
        :param remember: keep which contacts each figure is made of
        """
        return self._tally_of(self._period(day), reading, goals, remember, self._sources())

    @api.model
    def _tally_of(self, period, reading=None, goals=None, remember=False, sources=None):
        """Return the `measure.Tallies` of a period within a day, see `_tally`.

        :param sources: by default those that count any period
        """
        day = period.day
        if reading is None:
            reading = self.env["contact_center.indicator.version"]._reading_on(day)
        if goals is None:
            goals = self.env["contact_center.indicator.goal"]._in_force(day)
        limits = {}

        def seconds(queue, is_call):
            if queue not in limits:
                limits[queue] = goal_on("INS", day, goals.get("INS", ()), queue)
            return limits[queue].seconds if is_call else limits[queue].text_seconds

        tallies = Tallies(reading, seconds, remember)
        self.env.flush_all()
        for add in self._ledgers() if sources is None else sources:
            add(period, tallies)
        return tallies

    @api.model
    def _add_waits(self, period, tallies):
        """Add the waits that ended on the day, joined over the queues that they led through."""
        calls = self.env["contact_center.conversation"]._call_kinds()
        for row in self.env.execute_query(self._waits_sql(period, tallies.reading)):
            conversation, first, last, entered, left, how, agent, opened, replied, kind = row
            tallies.add_wait(
                Wait(
                    conversation,
                    first,
                    last,
                    entered,
                    left,
                    ENDS.get(how, "elsewhere"),
                    agent,
                    opened,
                    replied,
                    kind in calls,
                )
            )

    @api.model
    def _waits_sql(self, period, reading: Reading):
        """Return the statement: a row for each wait that ended on the day."""
        opened = SQL("NULL::int8")
        if reading["wait_from"] == "opened":
            opened = SQL(
                "(SELECT min(at_us) FROM contact_center_event "
                "WHERE conversation_id = s.conversation_id AND kind = 'opened')"
            )
        return SQL(
            _WAITS,
            start=period.start,
            end=period.end,
            goes_on=GOES_ON,
            joined=JOINED_US,
            opened=opened,
            answered=tuple(how for how, end in ENDS.items() if end == ANSWERED),
        )

    @api.model
    def _add_electronic(self, period, tallies):
        """Add the contacts that ended on the day without having entered a queue."""
        query = SQL(
            """
            SELECT e.queue_id, count(*) FROM contact_center_event e
            WHERE e.kind = 'closed' AND e.at >= %(start)s AND e.at < %(end)s
              AND NOT EXISTS (
                SELECT 1 FROM contact_center_stay s WHERE s.conversation_id = e.conversation_id)
              AND NOT EXISTS (
                SELECT 1 FROM contact_center_conversation c
                WHERE c.id = e.conversation_id AND c.attendance = 'human')
            GROUP BY e.queue_id
            """,
            start=period.start,
            end=period.end,
        )
        for queue, number in self.env.execute_query(query):
            tallies.add_electronic(queue, number)

    @api.model
    def _add_services(self, period, tallies):
        """Add agents' services of contacts that ended on the day."""
        calls = self.env["contact_center.conversation"]._call_kinds()
        for row in self.env.execute_query(self._services_sql(period)):
            conversation, queue, agent, taken, ended, replied, kind = row
            tallies.add_service(
                Service(queue, agent, taken, ended, replied, kind in calls, conversation)
            )

    @api.model
    def _services_sql(self, period):
        """Return the statement: a row for each service that ended on the day."""
        return SQL(
            """
            WITH ended AS MATERIALIZED (
                SELECT DISTINCT conversation_id FROM contact_center_event
                WHERE at >= %(start)s AND at < %(end)s AND kind IN %(moves)s
            ), moves AS (
                SELECT conversation_id, queue_id, agent_id, kind, id, at_us,
                    lead(at) OVER one AS next_at, lead(at_us) OVER one AS next_us,
                    lead(id) OVER one AS next_id
                FROM contact_center_event
                WHERE conversation_id IN (SELECT conversation_id FROM ended) AND kind IN %(moves)s
                WINDOW one AS (PARTITION BY conversation_id ORDER BY id)
            )
            SELECT m.conversation_id, m.queue_id, m.agent_id, m.at_us, m.next_us,
                (SELECT min(e.at_us) FROM contact_center_event e
                 WHERE e.conversation_id = m.conversation_id AND e.kind = 'first_reply'
                   AND e.id > m.id AND e.id < m.next_id),
                c.channel_kind
            FROM moves m
            JOIN contact_center_conversation c ON c.id = m.conversation_id
            WHERE m.kind IN %(begins)s AND m.next_at >= %(start)s AND m.next_at < %(end)s
            """,
            start=period.start,
            end=period.end,
            begins=BEGINS,
            moves=BEGINS + FINISHES,
        )

    @api.model
    def _add_ends(self, period, tallies):
        """Add the ends of the day's contacts that people served: registered or not."""
        query = SQL(
            """
            SELECT e.conversation_id, e.queue_id, e.agent_id, c.disposition_id IS NOT NULL
            FROM contact_center_event e
            JOIN contact_center_conversation c ON c.id = e.conversation_id
            WHERE e.kind = 'closed' AND e.at >= %(start)s AND e.at < %(end)s
              AND c.attendance = 'human'
            """,
            start=period.start,
            end=period.end,
        )
        for conversation, queue, agent, registered in self.env.execute_query(query):
            tallies.add_end(queue, agent, registered, conversation)

    @api.model
    def _add_votes(self, period, tallies):
        """Add the votes that citizens cast on the day."""
        query = SQL(
            """
            SELECT conversation_id, queue_id, agent_id, data->>'rating' IN %(good)s
            FROM contact_center_event
            WHERE kind = 'rated' AND at >= %(start)s AND at < %(end)s
            """,
            start=period.start,
            end=period.end,
            good=GOOD,
        )
        for conversation, queue, agent, good in self.env.execute_query(query):
            tallies.add_vote(queue, agent, good, conversation)
