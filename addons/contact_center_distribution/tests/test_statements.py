# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import DistributionCase


@tagged("post_install", "-at_install")
class TestStatements(DistributionCase):
    """What the distribution asks of the database."""

    def _warm(self):
        self._accept(self._offered()[1])
        self._round()
        self.env.flush_all()

    def test_a_round_with_nothing_to_give(self):
        """However many contacts and agents there are."""
        self.env["contact_center.agent.capacity"].create(
            [{"user_id": user.id, "capacity": 0} for user in self.agent | self.colleague]
        )
        for _one in range(5):
            self._waiting()
        self._round()
        self.env.flush_all()
        with self.assertQueryCount(9):
            self.Offer._distribute(self.queue)

    def test_an_offer(self):
        self._warm()
        self._waiting()
        self.env.flush_all()
        # Eight of them: the agent's state is "offered" from now on
        with self.assertQueryCount(25):
            self.Offer._distribute(self.queue)
            self.env.flush_all()

    def test_a_queue_that_agents_pick_from_costs_nothing(self):
        """Statements of the hand-over are counted with and without a queue that distributes."""
        self.queue.mode = "pull"
        without = self._statements()
        self.other_queue.mode = "offer"
        self.assertEqual(self._statements(), without)

    def _statements(self):
        """How many a hand-over needs once the caches are full."""
        for conversation in [self._open() for _one in range(3)]:
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            conversation._hand_over(reason="asked")
            self.env.flush_all()
            count = self.env.cr.sql_log_count - before
        return count
