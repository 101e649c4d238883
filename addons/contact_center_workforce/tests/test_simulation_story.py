# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from odoo.addons.contact_center.core.microseconds import from_us
from odoo.addons.contact_center_distribution import routing
from odoo.addons.contact_center_distribution.routing import reasons

from .common import MIDNIGHT, WorkforceCase

DAY = MIDNIGHT.date()


@tagged("post_install", "-at_install")
class TestSimulationStory(WorkforceCase):
    """What contacts of a day went through: refused offers, overflow, agents who were lent."""

    def _day(self, queues=None):
        simulation = (
            self.env["contact_center.simulation"]
            .with_user(self.supervisor)
            .create(
                {
                    "name": "Teste",
                    "day": DAY,
                    "queue_ids": [Command.set((queues or self.queue | self.other_queue).ids)],
                }
            )
        )
        return simulation.sudo()._read_day()

    def _closed(self, conversation, hours):
        self.env["contact_center.event"].sudo().create(
            {
                "conversation_id": conversation.id,
                "kind": "closed",
                "at": from_us(self._at(hours)),
            }
        )

    def _offer(self, conversation, hours, seconds, result):
        at = self._at(hours)
        self.env["contact_center.offer"].sudo().create(
            {
                "conversation_id": conversation.id,
                "queue_id": self.queue.id,
                "via_id": self.queue.id,
                "user_id": self.agent.id,
                "at": from_us(at),
                "until": from_us(at + 45_000_000),
                "answered_at": from_us(at + seconds * 1_000_000),
                "result": result,
            }
        )

    def _lend(self, rule, hours, lent):
        """Lend the outsider by a rule, or call them home, at an hour of that day."""
        borrowers = frozenset(rule.borrower_ids.ids)
        why = routing.Reason(reasons.AGENT_GONE)
        move = routing.LoanMove(rule.id, self.outsider.id, rule.lender_id.id, borrowers, lent, why)
        with freeze_time(from_us(self._at(hours))):
            self.env["contact_center.offer"]._lend_one(move)
        self.env.flush_all()

    def test_refused_and_expired_offers_are_part_of_the_day(self):
        """Their share, and the time until somebody else is asked."""
        self._write_morning()
        talk = self.conversations[0]
        self._closed(talk, 9.3)
        for number, (seconds, result) in enumerate(
            ((4, "accepted"), (6, "accepted"), (8, "refused"), (20, "expired"), (9, "withdrawn"))
        ):
            self._offer(talk, 9 + number / 100, seconds, result)
        day, _real = self._day(self.queue)
        traffic = day.traffic[self.queue.id]
        self.assertAlmostEqual(traffic.answering, 5)
        self.assertAlmostEqual(traffic.refused, 0.5)
        self.assertAlmostEqual(traffic.refusing, 14)

    def test_what_overflowed_counts_where_it_came_and_rules_are_played(self):
        """A contact that moved came to its first queue, in the real day and in the simulated."""
        (self.queue | self.other_queue).mode = "offer"
        rule = {"condition": "wait", "above": 30, "target_id": self.other_queue.id, "way": "move"}
        self.queue.overflow_ids = [Command.create(rule)]
        talk = self.conversations[0]
        self._write_state(self.outsider, "available", 8, 13)
        self._write_stays(
            [
                (talk.id, self.queue.id, self._at(9), self._at(9.1), "overflowed", None),
                (
                    *(talk.id, self.other_queue.id, self._at(9.1), self._at(9.2)),
                    *("accepted", self.outsider.id),
                ),
            ]
        )
        self._closed(talk, 9.3)
        day, real = self._day()
        self.assertEqual([one.queue for one in day.arrivals], [self.queue.id])
        self.assertEqual(set(real["queues"]), {self.queue.id})
        (rule,) = day.settings.queues[self.queue.id].overflows
        self.assertEqual((rule.target, rule.above), (self.other_queue.id, 30))
        (person,) = day.people
        self.assertEqual(person.queues, {self.other_queue.id})

    def test_who_helped_out_is_no_agent_of_the_queue(self):
        """Served by overflow, or lent: they do not serve it all day."""
        talk = self.conversations[0]
        self._write_state(self.outsider, "available", 8, 13)
        self._write_stays(
            [(talk.id, self.queue.id, self._at(9), self._at(9.1), "accepted", self.outsider.id)]
        )
        self._closed(talk, 9.3)
        talk.sudo().served_via_id = self.other_queue
        day, _real = self._day()
        (person,) = day.people
        self.assertEqual(person.queues, {self.other_queue.id})

    def test_lent_agents_serve_the_other_queue_for_that_time(self):
        """As the ledger of loans has it."""
        (self.queue | self.other_queue).mode = "offer"
        rule = self.env["contact_center.queue.loan"].create(
            {
                "lender_id": self.other_queue.id,
                "borrower_ids": [Command.set(self.queue.ids)],
            }
        )
        self._lend(rule, 9, lent=True)
        self._lend(rule, 10, lent=False)
        talk = self.conversations[0]
        self._write_state(self.outsider, "available", 8, 13)
        self._write_stays(
            [(talk.id, self.queue.id, self._at(9), self._at(9.1), "lent", self.outsider.id)]
        )
        self._closed(talk, 9.3)
        day, _real = self._day()
        (person,) = day.people
        self.assertEqual(person.queues, {self.other_queue.id})
        spells = [
            ((one.start - day.start) / 3600, (one.end - day.start) / 3600, one.queues)
            for one in person.spells
        ]
        both = frozenset((self.queue | self.other_queue).ids)
        self.assertEqual(spells, [(8, 9, None), (9, 10, both), (10, 13, None)])
