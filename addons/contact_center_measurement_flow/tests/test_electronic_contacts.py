# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.chatbot_flow.tests.common import FlowCase


@tagged("post_install", "-at_install")
class TestElectronicContacts(FlowCase):
    """Electronic contacts of a day, as the statistics of flows count them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.flow.write({"service_seconds": 100, "billing_percent": 50})
        cls.Day = cls.env["contact_center.measurement.day"].sudo()

    def _lasting(self, seconds):
        """Return the session of a contact without a person, so many seconds long."""
        conversation = self._talk("Oi")
        conversation._end_by_bot("abandoned")
        session = self._session(conversation)
        session.last_turn_at = session.create_date + timedelta(seconds=seconds)
        return session

    def _count(self):
        today = self.env["contact_center.indicator.source"]._today()
        self.Day._count(today, ["AE24H"])
        return self.Day.search([("item", "=", "AE24H"), ("is_newest", "=", True)])

    def test_longer_than_half_of_the_registered_time(self):
        self._lasting(50)
        counted = [self._lasting(51), self._lasting(500)]
        person = self._talk("Oi", "Maria", "maria@example.com", "2")
        session = self._session(person)
        session.last_turn_at = session.create_date + timedelta(seconds=500)
        row = self._count()
        self.assertEqual((row.quantity, row.left_out, row.position_load), (2, 1, 1))
        self.assertEqual(row.row_ids, sorted(one.id for one in counted))

    def test_down_to_the_contacts(self):
        session = self._lasting(51)
        row = self._count()
        rows = self.env["chatbot.flow.report"].with_user(self.supervisor)
        self.assertEqual(rows.search(row.with_user(self.supervisor).action_rows()["domain"]).ids,
                         session.ids)  # fmt: skip

    def test_another_day_s_contacts_are_not_this_day_s(self):
        session = self._lasting(51)
        self.env.cr.execute(
            "UPDATE chatbot_flow_session SET create_date = create_date - interval '1 day', "
            "last_turn_at = last_turn_at - interval '1 day' WHERE id = %s",
            (session.id,),
        )
        session.invalidate_recordset()
        self.assertEqual(self._count().quantity, 0)
        yesterday = fields.Date.subtract(
            self.env["contact_center.indicator.source"]._today(), days=1
        )
        self.Day._count(yesterday, ["AE24H"])
        self.assertEqual(
            self.Day.search([("item", "=", "AE24H"), ("day", "=", yesterday)]).quantity, 1
        )

    def test_a_contact_that_ended_later_makes_another_row(self):
        self._talk("Oi")
        first = self._count()
        self.assertEqual(first.quantity, 0)
        self._lasting(51)
        second = self._count()
        self.assertEqual((second.revision, second.quantity), (1, 1))
