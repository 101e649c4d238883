# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME, NotesMixin

from .common import DistributionCase


@tagged("post_install", "-at_install")
class TestDistribution(NotesMixin, DistributionCase):
    """Which contact goes to which agent."""

    def test_a_waiting_contact_is_offered_to_one_agent(self):
        conversation = self._waiting()
        with self._bus() as sent:
            offer = self._round()
        self.assertEqual(offer.conversation_id, conversation)
        self.assertIn(offer.user_id, self.agent | self.colleague)
        self.assertEqual((offer.result, conversation.state), (False, "queued"))
        self.assertEqual(offer.until, WORKING_TIME + timedelta(seconds=45))
        self.assertIn("offered", self._kinds(conversation))
        self.assertTrue(offer.why)
        told = [
            (target, payload["row"]["partner"])
            for target, kind, payload in sent
            if kind == "contact_center/offer"
        ]
        self.assertEqual(told, [(offer.user_id.partner_id, conversation.partner_id.name)])
        self.assertFalse(self._round(), "it is offered to one agent at a time")

    def test_the_agent_who_has_been_free_longest_gets_it(self):
        for user, minutes in ((self.agent, 3), (self.colleague, 9)):
            tally = self.env["contact_center.agent.tally"].search([("user_id", "=", user.id)])
            tally.last_back = tally.last_end = WORKING_TIME - timedelta(minutes=minutes)
        self.assertEqual(self._offered()[1].user_id, self.colleague)

    def test_the_longest_wait_and_the_highest_priority_come_first(self):
        self.env["contact_center.agent.capacity"].create({"user_id": self.agent.id, "capacity": 30})
        self.queue.member_ids = self.agent
        first = self._waiting()
        with self._later(60):
            second = self._waiting()
            urgent = self._open()
            urgent._hand_over(priority=2)
            order = []
            for _turn in range(3):
                offer = self._round()
                order.append(offer.conversation_id)
                self._accept(offer)
                offer.conversation_id.with_user(self.agent).action_close()
        self.assertEqual(order, [urgent, first, second])

    def test_nobody_gets_more_than_their_capacity(self):
        self.queue.member_ids = self.agent
        for _one in range(5):
            self._waiting()
        offers = self._round()
        self.assertEqual(len(offers), 3, "weights of 30 in a capacity of 100")
        for offer in offers:
            self._accept(offer)
        self.assertFalse(self._round())
        offers[0].conversation_id.with_user(self.agent).action_close()
        self.assertEqual(len(self._round()), 1)

    def test_weights_of_channels_and_capacity_of_agents_are_settings(self):
        self.queue.member_ids = self.agent
        self.env["contact_center.channel.weight"].create({"channel_kind": "internal", "weight": 50})
        for _one in range(3):
            self._waiting()
        self.assertEqual(len(self._round()), 2)
        self.env["contact_center.agent.capacity"].create(
            {"user_id": self.agent.id, "capacity": 150}
        )
        self.assertEqual(len(self._round()), 1)

    def test_automatic_answer_puts_it_into_service_at_once(self):
        self.queue.mode = "automatic"
        conversation = self._waiting()
        with self._delivered() as delivered:
            offer = self._round()
        self.assertEqual((offer.result, conversation.state), ("assigned", "in_service"))
        self.assertEqual(conversation.agent_id, offer.user_id)
        self.assertIn(offer.user_id.name, delivered[0][1].text)
        self.assertEqual(self.States._current(offer.user_id).kind, "in_service")

    def test_better_levels_first_then_the_circle_widens(self):
        self._set_level(self.colleague, 5)
        self.queue.ring_ids = [
            Command.create({"seconds": 0, "min_level": "4"}),
            Command.create({"seconds": 60, "min_level": "1"}),
        ]
        self._away(self.colleague)
        conversation = self._waiting()
        with self._later(30):
            self.assertFalse(self._round(), "nobody of that level is there")
        with self._later(61):
            offer = self._round()
            self.assertEqual(offer.user_id, self.agent)
        self.Offer.with_user(self.agent).refuse(offer.id, "busy")
        self.env["mail.presence"].search([("user_id", "=", self.colleague.id)]).status = "online"
        self.assertTrue(conversation.returned_at)
        other = self._waiting()
        with self._later(62):
            offers = self._round()
        self.assertEqual(offers.user_id, self.colleague)
        self.assertEqual(offers.conversation_id, conversation | other)

    def test_what_the_assistant_found_out_is_asked_for_a_while(self):
        libras = self.env["im_livechat.expertise"].create(
            {"name": "Libras", "user_ids": self.colleague.ids}
        )
        self._away(self.colleague)
        conversation = self._open()
        conversation._hand_over(skill=libras)
        self.assertFalse(self._round())
        with self._later(61):
            self.assertEqual(self._round().user_id, self.agent)

    def test_the_agent_who_served_last_comes_first_for_a_while(self):
        self.queue.last_agent_seconds = 30
        self.States.with_user(self.agent).set_mine("break", "Lanche")
        before, offer = self._offered()
        self._accept(offer)
        before.with_user(self.colleague).action_close()
        before._close("resolved")
        self.States.with_user(self.agent).set_mine("available")
        tally = self.env["contact_center.agent.tally"].search([("user_id", "=", self.agent.id)])
        tally.last_back = WORKING_TIME - timedelta(hours=1)
        again = self._waiting()
        self.assertEqual(again.partner_id, before.partner_id)
        self.assertEqual(self._round().user_id, self.colleague)

    def test_queues_that_share_no_agent_are_apart(self):
        self.other_queue.mode = "offer"
        groups = self.Offer._domains()
        self.assertEqual(len(groups), 2)
        self.assertNotEqual(*(self.Offer._lock_name(group) for group in groups))
        self.other_queue.member_ids |= self.agent
        self.assertEqual(self.Offer._domains(), [self.queue | self.other_queue])

    def test_a_queue_that_agents_pick_from_is_left_alone(self):
        self.queue.mode = "pull"
        conversation = self._waiting()
        self.assertFalse(self._round())
        conversation.with_user(self.agent).action_take()
        self.assertEqual(conversation.agent_id, self.agent)

    def test_a_change_of_the_mode_takes_offers_back(self):
        conversation, offer = self._offered()
        self.queue.mode = "pull"
        self.assertEqual(offer.result, "withdrawn")
        conversation.with_user(self.colleague).action_take()
        self.assertEqual(conversation.agent_id, self.colleague)

    def test_who_leaves_the_queue_is_no_longer_offered_it(self):
        conversation, offer = self._offered()
        conversation._close("abandoned")
        self.assertEqual(offer.result, "withdrawn")
        self.assertFalse(self.Offer.with_user(offer.user_id).get_mine()["offers"])
