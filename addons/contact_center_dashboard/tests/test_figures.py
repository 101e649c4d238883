# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase
from odoo.addons.contact_center_indicator.tests.common import DAY, MORNING, IndicatorMixin


@tagged("post_install", "-at_install")
class TestFigures(IndicatorMixin, ContactCenterCase):
    """What managers see of contacts and waits, and who sees what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Wait = cls.env["contact_center.figure.wait"].with_user(cls.manager)
        cls.Contact = cls.env["contact_center.figure.contact"].with_user(cls.manager)
        cls.queue.service_level_seconds = 60

    def _group(self, records, by, *aggregates):
        return {
            tuple(row[: len(by)]) if len(by) > 1 else row[0]: row[len(by) :]
            for row in records._read_group([("day", "=", DAY)], by, list(aggregates))
        }

    def test_service_level_and_abandonment_are_shares_of_waits_that_count(self):
        self._contact(answered=60)
        self._contact(answered=61)
        self._contact(lost=30)
        self._contact(lost=50, queue=self.other_queue)
        moved = self._contact(answered=5)
        self._stay(moved, *self._times(5, 9), "overflowed")
        found = self._group(
            self.Wait, ["queue_id"], "__count", "service_level:avg", "abandon_rate:avg"
        )
        self.assertEqual(found[self.queue][0], 5)
        # Of four that count, two were answered within 60 s and one was lost
        self.assertAlmostEqual(found[self.queue][1], 50)
        self.assertAlmostEqual(found[self.queue][2], 25)
        self.assertEqual(found[self.other_queue][1:], (0, 100))

    def _times(self, since, until):
        start = int((MORNING - datetime(1970, 1, 1)) / timedelta(microseconds=1))
        return start + since * 10**6, start + until * 10**6

    def test_the_half_hour_is_that_of_the_city(self):
        self._contact(answered=10, at=MORNING + timedelta(minutes=29, seconds=59))
        self._contact(answered=10, at=MORNING + timedelta(minutes=30))
        # 23:45 in São Paulo is the next day in UTC
        self._contact(answered=10, at=datetime(2026, 11, 20, 2, 45))
        found = self._group(self.Wait, ["half_hour"], "__count")
        self.assertEqual(found, {"09:00": (1,), "09:30": (1,), "23:30": (1,)})

    def _opened(self, conversation, at):
        self.env.cr.execute(
            "UPDATE contact_center_conversation SET opened_at = %s, accepted_at = %s, "
            "closed_at = %s WHERE id = %s",
            (at, at, at + timedelta(seconds=90), conversation.id),
        )
        conversation.invalidate_recordset()
        return conversation

    def test_subject_region_handling_time_and_returns(self):
        region = self.env["contact_center.region"].create({"name": "Centro-Sul"})
        district = self.env["contact_center.district"].create(
            {"name": "Savassi", "region_id": region.id}
        )
        self.citizen.contact_center_district_id = district
        below = self.disposition.create(
            {"name": "Poste", "nature": "request", "parent_id": self.disposition.id}
        )
        earlier = self._opened(self._contact(answered=1), MORNING - timedelta(days=31))
        self._opened(self._contact(answered=1), MORNING - timedelta(days=30))
        last = self._opened(self._contact(answered=1), MORNING)
        self.assertEqual(earlier.partner_id, last.partner_id)
        last.sudo().disposition_id = below
        self.env.flush_all()
        row = self.Contact.search([("conversation_id", "=", last.id)])
        self.assertEqual((row.disposition_id, row.subject_id), (below, self.disposition))
        self.assertEqual((row.region_id, row.district_id), (region, district))
        self.assertEqual((row.nature, row.handling, row.day), ("request", 90, DAY))
        self.assertEqual((row.earlier_count, row.return_count, row.visit), (1, 1, "2"))
        first = self.Contact.search([("conversation_id", "=", earlier.id)])
        self.assertEqual((first.return_count, first.return_rate, first.visit), (0, 0, "1"))

    def test_each_follows_their_companies(self):
        here = self._contact(answered=1)
        other = self.env["res.company"].create({"name": "Outra cidade"})
        self.manager.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        self.assertFalse(self.Wait.search([("conversation_id", "=", here.id)]))
        self.assertFalse(self.Contact.search([("conversation_id", "=", here.id)]))

    def test_the_city_sees_its_queues_numbers_of_agents_and_no_citizens(self):
        inspector = self._user(
            "cc_city", "Ivo Inspetor", "contact_center_supervision.group_city_inspector"
        )
        self.env["contact_center.assignment"].create(
            {
                "user_id": self.agent.id,
                "operation_id": self.env["contact_center.operation"].create({"name": "156"}).id,
                "supervisor_id": self.supervisor.id,
                "registration": "4711",
                "date_from": "2026-01-01",
            }
        )
        mine = self._contact(answered=1)
        self._contact(answered=1, queue=self.other_queue)
        inspector.sudo().contact_center_city_queue_ids = self.queue
        waits = self.Wait.with_user(inspector)
        found = waits.search([("day", "=", DAY)])
        self.assertEqual(found.conversation_id.ids, mine.ids)
        groups = waits.formatted_read_group([("day", "=", DAY)], ["agent_id"], ["__count"])
        self.assertEqual([group["agent_id"][1] for group in groups], ["4711"])
        with self.assertRaises(AccessError):
            found.action_open()
        self.assertNotIn("partner_id", self.Contact._fields)

    def test_down_to_the_contact(self):
        conversation = self._contact(answered=1)
        row = self.Wait.search([("conversation_id", "=", conversation.id)])
        action = row.action_open()
        self.assertEqual((action["res_model"], action["res_id"]),
                         (conversation._name, conversation.id))  # fmt: skip
        contact = self.Contact.search([("conversation_id", "=", conversation.id)])
        self.assertEqual(contact.action_open()["res_id"], conversation.id)
