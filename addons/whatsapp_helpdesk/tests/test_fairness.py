# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import tagged

from ..cloud_api import fairness
from ..models import whatsapp_inbox_drain
from .common import MARIA, WhatsappCase

FLOOD = {"wa_id": "5511900001111", "user_id": "BR.666", "name": "Fulano"}
FLOOD_TOO = {"wa_id": "5511900002222", "user_id": "BR.667", "name": "Beltrano"}


@tagged("post_install", "-at_install")
class TestFairness(WhatsappCase):
    """One person who writes a thousand messages delays nobody else's."""

    def flood(self, person, count):
        """Let a person write so many messages that nobody processes yet."""
        contact = {"wa_id": person["wa_id"], "user_id": person["user_id"]}
        contact["profile"] = {"name": person["name"]}
        texts = [self.message(person, text=f"m{number}") for number in range(count)]
        self.deliver(self.call({"contacts": [contact], "messages": texts}), run=False)

    def lanes(self):
        """Return the ids of people whom a job would serve now, in order; free them."""
        claimed = self.Event._claim_lanes(set())[0]
        self.Event._unlock(*(f"whatsapp.in:{key}" for key in claimed))
        return [key.rpartition(":")[2] for key in claimed]

    def processed_in_order(self):
        """Let the job run; return the person of each message in the order of processing."""
        seen, process = [], type(self.Event)._process_message

        def note(event):
            seen.append(event.contact_key.rpartition(":")[2])
            return process(event)

        with patch.object(type(self.Event), "_process_message", note):
            self.Event._drain_inbox()
        return seen

    def test_another_persons_message_is_processed_after_a_few_of_a_thousand(self):
        self.flood(FLOOD, 60)
        self.deliver(self.inbound(text="oi"), run=False)
        seen = self.processed_in_order()
        self.assertEqual(len(seen), 61)
        self.assertLessEqual(seen.index(MARIA["user_id"]), fairness.share(2))
        self.assertEqual(set(self.Event.search([]).mapped("state")), {"processed"})

    def test_order_of_each_person_is_kept(self):
        self.flood(FLOOD, 30)
        self.deliver(self.inbound(text="oi"), run=False)
        self.Event._drain_inbox()
        identity = self.env["whatsapp.identity"]._find(
            self.account.portfolio, FLOOD["user_id"], FLOOD["wa_id"]
        )
        received = self.Message.search([("identity_id", "=", identity.id)], order="id")
        bodies = [str(message.body) for message in received if message.direction == "in"]
        self.assertEqual(bodies, [f"<p>m{number}</p>" for number in range(30)])

    def test_second_backlog_waits_behind_those_who_wait_for_little(self):
        self.flood(FLOOD, 25)
        self.flood(FLOOD_TOO, 25)
        self.deliver(self.inbound(text="oi"), run=False)
        # The longest wait keeps its place
        self.assertEqual(self.lanes(), [FLOOD["user_id"], MARIA["user_id"], FLOOD_TOO["user_id"]])
        with patch.object(whatsapp_inbox_drain, "_TOGETHER", 2):
            self.assertEqual(self.lanes(), [FLOOD["user_id"], MARIA["user_id"]])

    def test_backlog_that_fills_all_that_is_looked_at_hides_nobody(self):
        self.flood(FLOOD, 30)
        self.flood(FLOOD_TOO, 30)
        self.deliver(self.inbound(text="oi"), run=False)
        with patch.object(whatsapp_inbox_drain, "_WINDOW", 25):
            self.assertEqual(
                self.lanes(), [FLOOD["user_id"], MARIA["user_id"], FLOOD_TOO["user_id"]]
            )

    def test_usually_one_statement_says_who_waits(self):
        self.deliver(self.inbound(text="oi"), run=False)
        with self.assertQueryCount(1):
            self.Event._who_waits()
