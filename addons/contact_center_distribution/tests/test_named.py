# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DistributionCase


@tagged("post_install", "-at_install")
class TestNamed(DistributionCase):
    """Direct hand-over: a contact passed to a person is theirs, now or as soon as they can."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queue.named_seconds = 120

    def _pass(self, to):
        """Let the other agent get a contact and pass it to `to`, whose break goes on."""
        self.States.with_user(to).set_mine("break", "Lanche")
        conversation, offer = self._offered()
        self._accept(offer)
        self.assertNotEqual(offer.user_id, to)
        conversation.with_user(offer.user_id).action_transfer(user=to, note="É com você")
        return conversation

    def test_who_is_free_serves_at_once(self):
        self.States.with_user(self.colleague).set_mine("break", "Lanche")
        conversation, offer = self._offered()
        self._accept(offer)
        self.States.with_user(self.colleague).set_mine("available")
        conversation.with_user(self.agent).action_transfer(user=self.colleague, reason="subject")
        self.assertEqual(
            (conversation.state, conversation.agent_id), ("in_service", self.colleague)
        )
        event = conversation.event_ids.filtered(lambda event: event.kind == "transferred")
        self.assertIn("Another team's subject", event.details, "not the words of a refused offer")

    def test_who_cannot_is_waited_for_and_nobody_else_gets_it(self):
        conversation = self._pass(self.colleague)
        self.assertEqual(conversation.state, "queued")
        self.assertEqual(conversation.named_agent_id, self.colleague)
        self.assertTrue(conversation.stay_ids.filtered(lambda stay: not stay.left_at))
        with self._later(60):
            self.assertFalse(self._round(), "the first agent is free and does not get it")
            self.States.with_user(self.colleague).set_mine("available")
            self.assertEqual(self._round().user_id, self.colleague)

    def test_when_the_time_is_over_anybody_gets_it(self):
        self._pass(self.colleague)
        with self._later(121):
            self.assertEqual(self._round().user_id, self.agent)

    def test_nobody_is_given_more_than_they_can_serve(self):
        self.env["contact_center.agent.capacity"].create(
            {"user_id": self.colleague.id, "capacity": 30}
        )
        first, second = self._waiting(), self._waiting()
        for offer in self._round():
            self._accept(offer)
        served = {one.agent_id: one for one in first | second}
        self.assertEqual(len(served), 2)
        served[self.agent].with_user(self.agent).action_transfer(user=self.colleague)
        self.assertEqual(served[self.agent].state, "queued")
        served[self.colleague].with_user(self.colleague).action_close()
        with self._later(5):
            self.assertEqual(self._round().user_id, self.colleague)

    def test_who_refuses_it_lets_the_others_have_it(self):
        conversation = self._pass(self.colleague)
        self.States.with_user(self.colleague).set_mine("available")
        offer = self._round()
        self.Offer.with_user(self.colleague).refuse(offer.id, "busy")
        self.assertEqual(self._round().user_id, self.agent)
        self.assertEqual(conversation.state, "queued")

    def test_others_cannot_pick_it_meanwhile(self):
        self.queue.mode = "mixed"
        conversation = self._pass(self.colleague)
        with self.assertRaisesRegex(UserError, "was passed to Caio Colega"):
            conversation.with_user(self.agent).action_take()
        with self._later(121):
            conversation.with_user(self.agent).action_take()
        self.assertEqual(conversation.agent_id, self.agent)

    def test_it_is_forgotten_when_it_goes_on(self):
        conversation = self._pass(self.colleague)
        conversation.with_user(self.supervisor).action_transfer(queue=self.other_queue)
        self.assertFalse(conversation.named_agent_id)

    def test_without_such_a_time_it_is_anybodys(self):
        self.queue.named_seconds = 0
        conversation = self._pass(self.colleague)
        self.assertFalse(conversation.named_agent_id)
        self.assertEqual(self._round().user_id, self.agent)

    def test_where_agents_pick_it_is_served_at_once_as_ever(self):
        self.queue.mode = "pull"
        conversation = self._in_service()
        self.States.with_user(self.colleague).set_mine("break", "Lanche")
        conversation.with_user(self.agent).action_transfer(user=self.colleague)
        self.assertEqual(conversation.agent_id, self.colleague)
