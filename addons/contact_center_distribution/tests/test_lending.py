# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.core.microseconds import to_us
from odoo.addons.contact_center.tests.common import WORKING_TIME

from .common import DistributionCase

NOW_US = "odoo.addons.contact_center_distribution.models.loan.now_us"


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

    def test_both_moments_to_the_microsecond_and_both_reasons(self):
        """What a figure needs: who, from where to where, from when to when, and why."""
        _conversation, loan = self._lent()
        self.assertEqual((loan.lender_id, loan.borrower_names), (self.other_queue, self.queue.name))
        self.assertEqual((loan.since, loan.until_us, loan.why_home), (at(31), 0, False))
        self.assertEqual(loan.since_us, to_us(at(31)))
        self.assertIn(self.queue.name, loan.why)
        self.rule.active = False
        with patch(NOW_US, return_value=to_us(at(40)) + 250_007):
            self._lend()
        self.assertEqual((loan.until, loan.until_us), (at(40), to_us(at(40)) + 250_007))
        self.assertIn("no longer to be lent", loan.why_home)

    def test_nobody_changes_the_ledger(self):
        """Append-only: not even the system writes to it but for its two steps."""
        _conversation, loan = self._lent()
        for one in (loan.sudo(), loan.with_user(self.administrator)):
            with self.assertRaises(UserError):
                one.write({"why": "outro"})
            with self.assertRaises(UserError):
                one.unlink()
        loan._end("first")
        ended = loan.until_us
        with patch(NOW_US, return_value=ended + 9):
            loan._end("second")
        self.assertEqual((loan.until_us, loan.why_home), (ended, "first"))

    def test_an_end_before_the_begin_is_not_written(self):
        """The clock was set back: the loan ends when it began."""
        _conversation, loan = self._lent()
        with patch(NOW_US, return_value=loan.since_us - 5_000_000):
            loan._end("clock")
        self.assertEqual(loan.until_us, loan.since_us)

    def test_the_database_refuses_what_makes_no_sense(self):
        _conversation, loan = self._lent()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            with self.cr.savepoint():
                self.Loans._begin(self.rule, self.outsider, "twice")
        for change in ("until_us = since_us - 1, until = since, why_home = 'x'", "until = since"):
            with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
                with self.cr.savepoint():
                    self.cr.execute(
                        f"UPDATE contact_center_loan SET {change} WHERE id = %s", [loan.id]
                    )

    def test_a_rule_that_lent_is_archived_not_deleted(self):
        """With it the record of its loans would go."""
        unused = self.rule.copy()
        _conversation, loan = self._lent()
        with self.assertRaisesRegex(UserError, "archive the rule"):
            self.rule.unlink()
        unused.unlink()
        self.assertTrue(loan.exists())


def at(seconds):
    """Return the moment so many seconds after the tests' time."""
    return WORKING_TIME + timedelta(seconds=seconds)
