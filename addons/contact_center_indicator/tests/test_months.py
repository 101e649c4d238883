# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

from .common import DAY, MORNING, IndicatorMixin


@tagged("post_install", "-at_install")
class TestMonths(IndicatorMixin, ContactCenterCase):
    """Months are made of frozen days, and judged exactly."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inspector = cls._inspector()

    def _month(self, code, queue=None, month=date(2026, 11, 1)):
        domain = [
            ("definition_id.code", "=", code),
            ("month", "=", month),
            ("scope", "=", "queue" if queue else "overall"),
        ]
        if queue:
            domain.append(("queue_id", "=", queue.id))
        return self.env["contact_center.indicator.month"].with_user(self.manager).search(domain)

    def _two_days(self):
        """Ten of ten lost on a day, one of thirty on the next."""
        for _ in range(2):
            self._contact(lost=3)
        self._freeze()
        day = DAY - timedelta(days=1)
        at = MORNING - timedelta(days=1)
        for _ in range(2):
            self._contact(answered=5, replied=1, at=at)
        self._contact(lost=3, queue=self.other_queue, at=at)
        self._contact(answered=5, replied=1, queue=self.other_queue, at=at)
        self._freeze(day)

    def test_mean_of_days_and_total_side_by_side(self):
        self._two_days()
        month = self._month("IAL")
        self.assertEqual(month.worked_days, 2)
        self.assertEqual(month.mean, 62.5)
        self.assertEqual(month.total, 50)
        self.assertEqual(month.difference, 12.5)
        self.assertEqual(month.billed, "62,50")
        self.assertEqual((month.band, month.percent), ("high", "2,00"))

    def test_each_queue_by_itself(self):
        self._two_days()
        month = self._month("IAL", self.queue)
        self.assertEqual((month.mean, month.total), (50, 50))
        self.assertEqual(self._month("IAL", self.other_queue).total, 50)
        self.assertEqual(self._month("IAL", self.other_queue).worked_days, 1)

    def test_counting_again_does_not_change_the_month(self):
        self._two_days()
        self._contact(answered=9, replied=1)
        self.env["contact_center.indicator.seal"].sudo()._recompute(DAY)
        self.assertEqual(self._month("IAL").total, 50)

    def test_the_handling_time_is_judged_after_three_months(self):
        self._contact(answered=5, replied=0, served=100)
        self._freeze()
        month = self._month("TMA")
        self.assertEqual((month.band, month.percent), (False, ""))
        self.assertTrue(month.note)
        for days, served in ((31, 80), (62, 120), (93, 109)):
            at = MORNING - timedelta(days=days)
            self._contact(answered=5, replied=0, served=served, at=at)
            self._freeze(DAY - timedelta(days=days))
        self.env.invalidate_all()
        # The goal is the mean of 109, 120 and 80 seconds: 103; 100 meets it
        self.assertEqual(self._month("TMA").band, "met")
        self.assertFalse(self._month("TMA", month=date(2026, 10, 1)).band)

    def test_days_in_grace_are_shown_and_not_fined(self):
        """The contract's 91st day is the second of the two."""
        self._two_days()
        contract = self._contract(self.inspector, DAY - timedelta(days=90))
        self.assertEqual(contract.until, DAY)
        month = self._month("IAL")
        self.assertEqual((month.mean, month.total), (62.5, 50))
        self.assertEqual((month.billed, month.band), ("100,00", "high"))

    def test_a_month_in_grace_costs_nothing(self):
        self._two_days()
        self._contract(self.inspector, DAY - timedelta(days=89))
        month = self._month("IAL")
        self.assertEqual((month.billed, month.band, month.percent), ("-", False, ""))
        self.assertEqual(month.note, "in grace")

    def test_a_new_service_leaves_the_month_of_all_queues(self):
        self._two_days()
        self._contract(self.inspector, DAY - timedelta(days=400))
        self._approved(
            "contact_center.contract.service",
            self.inspector,
            name="Zoonoses",
            start=DAY - timedelta(days=30),
            document="Ofício 9",
            queue_ids=self.other_queue.ids,
        )
        self.assertEqual(self._month("IAL").billed, "50,00")
        self.assertEqual(self._month("IAL", self.other_queue).note, "in grace")

    def test_down_to_the_days(self):
        self._two_days()
        action = self._month("IAL").action_days()
        days = self.env["contact_center.indicator.day"].with_user(self.manager)
        found = days.search(action["domain"])
        self.assertEqual(sum(found.mapped("denominator")), 6)
        action = self._month("IAL", self.queue).action_days()
        self.assertEqual(sum(days.search(action["domain"]).mapped("denominator")), 4)

    def test_means_on_screens_are_totals(self):
        """A pivot's mean weighs each figure by what it is of."""
        self._two_days()
        days = self.env["contact_center.indicator.day"].with_user(self.manager)
        domain = [("definition_id.code", "=", "IAL"), ("is_frozen", "=", True)]
        self.assertEqual(days._read_group(domain, [], ["value:avg"]), [(50,)])

    def test_ids_stay_the_same(self):
        self._two_days()
        before = self._month("IAL")
        self._freeze(DAY - timedelta(days=40))
        self.assertEqual(self._month("IAL"), before)
        self.assertEqual(before.with_user(self.manager).read(["total"])[0]["total"], 50)
