# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from odoo.addons.contact_center.core.microseconds import from_us
from odoo.addons.contact_center_indicator.models.count_field import Count

from .. import measurement
from .price import ITEM_SELECTION

HOUR = measurement.HOUR_US
# How far back the nightly count looks for days that were not counted
LOOK_BACK = timedelta(days=45)


class Day(models.Model):
    """What one item of the contract came to on a day.

    The inspector controls it daily. A day is counted in the night after it and never changed.
    Counting again makes new rows beside the first ones, where anything differs; what was measured
    by then keeps its rows.
    """

    _name = "contact_center.measurement.day"
    _inherit = ["contact_center.machine.row"]
    _description = "Measured Day"
    _order = "day desc, item, revision desc"
    _rec_name = "day"

    day = fields.Date(required=True, readonly=True)
    item = fields.Selection(ITEM_SELECTION, required=True, readonly=True)
    revision = fields.Integer(
        readonly=True, aggregator=None, help="0: the first count. More: counted again."
    )
    is_newest = fields.Boolean(readonly=True, help="Not replaced by a later count.")
    day_class = fields.Selection(
        [
            ("working", "Working day"),
            ("saturday", "Saturday"),
            ("sunday", "Sunday"),
            ("holiday", "Holiday"),
        ],
        string="Kind of day",
        readonly=True,
    )
    counted = Count(readonly=True, help="Microseconds of logged time, or a number.")
    left_out = Count(readonly=True, help="Not paid: microseconds of logged time, or a number.")
    position_load = Count(
        readonly=True, aggregator=None, help="Microseconds of a position, else 1."
    )
    quantity = fields.Float(
        readonly=True,
        digits=(16, 4),
        help="Positions: logged time by the load. Of other items: the number.",
    )
    hours = fields.Float(string="Logged and paid (hours)", readonly=True, digits=(16, 4))
    hours_left_out = fields.Float(string="Logged, not paid (hours)", readonly=True, digits=(16, 4))
    ordered = fields.Float(readonly=True, digits=(16, 4), help="By service orders.")
    agent_count = fields.Integer(string="Agents", readonly=True)
    row_ids = fields.Json(string="Counted rows", readonly=True)
    person_ids = fields.One2many("contact_center.measurement.person", "day_id", readonly=True)
    hash = fields.Char(readonly=True)

    _revision_unique = models.Constraint(
        "UNIQUE(day, item, revision)", "Each count of a day is there once."
    )
    _newest_unique = models.UniqueIndex(
        "(day, item) WHERE is_newest", "One count of a day is the newest."
    )

    # ------------------------------------------------------------
    # Counting
    # ------------------------------------------------------------

    @api.model
    def _cron_count(self):
        """Count the days that are over, and those that were missed before."""
        first = self.env["contact_center.measurement.price"]._first_day()
        if not first:
            return
        today = self.env["contact_center.indicator.source"]._today()
        days = []
        day = max(first, today - LOOK_BACK)
        while day < today:
            days.append(day)
            day += timedelta(days=1)
        # sudo: contact_center.measurement.day - written by the system only
        self.sudo()._ensure(days)

    @api.model
    def _ensure(self, days):
        """Count those of these days that were not counted."""
        known = {(row.day, row.item) for row in self._newest(days)}
        for day in days:
            self._count(day, [item for item in measurement.ITEMS if (day, item) not in known])

    @api.model
    def _newest(self, days):
        """Return the newest rows of these days."""
        return self.search([("day", "in", list(days)), ("is_newest", "=", True)], order="day, item")

    @api.model
    def _recount(self, days):
        """Count these days again; return the new rows of those that differ."""
        found = self.browse()
        for day in days:
            found |= self._count(day, list(measurement.ITEMS))
        return found

    @api.model
    def _count(self, day, items):
        """Count some items of a day; return the rows that were written.

        Where the day has a row already, another one is written only if it differs.
        """
        # Two at once would write the same day twice
        self.env.execute_query(
            SQL("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", self._name, day.toordinal())
        )
        counters = self.env["contact_center.measurement.source"]._counters()
        newest = {
            row.item: row
            for row in self.search(
                [("day", "=", day), ("item", "in", items), ("is_newest", "=", True)]
            )
        }
        written = self.browse()
        for item in items:
            if item in counters:
                written |= self._write_count(day, item, counters[item](day), newest.get(item))
        return written

    @api.model
    def _write_count(self, day, item, count, before):
        """Write a row, unless the one before says the same; return it or nothing."""
        people = [
            {"user": one.user, "counted": one.counted, "left_out": one.left_out}
            for one in sorted(count.people, key=lambda one: one.user)
        ]
        sealed = {
            "day": fields.Date.to_string(day),
            "item": item,
            "counted": count.counted,
            "left_out": count.left_out,
            "load": count.load,
            "people": people,
            "rows": sorted(count.rows),
        }
        seal = measurement.hash_of(sealed)
        if before and before.hash == seal:
            return self.browse()
        if before:
            before.is_newest = False
            before.flush_recordset(["is_newest"])
        vals = self._shown(day, item, count) | self._kept(day, item, count, seal)
        return self.create({**vals, "revision": before.revision + 1 if before else 0})

    @api.model
    def _kept(self, day, item, count, seal):
        """Return the values of a row that are sealed, and its people."""
        return {
            "day": day,
            "item": item,
            "is_newest": True,
            "counted": count.counted,
            "left_out": count.left_out,
            "position_load": count.load,
            "row_ids": sorted(count.rows),
            "hash": seal,
            "person_ids": [Command.create(self._person(one)) for one in count.people],
        }

    @api.model
    def _person(self, one):
        """Return the values of an agent's row."""
        return {
            "user_id": one.user,
            "counted": one.counted,
            "left_out": one.left_out,
            "hours": one.counted / HOUR,
            "hours_left_out": one.left_out / HOUR,
            "first_at": from_us(one.first),
            "last_at": from_us(one.last),
        }

    @api.model
    def _shown(self, day, item, count):
        """Return the values of a row that follow from the sealed ones and the calendar."""
        is_time = item in measurement.LOGGED
        quantity = measurement.positions(count.counted, count.load)
        orders = self.env["contact_center.service.order"]._orders()
        holidays = self.env["contact_center.queue"]._holidays(day, day)
        return {
            "day_class": measurement.day_class(day, holidays),
            "quantity": float(measurement.rounded(quantity)),
            "hours": count.counted / HOUR if is_time else 0,
            "hours_left_out": count.left_out / HOUR if is_time else 0,
            "ordered": float(measurement.rounded(measurement.ordered_on(item, day, orders))),
            "agent_count": len(count.people),
        }

    def _sealed_now(self):
        """Return the hash that follows from what this row says."""
        self.ensure_one()
        people = [
            {"user": one.user_id.id, "counted": one.counted, "left_out": one.left_out}
            for one in self.person_ids.sorted(lambda one: one.user_id.id)
        ]
        return measurement.hash_of(
            {
                "day": fields.Date.to_string(self.day),
                "item": self.item,
                "counted": self.counted,
                "left_out": self.left_out,
                "load": self.position_load,
                "people": people,
                "rows": self.row_ids or [],
            }
        )

    # ------------------------------------------------------------
    # Down to the rows
    # ------------------------------------------------------------

    def action_rows(self):
        """Open what this row was counted from: agents' times, or the counted rows."""
        self.ensure_one()
        self.check_access("read")
        found = self.env["contact_center.measurement.source"]._rows_action(self.item)
        if not found:
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "contact_center_measurement.measurement_person_action"
            )
            return {**action, "domain": [("day_id", "=", self.id)], "context": {}}
        action = self.env["ir.actions.act_window"]._for_xml_id(found)
        return {**action, "domain": [("id", "in", self.row_ids or [])], "context": {}}

    def unlink(self):  # pylint: disable=method-required-super
        """Refuse every deletion: months were paid by these rows."""
        words = self.env._("Measured days are never deleted: months were paid by them.")
        raise AccessError(words)  # pylint: disable=no-raise-unlink


