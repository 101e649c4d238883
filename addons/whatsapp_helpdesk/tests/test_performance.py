# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

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
            with self.assertQueryCount(30):
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
        self.assertLess((self.env.cr.sql_log_count - before) / len(people), 11)
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


@tagged("post_install", "-at_install")
class TestHotUpdates(WhatsappCase):
    """Rows that change with every message: no index of theirs has to be written."""

    def hot_updates(self):
        """Return {table: (updates, those that no index noticed)} of this transaction."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT relname, n_tup_upd, n_tup_hot_upd FROM pg_stat_xact_user_tables"
            " WHERE relname IN ('contact_center_conversation', 'whatsapp_identity')"
        )
        return {name: (updates, hot) for name, updates, hot in self.env.cr.fetchall()}

    def test_a_message_changes_no_column_of_an_index(self):
        with self.bot("Olá!"):
            self.say("aquecimento")
            before = self.hot_updates()
            with freeze_time(self.now() + timedelta(seconds=5)):
                self.deliver(self.inbound(text="oi"))
            after = self.hot_updates()
        self.assertEqual(len(after), 2)
        for name, (updates, hot) in after.items():
            updated = updates - before[name][0]
            self.assertTrue(updated, name)
            self.assertEqual(hot - before[name][1], updated, name)

    def test_rows_that_change_often_find_room_in_their_page(self):
        self.env.cr.execute(
            "SELECT count(*) FROM pg_class WHERE 'fillfactor=75' = ANY(reloptions)"
            " AND relname IN ('contact_center_conversation', 'whatsapp_identity')"
        )
        self.assertEqual(self.env.cr.fetchone(), (2,))
