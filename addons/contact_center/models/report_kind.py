# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timezone
from itertools import count
from zoneinfo import ZoneInfo

from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from odoo import api, models
from odoo.tools import SQL

# Names of cursors: one connection may have several
_NUMBERS = count()


class ReportKind(models.AbstractModel):
    """The registry of kinds of report: an addon declares those that it knows.

    A kind is a `core.report_kind.Kind`; its rows come from a method of this model, which is
    called with system rights and a `Scope` that says what whoever asks may count. The core declares
    none, and shows none: an addon for reports does.
    """

    _name = "contact_center.report.kind"
    _description = "Kinds of Report"

    @api.model
    def _kinds(self):
        """Return the kinds of report, a list of `Kind`, in the user's language (hook)."""
        return []

    # ------------------------------------------------------------
    # For those who write sources
    # ------------------------------------------------------------

    @api.model
    def _stream(self, query, size=2000):
        """Yield the rows of a statement from a cursor of the server, so many at a time.

        However many rows there are, only `size` of them are in memory. It survives commits of
        whoever reads it, and shows what there was when it began. Who catches an error of the
        database and goes on with the connection closes what was left open (`CLOSE ALL`).

        :param query: SQL
        """
        cr = self.env.cr
        self.env.flush_all()
        name = SQL.identifier(f"contact_center_report_{next(_NUMBERS)}")
        cr.execute(SQL("DECLARE %s NO SCROLL CURSOR WITH HOLD FOR %s", name, query))
        try:
            rows = None
            while rows is None or len(rows) == size:
                cr.execute(SQL("FETCH %s FROM %s", SQL(str(int(size))), name))
                rows = cr.fetchall()
                yield from rows
        finally:
            # After an error PostgreSQL only takes a rollback
            if (
                not cr.closed
                and cr.connection.info.transaction_status != TRANSACTION_STATUS_INERROR
            ):
                cr.execute(SQL("CLOSE %s", name))

    @api.model
    def _agent_labels(self, scope, day=None):
        """Return a function from the id of an agent to their name or number for this scope.

        "" for no agent. By number, who has none is "Agent" with an internal one.
        """
        # sudo: res.users, contact_center.assignment - labels for whom the scope was made
        users = self.env["res.users"].sudo().with_context(active_test=False)
        assignments = self.env["contact_center.assignment"]
        known = {None: "", False: ""}

        def label(user_id):
            if user_id not in known:
                user = users.browse(user_id)
                if scope.numbers:
                    found = assignments._names_for_the_city(user, day or scope.last)
                    known[user_id] = found[user]
                else:
                    known[user_id] = user.name or ""
            return known[user_id]

        return label

    @api.model
    def _slot_sql(self, scope, moment):
        """Return SQL for the city's half hour, hour, day, week or month of a moment (naive UTC).

        A timestamp in the city's time: what `_slot_words` writes out.
        """
        local = SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)", moment, scope.zone)
        if scope.grouping == "half_hour":
            return SQL(
                "(date_trunc('hour', %s) + CASE WHEN extract(minute FROM %s) < 30 "
                "THEN interval '0' ELSE interval '30 minutes' END)",
                local,
                local,
            )
        unit = {"hour": "hour", "week": "week", "month": "month", "year": "year"}
        return SQL("date_trunc(%s, %s)", unit.get(scope.grouping, "day"), local)

    @api.model
    def _slot_words(self, scope, slot):
        """Return how people write a slot of `_slot_sql`: "03/11/2026 08:30", "11/2026"."""
        if slot is None:
            return ""
        form = {
            "half_hour": "%d/%m/%Y %H:%M",
            "hour": "%d/%m/%Y %H:%M",
            "month": "%m/%Y",
            "year": "%Y",
        }
        return slot.strftime(form.get(scope.grouping, "%d/%m/%Y"))

    @api.model
    def _within(self, scope, **columns):
        """Return the SQL condition for what a scope counts: `AND ...`, or nothing.

        :param columns: SQL of the columns that hold `queue`, `agent`, `channel`, `company`
        """
        limits = {
            "queue": scope.queues,
            "agent": scope.agents,
            "channel": scope.channels,
            "company": scope.companies,
        }
        parts = [
            SQL(" AND %s = ANY(%s)", column, list(limits[name]))
            for name, column in columns.items()
            if limits[name] is not None
        ]
        return SQL("").join(parts) if parts else SQL("")

    @api.model
    def _place_sql(self):
        """Return SQL of the district and the region of a citizen, the partner `p` (hook).

        Odoo's addresses have no region: it is the city, where nothing better is known.
        """
        return (SQL("NULLIF(trim(p.street2), '')"), SQL("NULLIF(trim(p.city), '')"))

    @api.model
    def _words_of(self, model, field):
        """Return {value: words} of a selection, in the user's language."""
        return dict(self.env[model]._fields[field]._description_selection(self.env))

    # ------------------------------------------------------------
    # Words that many kinds share
    # ------------------------------------------------------------

    @api.model
    def _slots(self, *codes):
        """Return groupings by time, (code, name) of each."""
        names = {
            "half_hour": self.env._("Half hour"),
            "hour": self.env._("Hour"),
            "day": self.env._("Day"),
            "month": self.env._("Month"),
            "year": self.env._("Year"),
            "whole": self.env._("Whole period"),
        }
        return tuple((code, names[code]) for code in codes)

    @api.model
    def _period_words(self, scope):
        """Return a period as people write it."""
        first, last = (f"{day:%d/%m/%Y}" for day in (scope.first, scope.last))
        return first if first == last else f"{first} – {last}"

    @api.model
    def _slot_label(self, scope, slot):
        """Return the words of a slot; of the whole period where it is not divided."""
        if scope.grouping == "whole":
            return self._period_words(scope)
        return self._slot_words(scope, slot)

    @api.model
    def _local(self, scope, moment):
        """Return a moment (naive UTC) in the city's time, None if there is none."""
        if not moment:
            return None
        utc = moment.replace(tzinfo=timezone.utc)
        return utc.astimezone(ZoneInfo(scope.zone)).replace(tzinfo=None)

    @api.model
    def _masked(self, number):
        """Return a telephone number of which only the last four digits can be read."""
        digits = (number or "").strip()
        return "•••• " + digits[-4:] if len(digits) > 4 else ""

    @api.model
    def _channels(self):
        """Return {code: name} of the channels."""
        return self._words_of("contact_center.conversation", "channel_kind")
