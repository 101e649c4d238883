# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

from .common import DAY, MORNING, IndicatorMixin


@tagged("post_install", "-at_install")
class TestHalfHoursAndYears(IndicatorMixin, ContactCenterCase):
    """A day by half hours, and a year by its months."""

    def _half_hours(self, user=None, **values):
        dialog = (
            self.env["contact_center.indicator.half.hours"]
            .with_user(user or self.manager)
            .create({"day": DAY, **values})
        )
        action = dialog.action_show()
        return (
            self.env["contact_center.indicator.half.hour"]
            .with_user(user or self.manager)
            .search(action["domain"])
        )

    def test_each_contact_counts_in_the_half_hour_in_which_it_ended(self):
        """The half hours of a day add up to the closed day."""
        self._contact(lost=3)  # 9:00 in São Paulo
        self._contact(answered=5, replied=1, at=MORNING + timedelta(minutes=29, seconds=56))
        self._contact(answered=5, replied=1, at=MORNING + timedelta(minutes=31))
        lines = self._half_hours()
        lost = lines.filtered(lambda line: line.definition_id.code == "IAL")
        self.assertEqual(
            [(line.half_hour, line.numerator, line.denominator) for line in lost],
            [("09:00", 1, 1), ("09:30", 0, 2)],
        )
        closing = self._freeze()
        for code in ("INS", "TME", "IAL", "TMA", "IAR"):
            own = lines.filtered(lambda line, code=code: line.definition_id.code == code)
            self.assertEqual(
                (sum(own.mapped("numerator")), sum(own.mapped("denominator"))),
                self._tally(closing, code),
                code,
            )
        means = lines._read_group([("definition_id.code", "=", "IAL")], [], ["value:avg"])
        self.assertAlmostEqual(means[0][0], 100 / 3)

    def test_down_to_the_contacts(self):
        lost = self._contact(lost=3)
        self._contact(lost=3, at=MORNING + timedelta(hours=2))
        line = self._half_hours().filtered(
            lambda line: (line.definition_id.code, line.half_hour) == ("IAL", "09:00")
        )
        found = self.env["contact_center.conversation"].search(line.action_contacts()["domain"])
        self.assertEqual(found, lost)

    def test_one_queue(self):
        self._contact(lost=3)
        self._contact(lost=3, queue=self.other_queue)
        lines = self._half_hours(queue_ids=self.other_queue.ids)
        self.assertEqual(lines.queue_id, self.other_queue)

    def test_for_leaders_and_days_that_have_begun(self):
        with self.assertRaises(AccessError):
            self._half_hours(user=self.agent)
        with self.assertRaises(UserError):
            self._half_hours(day=DAY + timedelta(days=30))

    def test_a_year_is_what_its_months_come_to(self):
        self._contact(lost=3)
        self._contact(answered=5, replied=1)
        self._freeze()
        earlier = timedelta(days=60)
        self._contact(answered=5, replied=1, at=MORNING - earlier)
        self._freeze(DAY - earlier)
        self._contact(lost=3, at=MORNING - timedelta(days=400))
        self._freeze(DAY - timedelta(days=400))
        years = self.env["contact_center.indicator.year"].with_user(self.manager)
        domain = [("definition_id.code", "=", "IAL"), ("scope", "=", "overall")]
        found = {
            year.month: (year.mean, year.worked_days, year.year)
            for year in years.search([*domain, ("year", "=", "2026")])
        }
        self.assertEqual(
            found, {date(2026, 9, 1): (0, 1, "2026"), date(2026, 11, 1): (25, 2, "2026")}
        )
        november = years.search([*domain, ("month", "=", "2026-11-01")])
        self.assertAlmostEqual(november.total, 100 / 3, places=4)
        days = self.env["contact_center.indicator.day"].search(november.action_days()["domain"])
        self.assertEqual(sum(days.mapped("denominator")), 3)
