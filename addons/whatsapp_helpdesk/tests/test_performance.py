# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from ..cloud_api import events
from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestPerformance(WhatsappCase):
    """Query counts of the hot paths: a query added there should be deliberate."""

    def test_webhook_stores_a_batch_in_one_query(self):
        items = events.split(
            self.call({"messages": [self.message(text=str(number)) for number in range(100)]})
        )
        self.env["whatsapp.account"]._ids_by_number()
        with self.assertQueryCount(1):
            self.Event._insert(items)

    def test_turn_of_the_bot(self):
        with self.bot("Olá!"):
            self.say("aquecimento")
            # Later, as it is in life: the person's row is written for it anyway
            stamp = str(int(self.now().timestamp()) + 5)
            self.deliver(self.inbound(text="oi", timestamp=stamp), run=False)
            self.env.flush_all()
            self.env.invalidate_all()
            # Nine of them once for each job, however many it serves
            with self.assertQueryCount(31):
                self.Event._drain_inbox()
        self.assertEqual(self.meta.texts(), ["Olá!", "Olá!"])

    def test_turns_of_several_people_cost_less_each(self):
        people = [
            {"wa_id": f"55319{number:08}", "user_id": f"BR.{number}", "name": f"Pessoa {number}"}
            for number in range(8)
        ]
        with self.bot("Olá!"):
            for person in people:
                self.say("aquecimento", person)
            stamp = str(int(self.now().timestamp()) + 5)
            for person in people:
                self.deliver(self.inbound(person, text="oi", timestamp=stamp), run=False)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.Event._drain_inbox()
        self.assertLess((self.env.cr.sql_log_count - before) / len(people), 16)
        self.assertEqual(self.meta.texts(), ["Olá!"] * 16)

    def test_statuses_are_applied_in_bulk(self):
        with self.bot("Olá!"):
            for _number in range(10):
                self.say("oi")
        sent = self.Message.search([("direction", "=", "out")])
        self.deliver(*[self.status(message, "delivered") for message in sent], run=False)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(13):
            self.Event._process_statuses()
        self.assertEqual(set(sent.mapped("state")), {"delivered"})
