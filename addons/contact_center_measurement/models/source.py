# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.contact_center.core.microseconds import to_us

from .. import measurement

# A part of the logged time for each spell of an agent's states on a day, with the item by which the
# agent's operation is paid. Who is assigned to none has no item.
_SPELLS = """
SELECT state.user_id,
    CASE WHEN state.kind = 'break' THEN 'break_' || COALESCE(state.break_kind, 'other')
         WHEN state.kind = 'away' AND state.set_by = 'system' THEN 'lost'
         ELSE state.kind END AS part,
    state.start_us, COALESCE(state.end_us, %(until)s) AS end_us,
    operation.measurement_item
FROM contact_center_agent_state state
LEFT JOIN contact_center_assignment duty ON duty.user_id = state.user_id
    AND duty.date_from <= %(day)s AND COALESCE(duty.date_until, 'infinity') >= %(day)s
LEFT JOIN contact_center_operation operation ON operation.id = duty.operation_id
WHERE state.kind <> 'logged_out' AND state.start_us < %(until)s
    AND (state.end_us > %(since)s OR state.end_us IS NULL)
ORDER BY state.user_id, state.start_us
"""


class AgentTime(NamedTuple):
    """What an agent adds to a day, in microseconds."""

    user: int
    counted: int
    left_out: int
    first: int
    last: int


class DayCount(NamedTuple):
    """What one item comes to on a day.

    :param counted, left_out: microseconds of logged time, or a number of contacts or messages
    :param load: what makes one unit: a position's load in microseconds, or 1
    :param people: `AgentTime`s, of logged time
    :param rows: ids of what was counted, of everything else: the seal holds them
    """

    counted: int
    left_out: int = 0
    load: int = 1
    people: tuple = ()
    rows: tuple = ()


class Source(models.AbstractModel):
    """Where the figures of a measured day come from."""

    _name = "contact_center.measurement.source"
    _description = "Sources of the Measurement"

    @api.model
    def _counters(self):
        """Return what counts a day: {item: callable(day) -> `DayCount`} (hook).

        An addon that knows electronic contacts or text messages adds its item. An item without a
        counter is measured as nothing, and the measurement says that nobody counts it.
        """
        return {item: self._count_logged(item) for item in measurement.LOGGED}

    @api.model
    def _rows_action(self, item):
        """Return the xml id of the list of the rows that an item counts, None for none (hook)."""
        return

    @api.model
    def _edges(self, day):
        """Return the two midnights of a day in the city, in microseconds."""
        period = self.env["contact_center.indicator.source"]._period(day)
        return to_us(period.start), to_us(period.end)

    @api.model
    def _count_logged(self, item):
        """Return the counter of an item that is paid by logged time."""

        def count(day):
            since, until = self._edges(day)
            people = tuple(self._people(day, since, until, item))
            return DayCount(
                sum(one.counted for one in people),
                sum(one.left_out for one in people),
                measurement.load_of(measurement.ITEMS[item].hours, since, until),
                people,
            )

        return count

    @api.model
    def _unassigned(self, day):
        """Return the `AgentTime`s of agents whose time nobody pays: without an assignment."""
        return list(self._people(day, *self._edges(day), None))

    @api.model
    def _people(self, day, since, until, item):
        """Yield the `AgentTime`s of an item on a day; item None: of agents without one."""
        terms = self.env["contact_center.measurement.terms"]._on(day)
        spells = {}
        self.env.flush_all()
        query = SQL(_SPELLS, day=day, since=since, until=until)
        for user, part, start, end, paid_as in self.env.execute_query(query):
            if paid_as == item:
                spells.setdefault(user, []).append(measurement.Spell(part, start, end))
        for user, mine in spells.items():
            found = measurement.logged(mine, since, until, terms)
            if found.first is not None:
                yield AgentTime(user, found.counted, found.left_out, found.first, found.last)
