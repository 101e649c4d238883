# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import DistributionCase


@tagged("post_install", "-at_install")
class TestOverflow(DistributionCase):
    """When nobody of the queue can, another one helps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_queue.write({"mode": "offer", "calendar_id": False})

    def _rule(self, **values):
        self.queue.overflow_ids = [
            Command.create({"target_id": self.other_queue.id, "above": 60, **values})
        ]

    def _nobody_here(self):
        for user in self.agent | self.colleague:
            self.States.with_user(user).set_mine("break", "Lanche")

    def test_after_a_wait_others_are_asked_and_the_place_is_kept(self):
        self._rule(condition="wait")
        self._nobody_here()
        conversation = self._waiting()
        with self._later(59):
            self.assertFalse(self._round())
        with self._later(60):
            offer = self._round()
            self.assertEqual((offer.user_id, offer.via_id), (self.outsider, self.other_queue))
            self.assertEqual(conversation.queue_id, self.queue)
            self.assertIn("overflowed", self._kinds(conversation))
            self.assertIn("overflow", offer.why)
            self._accept(offer)
        self.assertEqual(conversation.agent_id, self.outsider)
        self.assertEqual(conversation.stay_ids.queue_id, self.queue, "the wait counts here")
        self.assertEqual(conversation.stay_ids.left_how, "accepted")

    def test_an_agent_of_the_other_queue_keeps_what_they_serve(self):
        self.test_after_a_wait_others_are_asked_and_the_place_is_kept()
        self.Conversation._cron_release_stranded()
        served = self.Conversation.search([("served_via_id", "=", self.other_queue.id)])
        self.assertEqual((served.state, served.agent_id), ("in_service", self.outsider))
        self.other_queue.member_ids -= self.outsider
        self.assertEqual(served.state, "queued")

    def test_own_agents_come_first(self):
        self._rule(condition="wait", above=0)
        self._waiting()
        self.assertIn(self._round().user_id, self.agent | self.colleague)

    def test_when_no_agent_is_free_and_back_when_one_is(self):
        self._rule(condition="no_free_agent")
        self._nobody_here()
        self.States.with_user(self.outsider).set_mine("break", "Lanche")
        conversation = self._waiting()
        self._round()
        self.assertEqual(conversation.shown_queue_ids, self.other_queue)
        self.States.with_user(self.agent).set_mine("available")
        offer = self._round()
        self.assertEqual(offer.user_id, self.agent)
        self.assertFalse(conversation.shown_queue_ids)
        self.assertIn("overflow_ended", self._kinds(conversation))

    def test_moving_keeps_the_time(self):
        self._rule(condition="size", above=1, way="move")
        self._nobody_here()
        conversation = self._waiting()
        since = conversation.queued_at
        with self._later(30):
            self._round()
        self.assertEqual(conversation.queue_id, self.other_queue)
        self.assertEqual(conversation.queued_at, since)
        first, second = conversation.stay_ids.sorted("id")
        self.assertEqual((first.left_how, second.queue_id), ("overflowed", self.other_queue))
        self.assertEqual(second.since_us, first.since_us)

    def test_by_the_estimate_and_by_the_speed_of_answer(self):
        self._rule(condition="answer_speed", above=100)
        done = self._waiting()
        with self._later(120):
            self._accept(self._round())
            self._nobody_here()
            conversation = self._waiting()
            self._round()
            self.assertEqual(self.queue._answer_speed(), 120)
        self.assertEqual(conversation.shown_queue_ids, self.other_queue)
        self.assertEqual(done.state, "in_service")

    def test_a_closed_queue_takes_nothing_in(self):
        self._rule(condition="wait", above=0)
        self._nobody_here()
        self.other_queue.calendar_id = self.env["resource.calendar"].create(
            {"name": "Nunca", "attendance_ids": [Command.clear()]}
        )
        conversation = self._waiting()
        self._round()
        self.assertFalse(conversation.shown_queue_ids)

    def test_rules_that_make_no_sense(self):
        with self.assertRaises(ValidationError):
            self.queue.overflow_ids = [Command.create({"target_id": self.queue.id})]
        self.other_queue.mode = "pull"
        with self.assertRaises(ValidationError):
            self._rule()

    def test_queues_tied_by_a_rule_are_one_group(self):
        self.assertEqual(len(self.Offer._domains()), 2)
        self._rule()
        self.assertEqual(len(self.Offer._domains()), 1)

    def test_contacts_never_move_in_a_circle(self):
        third = self.queue.copy({"name": "Third", "overflow_ids": False})
        self._rule(way="move")
        self.other_queue.overflow_ids = [Command.create({"target_id": third.id, "way": "move"})]
        with self.assertRaisesRegex(ValidationError, "move in a circle"):
            third.overflow_ids = [Command.create({"target_id": self.queue.id, "way": "move"})]
        third.mode = "offer"
        self.queue.mode = "offer"
        third.overflow_ids = [Command.create({"target_id": self.queue.id})]
