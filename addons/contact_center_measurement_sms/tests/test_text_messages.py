# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase
from odoo.addons.contact_center_measurement.tests.common import DAY, MeasurementMixin
from odoo.addons.contact_center_sms.tests.common import MOBILE

NOON = datetime(2026, 11, 19, 15)
# One part has 160 characters, two have 306
ONE, TWO = "a" * 160, "a" * 161


@tagged("post_install", "-at_install")
class TestTextMessages(MeasurementMixin, ContactCenterCase):
    """Text messages of a day, as the gateway's month counts them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Message = cls.env["contact_center.sms.message"]
        cls.gateway = cls._gateway()

    @classmethod
    def _gateway(cls, **values):
        return cls.env["contact_center.sms.gateway"].create(
            {
                "name": "Gateway de teste",
                "url": "http://127.0.0.1/v1/messages",
                "queue_id": cls.queue.id,
                **values,
            }
        )

    @classmethod
    def _message(cls, state="delivered", at=NOON, text=ONE, gateway=None, **values):
        """Return a message of the ledger, put into the outbox at a moment (UTC)."""
        parts = cls.Message._measured(text).count
        vals = {"number": MOBILE, "text": text, "parts": parts, "state": state, "queued_at": at}
        return cls.Message.create({**vals, "gateway_id": (gateway or cls.gateway).id, **values})

    def _row(self, day=DAY):
        self.Day._count(day, ["SMS"])
        return self.Day.search([("item", "=", "SMS"), ("day", "=", day), ("is_newest", "=", True)])

    def test_parts_of_what_the_gateway_took_or_may_have(self):
        billed = [
            self._message("sent"),
            self._message("delivered", text=TWO),
            self._message("unknown", text=TWO),
        ]
        self._message("failed", text=TWO)
        self._message("queued", text=TWO)
        self._message("sending", text=TWO)
        self._message("received", direction="in")
        row = self._row()
        self.assertEqual((row.quantity, row.left_out, row.position_load), (5, 2, 1))
        self.assertEqual(row.row_ids, [one.id for one in billed])
        self.assertFalse(row.hours)

    def test_the_day_is_the_city_s(self):
        """It begins at three o'clock UTC and ends at three of the next day."""
        self._message(at=datetime(2026, 11, 19, 2, 59, 59))
        first = self._message(at=datetime(2026, 11, 19, 3))
        last = self._message(at=datetime(2026, 11, 20, 2, 59, 59))
        self._message(at=datetime(2026, 11, 20, 3))
        self.assertEqual(self._row().row_ids, [first.id, last.id])

    def test_a_day_without_messages_is_counted(self):
        row = self._row()
        self.assertEqual((len(row), row.quantity, row.left_out), (1, 0, 0))
        self.assertFalse(row.row_ids)

    def test_all_gateways_count(self):
        self._message()
        self._message(gateway=self._gateway(name="Outro gateway"))
        self.assertEqual(self._row().quantity, 2)

    def test_news_after_the_count_makes_another_row(self):
        message = self._message("queued")
        first = self._row()
        self.assertEqual((first.quantity, first.revision), (0, 0))
        message.state = "delivered"
        second = self._row()
        self.assertEqual((second.quantity, second.revision), (1, 1))
        self.assertEqual((first.quantity, first.is_newest), (0, False))

    def test_a_month_s_quantity_is_that_of_the_gateway_s_month(self):
        """Price and amount follow; failed parts are told."""
        self._contract(self.inspector, "2026-01-01")
        self._price("SMS", 0.08)
        for day in (1, 19, 30):
            self._message(at=NOON.replace(day=day), text=TWO)
        self._message("failed")
        line = self._line(self._measure(), "SMS")
        month = self.env["contact_center.sms.month"].search([("month", "=", "2026-11-01")])
        self.assertEqual((line.quantity, line.amount), (sum(month.mapped("parts")), 0.48))
        self.assertEqual(line.quantity, 6)
        self.assertEqual(line.note, "não contados: 1")

    def test_down_to_the_messages(self):
        message = self._message()
        self._message("failed")
        for user in (self.supervisor, self.manager):
            action = self._row().with_user(user).action_rows()
            self.assertEqual(action["res_model"], "contact_center.sms.message")
            found = self.Message.with_user(user).search(action["domain"])
            self.assertEqual(found, message)
