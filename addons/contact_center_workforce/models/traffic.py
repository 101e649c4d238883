# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_date
from odoo.tools.misc import formatLang

from .stay import ANSWERED, ONWARD

PERIODS = [("day", "Day"), ("week", "Week"), ("month", "Month"), ("year", "Year")]


class Traffic(models.Model):
    """The curve of traffic: what came to the queues, when, and how it was answered.

    One row for each contact in a queue; nothing identifies the citizen. Days and half hours are the
    city's. A citizen who overflowed or was passed on while waiting counts in the last queue.
    """

    _name = "contact_center.traffic"
    _inherit = ["contact_center.machine.row"]
    _description = "Traffic"
    _auto = False
    _order = "entered_at desc, id desc"
    _rec_name = "slot"

    entered_at = fields.Datetime(string="Came at", readonly=True)
    day = fields.Date(readonly=True)
    slot = fields.Char(string="Half hour", readonly=True)
    weekday = fields.Selection(
        [
            ("1", "Monday"),
            ("2", "Tuesday"),
            ("3", "Wednesday"),
            ("4", "Thursday"),
            ("5", "Friday"),
            ("6", "Saturday"),
            ("7", "Sunday"),
        ],
        readonly=True,
    )
    queue_id = fields.Many2one("contact_center.queue", readonly=True)
    channel_kind = fields.Selection("_channel_kinds", string="Channel", readonly=True)
    received = fields.Integer(string="Contacts", readonly=True)
    answered = fields.Integer(readonly=True)
    abandoned = fields.Integer(string="Gave up", readonly=True)
    abandoned_percent = fields.Float(
        string="Abandonment (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    level = fields.Float(
        string="Service level (%)",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Answered within the goal, of all who came.",
    )
    wait = fields.Float(
        string="Wait (seconds)",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Mean of all citizens, those who gave up too.",
    )

    @api.model
    def _channel_kinds(self):
        """Return the channels of conversations, in the user's language."""
        field = self.env["contact_center.conversation"]._fields["channel_kind"]
        return field._description_selection(self.env)

    @property
    def _table_query(self):
        conversations = self.env["contact_center.conversation"]
        zone = self.env["contact_center.queue"]._default_queue()._timezone().key
        return SQL(
            """
            SELECT id, queue_id, channel_kind, entered_at, local_at::date AS day,
                to_char(local_at, 'HH24:') ||
                    CASE WHEN extract(minute FROM local_at) < 30 THEN '00' ELSE '30' END AS slot,
                extract(isodow FROM local_at)::int::varchar AS weekday,
                1 AS received, answered::int AS answered, (NOT answered)::int AS abandoned,
                CASE WHEN answered THEN 0.0 ELSE 100.0 END AS abandoned_percent,
                CASE WHEN answered AND waited_seconds <= goal THEN 100.0 ELSE 0.0 END AS level,
                waited_seconds::float AS wait
            FROM (
                SELECT stay.id, stay.queue_id, one.channel_kind, stay.entered_at,
                    stay.waited_seconds, stay.left_how = ANY(%(answered)s) AS answered,
                    stay.entered_at AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s AS local_at,
                    CASE WHEN one.channel_kind = ANY(%(calls)s) THEN queue.call_level_seconds
                        ELSE queue.service_level_seconds END AS goal
                FROM contact_center_stay stay
                JOIN contact_center_conversation one ON one.id = stay.conversation_id
                JOIN contact_center_queue queue ON queue.id = stay.queue_id
                WHERE stay.left_how IS NOT NULL AND stay.left_how <> ALL(%(onward)s)
            ) stays
            """,
            answered=list(ANSWERED),
            onward=list(ONWARD),
            zone=zone,
            calls=list(conversations._call_kinds()),
        )

    # ------------------------------------------------------------
    # Tables for paper and e-mail
    # ------------------------------------------------------------

    @api.model
    def _bounds(self, period, day):
        """Return the first and the last day of the day, week, month or year of a date."""
        if period == "week":
            first = day - timedelta(days=day.weekday())
            return first, first + timedelta(days=6)
        if period == "month":
            first = day.replace(day=1)
            return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        if period == "year":
            return day.replace(month=1, day=1), day.replace(month=12, day=31)
        return day, day

    @api.model
    def _study(self, period, day, queues=None):
        """Return the traffic of a period as a table: a day by half hours, a year by months.

        :param period: one of `PERIODS`
        :param day: a date in it
        :param queues: only these; None or empty: all
        :return: {"title", "rows": [row], "total": row}; a row has label, received, answered,
            abandoned, abandoned_percent, level and wait
        """
        first, last = self._bounds(period, day)
        domain = [("day", ">=", first), ("day", "<=", last)]
        if queues:
            domain.append(("queue_id", "in", queues.ids))
        by = {"day": "slot", "year": "day:month"}.get(period, "day:day")
        measures = ["received:sum", "answered:sum", "abandoned:sum"]
        measures += ["abandoned_percent:avg", "level:avg", "wait:avg"]
        found = {
            group[0]: _row("", *group[1:]) for group in self._read_group(domain, [by], measures)
        }
        rows = [
            {**found.get(key, _row("")), "label": label}
            for key, label in self._labels(period, first, last)
        ]
        if period == "day":
            rows = _trimmed(rows)
        (whole,) = self._read_group(domain, [], measures)
        title = " – ".join(
            format_date(self.env, one) for one in ([first] if first == last else [first, last])
        )
        return {"title": title, "rows": rows, "total": _row(self.env._("Total"), *whole)}

    @api.model
    def _number(self, value, digits):
        """Return a figure as people write it in their language; "" where there is none."""
        return "" if value is None else formatLang(self.env, value, digits=digits)

    @api.model
    def _labels(self, period, first, last):
        """Return [(key of the group, label)] of all rows of a period."""
        if period == "day":
            slots = [f"{slot // 2:02}:{slot % 2 * 30:02}" for slot in range(48)]
            return [(slot, slot) for slot in slots]
        if period == "year":
            months = [first.replace(month=month) for month in range(1, 13)]
            return [(one, format_date(self.env, one, date_format="MMMM y")) for one in months]
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        return [(one, format_date(self.env, one, date_format="EEE dd/MM")) for one in days]


def _row(label, received=0, answered=0, abandoned=0, abandoned_percent=None, level=None, wait=None):
    """Return a row of a study; where nobody came there are no shares."""
    return {
        "label": label,
        "received": received or 0,
        "answered": answered or 0,
        "abandoned": abandoned or 0,
        "abandoned_percent": abandoned_percent if received else None,
        "level": level if received else None,
        "wait": wait if received else None,
    }


def _trimmed(rows):
    """Return half hours without the empty ones before the first and after the last contact."""
    busy = [number for number, row in enumerate(rows) if row["received"]]
    return rows[busy[0] : busy[-1] + 1] if busy else []
