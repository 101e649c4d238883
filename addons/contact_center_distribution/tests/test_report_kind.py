# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME
from odoo.addons.contact_center.tests.report_kinds import ReportKindMixin

from .common import CallbackCase, DistributionCase

DAY = WORKING_TIME.date()


@tagged("post_install", "-at_install")
class TestOffersInReports(ReportKindMixin, DistributionCase):
    """What was offered, accepted and refused, as reports count it."""

    def test_offers_by_agent_and_the_list_of_refusals(self):
        self.queue.member_ids = self.agent
        offer = self._offered()[1]
        with self._later(5):
            self.Offer.with_user(self.agent).refuse(offer.id, "subject")
        with self._later(120):
            offer = self._round()
        with self._later(127):
            self._accept(offer)
        (row,) = self._report_rows("offers", DAY)
        self.assertEqual(
            (row["agent"], row["slot"], row["offers"]), ("Ana Agente", "20/11/2026", 2)
        )
        self.assertEqual((row["accepted"], row["refused"], row["expired"]), (1, 1, 0))
        self.assertEqual((row["accepted_share"], row["answers"]), (50, 2))
        self.assertAlmostEqual(row["answer"], 6)
        (refusal,) = self._report_rows("refusals", DAY)
        self.assertEqual(refusal["refusal"], "I cannot help with this subject")
        self.assertEqual(self._report_rows("refusals", DAY, agents=(self.colleague.id,)), [])


@tagged("post_install", "-at_install")
class TestCallbacksInReports(ReportKindMixin, CallbackCase):
    """Call-backs as a report lists them."""

    def test_the_list_of_callbacks(self):
        conversation = self._offered_callback()
        (row,) = self._report_rows("callbacks", DAY)
        self.assertEqual(row["protocol"], conversation.protocol)
        self.assertEqual((row["state"], row["called_at"]), ("Offered to the citizen", None))
        self.assertEqual(row["why"], "The queue was full")
