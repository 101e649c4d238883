# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import DistributionCase


@tagged("post_install", "-at_install")
class TestLending(DistributionCase):
    """Idle agents help an overloaded queue and come home by themselves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_queue.write({"mode": "offer", "calendar_id": False})
        cls.rule = cls.env["contact_center.queue.loan"].create(
            {
                "lender_id": cls.other_queue.id,
                "user_ids": [Command.set(cls.outsider.ids)],
                "borrower_ids": [Command.set(cls.queue.ids)],
            }
        )
        cls.Loans = cls.env["contact_center.loan"]
        for user in cls.agent | cls.colleague:
            cls.States.with_user(user).set_mine("break", "Lanche")

    def _lend(self):
        for queues in self.Offer._domains():
            self.Offer._lend(queues)

    def _lent(self):
        """Return an agent who is lent, and the contact that waits for them."""
        conversation = self._waiting()
        self._lend()
        with self._later(31):
            self._lend()
        loan = self.Loans.search([])
        self.assertEqual((loan.user_id, loan.until), (self.outsider, False))
        return conversation, loan

    def test_lent_after_a_while_and_offered_what_waits(self):
        conversation, loan = self._lent()
        self.assertIn(self.queue.name, loan.borrower_names)
        self.assertTrue(loan.why)
        with self._later(32):
            offer = self._round()
            self.assertEqual((offer.user_id, offer.via_id), (self.outsider, self.other_queue))
            self._accept(offer)
        self.assertEqual(
            (conversation.agent_id, conversation.queue_id), (self.outsider, self.queue)
        )
        self.Conversation._cron_release_stranded()
        self.assertEqual(conversation.agent_id, self.outsider)

    def test_home_when_the_own_queue_needs_them(self):
        _conversation, loan = self._lent()
        self.env["contact_center.agent.capacity"].create(
            {"user_id": self.outsider.id, "capacity": 0}
        )
        with self._later(31 + 300):
            self._waiting(self.other_queue)
            self._lend()
        self.assertTrue(loan.until)
        self.assertTrue(loan.why_home)

    def test_home_when_the_wait_is_over(self):
        conversation, loan = self._lent()
        conversation._close("abandoned")
        with self._later(400):
            for user in self.agent | self.colleague:
                self.States.with_user(user).set_mine("available")
            self._lend()
            self.assertFalse(loan.until, "not at once")
        with self._later(400 + 121):
            self._lend()
        self.assertTrue(loan.until)
        with self._later(400 + 122):
            self._waiting()
            self.assertNotEqual(self._round().user_id, self.outsider)

    def test_home_when_no_longer_in_the_rule(self):
        _conversation, loan = self._lent()
        self.rule.active = False
        self._lend()
        self.assertTrue(loan.until)

    def test_a_pausing_agent_is_offered_nothing_on_loan(self):
        self._lent()
        self.States.with_user(self.outsider).set_mine("break", "Lanche")
        with self._later(32):
            self.assertFalse(self._round())

    def test_rules_that_make_no_sense(self):
        for values in (
            {"borrower_ids": [Command.link(self.other_queue.id)]},
            {"user_ids": [Command.link(self.agent.id)]},
        ):
            with self.assertRaises(ValidationError):
                self.rule.write(values)
        self.queue.mode = "pull"
        with self.assertRaises(ValidationError):
            self.rule.borrower_ids = [Command.set(self.queue.ids)]

    def test_queues_tied_by_a_loan_are_one_group(self):
        self.assertEqual(len(self.Offer._domains()), 1)
