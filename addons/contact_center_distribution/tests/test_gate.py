# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME

from .common import DistributionCase

YESTERDAY = (WORKING_TIME - timedelta(days=1)).date()
TOMORROW = (WORKING_TIME + timedelta(days=1)).date()


@tagged("post_install", "-at_install")
class TestGate(DistributionCase):
    """Who may be offered a contact, or take one: one method says it."""

    def _refusal(self, user, queue=None):
        queue = queue or self.queue
        return queue._refusals(queue._seats(user)).get((queue.id, user.id), "")

    def test_who_may(self):
        self.assertFalse(self._refusal(self.agent))

    def test_who_may_not(self):
        self.assertIn("not an agent", self._refusal(self.outsider))
        self._away(self.agent)
        self.assertIn("not logged in", self._refusal(self.agent))
        for kind, reason in (("break", "Lanche"), ("away", ""), ("after_work", "")):
            self.States.with_user(self.colleague).set_mine(kind, reason)
            self.assertTrue(self._refusal(self.colleague), kind)

    def test_a_level_has_its_dates(self):
        skill = self._set_level(self.agent, 4, since=TOMORROW)
        self.assertIn("only from", self._refusal(self.agent))
        skill.write({"since": False, "until": YESTERDAY})
        self.assertIn("until", self._refusal(self.agent))
        skill.until = TOMORROW
        self.assertFalse(self._refusal(self.agent))

    def test_a_level_is_of_an_agent_of_the_queue(self):
        with self.assertRaises(ValidationError):
            self._set_level(self.outsider, 3)

    def test_an_archived_agent_or_one_in_another_role_may_not(self):
        self.colleague.group_ids = self.env.ref("base.group_user")
        self.queue.sudo().member_ids |= self.colleague
        self.assertIn("not an agent", self._refusal(self.colleague))

    def test_an_addon_bars_an_agent_everywhere(self):
        """An untrained agent, or one outside the shift: one method of another addon."""
        queues = type(self.env["contact_center.queue"])
        refusals = queues._refusals

        def barred(queue, seats, weight=1):
            found = refusals(queue, seats, weight)
            found.update(
                {
                    (seat.queue_id, seat.user_id): "not trained"
                    for seat in seats
                    if seat.user_id == self.agent.id
                }
            )
            return found

        conversation, offer = None, None
        self.queue.mode = "mixed"
        with patch.object(queues, "_refusals", barred):
            conversation = self._waiting()
            offer = self._round()
            self.assertEqual(offer.user_id, self.colleague)
            with self.assertRaisesRegex(UserError, "not trained"):
                conversation.with_user(self.agent).action_take()
            self.assertIn("not trained", self.queue.distribution_preview)

    def test_by_hand_where_contacts_are_offered(self):
        conversation = self._waiting()
        self.assertFalse(conversation._bus_payload()["by_hand"])
        with self.assertRaisesRegex(UserError, "nothing to pick"):
            conversation.with_user(self.agent).action_take()
        offer = self._round()
        conversation.with_user(self.supervisor).action_take()
        self.assertEqual(conversation.agent_id, self.supervisor)
        self.assertEqual(offer.result, "withdrawn")

    def test_by_hand_where_both_are_possible(self):
        self.queue.mode = "mixed"
        self.env["contact_center.agent.capacity"].create({"user_id": self.agent.id, "capacity": 59})
        first, second = self._waiting(), self._waiting()
        self.assertTrue(first._bus_payload()["by_hand"])
        first.with_user(self.agent).action_take()
        with self.assertRaisesRegex(UserError, "as much as they can"):
            second.with_user(self.agent).action_take()

    def test_what_is_offered_takes_room_already(self):
        """Who picks another one meanwhile could not accept it any more, or would have too many."""
        self.queue.mode = "mixed"
        self._away(self.colleague)
        for _one in range(2):
            self._waiting().with_user(self.agent).action_take()
        offer = self._offered()[1]
        other = self._waiting()
        with self.assertRaisesRegex(UserError, "as much as they can"):
            other.with_user(self.agent).action_take()
        self._accept(offer)
        self.assertEqual(offer.result, "accepted")
