# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests import test_performance

from .common import DistributionCase


@tagged("post_install", "-at_install")
class TestReception(DistributionCase, test_performance.TestPerformance):
    """What a message costs while its queue distributes: the counts of the core, without one more.

    Only entering the queue and being taken have something to say to the distribution.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queue.mode = "mixed"
        # The router's own rounds, in a process of their own, are counted elsewhere
        cls.env["contact_center.queue"]._distributes()

    def test_hand_over(self):
        """One statement more than where agents pick: the NOTIFY that wakes the loop."""
        self._count_hand_over(44)

    def _count_hand_over(self, most):
        self._warm()
        conversation = self._open()
        with self._bot():
            conversation._receive(self._text("oi"))
        self.env.flush_all()
        with self.assertQueryCount(most):
            conversation.sudo()._hand_over(reason="asked")
            self.env.flush_all()

    def test_take(self):
        """Four statements more than where agents pick.

        The tally that keeps two from giving at once, the gate, the tally of who serves, and what
        was offered.
        """
        self._warm()
        conversation = self._waiting()
        self.env.flush_all()
        with self.assertQueryCount(56):
            conversation.with_user(self.agent).action_take()
            self.env.flush_all()
