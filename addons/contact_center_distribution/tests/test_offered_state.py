# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.core import agent_time

from .common import DistributionCase


@tagged("post_install", "-at_install")
class TestOfferedState(DistributionCase):
    """While an offer is open its agent is in the state "offered"."""

    def _kind(self, user):
        return self.States._current(user).kind

    def _ledger(self, user):
        """Kinds of the agent's states, in order; they follow one another without a gap."""
        states = self.States.search([("user_id", "=", user.id)], order="start_us, id")
        intervals = [
            agent_time.Interval(one.kind, one.start_us, one.end_us or None) for one in states
        ]
        self.assertFalse(agent_time.faults(intervals))
        return [one.kind for one in states]

    def setUp(self):
        super().setUp()
        self.queue.member_ids = self.agent

    def test_accepted(self):
        _conversation, offer = self._offered()
        self.assertEqual(self._kind(self.agent), "offered")
        with self._later(5):
            self._accept(offer)
        self.assertEqual(self._ledger(self.agent), ["available", "offered", "in_service"])

    def test_refused(self):
        offer = self._offered()[1]
        with self._later(5):
            self.Offer.with_user(self.agent).refuse(offer.id, "busy")
        self.assertEqual(self._ledger(self.agent), ["available", "offered", "available"])

    def test_not_answered_twice(self):
        self._offered()
        with self._later(45):
            self._round()
            self.assertEqual(self._kind(self.agent), "available")
        with self._later(110):
            self._round()
            self.assertEqual(self._kind(self.agent), "offered")
        with self._later(160):
            self._round()
        self.assertEqual(
            self._ledger(self.agent),
            ["available", "offered", "available", "offered", "not_answering"],
        )

    def test_withdrawn(self):
        conversation, _offer = self._offered()
        with self._later(5):
            conversation._close("abandoned")
        self.assertEqual(self._ledger(self.agent), ["available", "offered", "available"])

    def test_whoever_serves_stays_in_service_and_goes_back_to_what_is_offered(self):
        first, offer = self._offered()
        with self._later(5):
            self._accept(offer)
            self._waiting()
            second = self._round()
            self.assertEqual(second.user_id, self.agent)
            self.assertEqual(self._kind(self.agent), "in_service")
        with self._later(10):
            first.with_user(self.agent).action_close()
            self.assertEqual(self._kind(self.agent), "offered")
        self.assertEqual(
            self._ledger(self.agent), ["available", "offered", "in_service", "offered"]
        )

    def test_two_offers_are_one_state(self):
        for _one in range(2):
            self._waiting()
        first, second = self._round()
        with self._later(5):
            self.Offer.with_user(self.agent).refuse(first.id, "busy")
        self.assertEqual(self._kind(self.agent), "offered")
        with self._later(9):
            self._accept(second)
        self.assertEqual(self._ledger(self.agent), ["available", "offered", "in_service"])

    def test_whoever_is_offered_something_may_be_offered_more(self):
        self._offered()
        self._waiting()
        self.assertEqual(self._round().user_id, self.agent)
