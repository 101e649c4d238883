# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

from .common import DAY, MeasurementMixin


@tagged("post_install", "-at_install")
class TestOrders(MeasurementMixin, ContactCenterCase):
    """Service orders: asked for, planned, carried out, accepted; by the party whose turn it is."""

    def _order(self, **values):
        order = (
            self.env["contact_center.service.order"]
            .with_user(self.inspector)
            .create({"name": "Mais postos", "item": "HL6", "quantity": 20, **values})
        )
        order.action_request()
        return order

    def _development(self, hours=40):
        order = self._order(name="Novo fluxo", kind="development", item=False, quantity=0)
        mine = order.with_user(self.administrator)
        mine.step_ids = [(0, 0, {"name": "Tudo", "planned_on": "2026-12-20", "hours": hours})]
        mine.action_plan()
        order.action_approve_plan()
        return order

    def test_an_activation_counts_from_the_day_on_which_it_is_in_operation(self):
        order = self._order()
        self.assertRegex(order.number, r"^OS 2026/\d{4}$")
        # Fifteen working days after the 2nd of December
        self.assertEqual(str(order.due_on), "2026-12-23")
        with self.assertRaises(AccessError):
            order.action_in_operation()
        order.with_user(self.administrator).action_in_operation()
        orders = self.env["contact_center.service.order"]._orders()
        self.assertEqual(
            [(one.item, str(one.start), int(one.change)) for one in orders],
            [("HL6", "2026-12-02", 20)],
        )
        self._order(kind="reduction", quantity=5).with_user(
            self.administrator
        ).action_in_operation()
        row = self.Day._count(order.in_operation_on, ["HL6"])
        self.assertEqual(row.ordered, 15)
        earlier = self.Day._count(DAY, ["HL6"])
        self.assertEqual(earlier.ordered, 0)

    def test_development_is_paid_once_and_up_to_the_hours_approved(self):
        order = self._development()
        self.assertEqual((order.state, order.approved_hours), ("approved", 40))
        mine = order.with_user(self.administrator)
        mine.action_in_operation()
        with self.assertRaisesRegex(UserError, "2027-01-01"):
            order.action_accept()
        mine.hours_to_accept = 45.5
        with freeze_time("2027-01-01 13:00:00"):
            order.action_accept()
            self.assertEqual((order.state, order.accepted_hours), ("accepted", 40))
            with self.assertRaises(UserError):
                order.action_accept()
            with self.assertRaises(UserError):
                mine.hours_to_accept = 50

    def test_accepted_hours_are_on_the_month_of_their_acceptance(self):
        self._contract(self.inspector, "2026-01-01")
        self._price("HDE", 150.5)
        order = self._development()
        mine = order.with_user(self.administrator)
        mine.action_in_operation()
        mine.hours_to_accept = 38.25
        with freeze_time("2027-01-04 13:00:00"):
            order.action_accept()
        with freeze_time("2027-02-01 13:00:00"):
            december = self._measure(start="2026-12-01")
            january = self._measure(start="2027-01-01")
        self.assertEqual(self._line(december, "HDE").quantity, 0)
        line = self._line(january, "HDE")
        self.assertEqual((line.quantity, line.ordered, line.amount), (38.25, 40, 5756.63))
        self.assertEqual(line.order_ids, order)
        self.assertEqual(line.action_rows()["domain"], [("id", "in", order.ids)])

    def test_a_plan_is_sent_back_and_handed_in_again(self):
        order = self._order(kind="development", item=False, quantity=0)
        mine = order.with_user(self.administrator)
        with self.assertRaisesRegex(UserError, "steps of the plan"):
            mine.action_plan()
        mine.step_ids = [(0, 0, {"name": "Tudo", "planned_on": "2026-12-20"})]
        with self.assertRaisesRegex(UserError, "has hours"):
            mine.action_plan()
        mine.step_ids.hours = 8
        mine.action_plan()
        with self.assertRaisesRegex(UserError, "handed in"):
            mine.step_ids.hours = 80
        order.action_replan()
        mine.step_ids.hours = 10
        mine.action_plan()
        order.action_approve_plan()
        self.assertEqual(order.approved_hours, 10)

    def test_each_party_does_its_own_part(self):
        orders = self.env["contact_center.service.order"]
        draft = orders.with_user(self.administrator).create(
            {"name": "Mais postos", "item": "HL6", "quantity": 20}
        )
        with self.assertRaises(AccessError):
            draft.action_request()
        order = self._development()
        with self.assertRaises(AccessError):
            order.action_in_operation()
        with self.assertRaises(AccessError):
            order.with_user(self.administrator).action_cancel()
        with self.assertRaises(AccessError):
            order.with_user(self.manager).action_cancel()
        order.action_cancel()
        self.assertEqual(order.state, "cancelled")

    def test_what_was_asked_for_is_not_changed(self):
        order = self._order()
        with self.assertRaises(UserError):
            order.quantity = 30
        with self.assertRaises(AccessError):
            order.state = "accepted"
        with self.assertRaises(UserError):
            order.unlink()
        with self.assertRaises(AccessError):
            order.copy({"state": "accepted"})

    def test_an_order_says_how_much_of_what(self):
        for values in ({"item": False}, {"quantity": 0}, {"item": "HDE"}):
            with self.assertRaises(ValidationError):
                self._order(**values)