class Person(models.Model):
    """The logged time of an agent within a measured day."""

    _name = "contact_center.measurement.person"
    _inherit = ["contact_center.machine.row"]
    _description = "Measured Day of an Agent"
    _order = "day desc, user_id"
    _rec_name = "user_id"

    day_id = fields.Many2one(
        "contact_center.measurement.day",
        string="Measured day",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    day = fields.Date(related="day_id.day", store=True)
    item = fields.Selection(related="day_id.item", store=True)
    user_id = fields.Many2one(
        "res.users", string="Agent", required=True, readonly=True, ondelete="restrict"
    )
    counted = Count(string="Paid (microseconds)", readonly=True)
    left_out = Count(string="Not paid (microseconds)", readonly=True)
    hours = fields.Float(string="Paid (hours)", readonly=True, digits=(16, 4))
    hours_left_out = fields.Float(string="Not paid (hours)", readonly=True, digits=(16, 4))
    first_at = fields.Datetime(string="First login", readonly=True)
    last_at = fields.Datetime(string="Last logout", readonly=True)

    def action_states(self):
        """Open the agent's states on this day, from the ledger."""
        self.ensure_one()
        self.check_access("read")
        since, until = self.env["contact_center.measurement.source"]._edges(self.day)
        action = self.env["ir.actions.act_window"]._for_xml_id("contact_center.agent_state_action")
        domain = [
            ("user_id", "=", self.user_id.id),
            ("start_us", "<", until),
            "|",
            ("end_us", "=", False),
            ("end_us", ">", since),
        ]
        return {**action, "domain": domain, "context": {}}
