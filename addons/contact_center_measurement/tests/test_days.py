# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

from .. import measurement
from ..models.source import DayCount
from .common import DAY, MeasurementMixin

HOUR = measurement.HOUR_US


@tagged("post_install", "-at_install")
class TestDays(MeasurementMixin, ContactCenterCase):
    """What a day comes to, and that it stays so."""

    def _row(self, item="HL6", day=DAY):
        self.Day._ensure([day])
        return self.Day.search([("day", "=", day), ("item", "=", item), ("is_newest", "=", True)])

    def test_logged_time_by_the_load_of_a_position(self):
        self._shift(self.agent, DAY, hours=6)
        self._shift(self.colleague, DAY, hours=3)
        row = self._row()
        self.assertEqual((row.quantity, row.hours, row.agent_count), (1.5, 9, 2))
        self.assertEqual((row.counted, row.position_load), (9 * HOUR, 6 * HOUR))
        self.assertEqual(row.day_class, "working")
        people = {one.user_id: one.hours for one in row.person_ids}
        self.assertEqual(people, {self.agent: 6, self.colleague: 3})

    def test_breaks_count_and_a_lost_browser_does_not(self):
        at = [datetime(2026, 11, 19, hour) for hour in (12, 13, 14, 15, 16)]
        self._state(self.agent, "available", at[0], at[1])
        self._state(self.agent, "break", at[1], at[2], break_kind="snack", reason="Lanche")
        self._state(self.agent, "away", at[2], at[3], set_by="system")
        self._state(self.agent, "logged_out", at[3], at[4])
        row = self._row()
        self.assertEqual((row.hours, row.hours_left_out), (2, 1))

    def test_a_shift_over_midnight_counts_on_both_days(self):
        # 10 p.m. to 2 a.m. in São Paulo
        self._state(self.agent, "available", datetime(2026, 11, 20, 1), datetime(2026, 11, 20, 5))
        self.assertEqual(self._row().hours, 2)
        self.assertEqual(self._row(day=DAY.replace(day=20)).hours, 2)

    def test_a_state_that_lasts_counts_until_midnight(self):
        self.env["contact_center.agent.state"].sudo().create(
            {"user_id": self.agent.id, "kind": "available", "start": "2026-11-20 01:00:00"}
        )
        self.assertEqual(self._row().hours, 2)
        self.assertEqual(self._row(day=DAY.replace(day=20)).hours, 24)

    def test_the_operation_says_how_a_position_is_paid(self):
        always = self.env["contact_center.operation"].create(
            {"name": "Defesa civil", "measurement_item": "HL24"}
        )
        self._assign(self.outsider, "4713", always)
        self._state(
            self.outsider, "available", datetime(2026, 11, 19, 3), datetime(2026, 11, 20, 3)
        )
        self._shift(self.agent, DAY)
        self.assertEqual((self._row("HL24").quantity, self._row("HL6").quantity), (1, 1))

    def test_who_is_not_measured(self):
        self.operation.measurement_item = "none"
        self._shift(self.agent, DAY)
        self._shift(self.outsider, DAY)
        self.assertEqual(self._row().quantity, 0)
        unassigned = self.env["contact_center.measurement.source"]._unassigned(DAY)
        self.assertEqual([one.user for one in unassigned], [self.outsider.id])

    def test_counted_again_makes_a_row_beside_only_if_it_differs(self):
        self._shift(self.agent, DAY)
        first = self._row()
        self.assertFalse(self.Day._recount([DAY]))
        self._shift(self.colleague, DAY, hours=3)
        second = self.Day._recount([DAY])
        self.assertEqual((second.item, second.revision, second.quantity), ("HL6", 1, 1.5))
        self.assertEqual((first.quantity, first.is_newest), (1, False))
        self.assertEqual(self._row(), second)

    def test_days_are_sealed_and_never_deleted(self):
        self._shift(self.agent, DAY)
        row = self._row()
        self.assertEqual(row._sealed_now(), row.hash)
        self.env.cr.execute(
            "UPDATE contact_center_measurement_person SET counted = counted + 1 WHERE day_id = %s",
            (row.id,),
        )
        row.person_ids.invalidate_recordset()
        self.assertNotEqual(row._sealed_now(), row.hash)
        with self.assertRaises(AccessError):
            row.unlink()

    def test_the_nightly_count_begins_with_the_first_price(self):
        self.Day._cron_count()
        self.assertFalse(self.Day.search([]))
        self._price("HL6", 4000)
        self.Day._cron_count()
        days = self.Day.search([("item", "=", "HL6")]).mapped("day")
        self.assertEqual((min(days), max(days), len(days)), (DAY.replace(day=1),
                         DAY.replace(month=12, day=1), 31))  # fmt: skip
        self.Day._cron_count()
        self.assertEqual(self.Day.search_count([("item", "=", "HL6")]), 31)

    def test_an_addon_adds_what_it_counts(self):
        source = type(self.env["contact_center.measurement.source"])
        own = source._counters

        def counters(model):
            return {**own(model), "SMS": lambda day: DayCount(7, 2, rows=(5, 4))}

        with patch.object(source, "_counters", counters):
            row = self._row("SMS")
        self.assertEqual((row.quantity, row.left_out, row.row_ids), (7, 2, [4, 5]))
        self.assertFalse(row.hours)

    def test_down_to_the_agents_and_their_states(self):
        state = self._shift(self.agent, DAY)
        self._shift(self.agent, DAY.replace(day=18))
        row = self._row().with_user(self.manager)
        people = self.env["contact_center.measurement.person"].with_user(self.manager)
        person = people.search(row.action_rows()["domain"])
        self.assertEqual(person.user_id, self.agent)
        states = self.env["contact_center.agent.state"].with_user(self.manager)
        self.assertEqual(states.search(person.action_states()["domain"]), state)
