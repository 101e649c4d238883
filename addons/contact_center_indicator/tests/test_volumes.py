# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta
from fractions import Fraction
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.contact_center.core.microseconds import SECOND, from_us
from odoo.addons.contact_center.tests.common import ContactCenterCase

from .. import measure
from .common import IndicatorMixin

# A city's busiest month, as it was published: received, abandoned, percent, mean wait in seconds
RECEIVED, ABANDONED, PERCENT, WAIT = 172_074, 6_675, "3,88", "13"
MARCH = measure.days_of_month(2015, 3)
# Waits go round from 0 to 26 seconds: their mean is 13
ROUND = 27

_STAYS = """
INSERT INTO contact_center_stay (
    conversation_id, queue_id, entered_at, entered_us, since_us, left_at, left_us, left_how,
    agent_id, waited_seconds)
SELECT %(conversation)s, %(queue)s, %(at)s, %(us)s, %(us)s, %(at)s + wait * interval '1 second',
    %(us)s + wait * 1000000, CASE WHEN n < %(lost)s THEN 'abandoned' ELSE 'accepted' END,
    CASE WHEN n < %(lost)s THEN NULL ELSE %(agent)s END, wait
FROM (SELECT n, (n + %(shift)s) %% %(round)s AS wait FROM generate_series(0, %(number)s - 1) n) made
"""


@tagged("post_install", "-at_install")
class TestVolumes(IndicatorMixin, ContactCenterCase):
    """A published month goes through the ledger and the closing of its days, to the digit."""

    def _share(self, whole, number):
        """Return what falls to the days of the month, one more on the first ones."""
        return whole // len(MARCH) + (number < whole % len(MARCH))

    def _fill(self):
        """Write the month's stays; return how many were answered within 20 seconds."""
        within = begun = 0
        for number, day in enumerate(MARCH):
            conversation = self._contact(lost=0)
            self.env.cr.execute(
                "DELETE FROM contact_center_stay WHERE conversation_id = %s", (conversation.id,)
            )
            received = self._share(RECEIVED, number)
            lost = self._share(ABANDONED, number)
            # From 10 o'clock in São Paulo, each wait at the same moment: only its length counts
            us = (day - date(1970, 1, 1)).days * 86_400 * SECOND
            us += 13 * 3600 * SECOND
            self.env.cr.execute(
                _STAYS,
                {
                    "conversation": conversation.id,
                    "queue": self.queue.id,
                    "agent": self.agent.id,
                    "at": from_us(us),
                    "us": us,
                    "number": received,
                    "lost": lost,
                    "shift": begun,
                    "round": ROUND,
                },
            )
            within += sum((n + begun) % ROUND <= 20 for n in range(lost, received))
            begun += received
        return within

    def test_a_whole_month(self):
        within = self._fill()
        calls = type(self.env["contact_center.conversation"])
        with patch.object(calls, "_call_kinds", lambda conversation: frozenset({"internal"})):
            for day in MARCH:
                self._freeze(day)
        months = self.env["contact_center.indicator.month"].search(
            [("month", "=", MARCH[0]), ("scope", "=", "overall")]
        )
        found = {month.definition_id.code: month for month in months}
        lost = found["IAL"]
        self.assertEqual((lost.numerator, lost.denominator), (ABANDONED, RECEIVED))
        self.assertEqual(measure.shown(measure.exact(str(lost.total))), PERCENT)
        self.assertEqual((lost.billed, lost.band), (PERCENT, "met"))
        self.assertEqual(lost.worked_days, 31)
        wait = found["TME"]
        self.assertEqual(measure.shown(measure.exact(str(wait.total)), 0), WAIT)
        self.assertEqual(wait.band, "met")
        level = found["INS"]
        self.assertEqual((level.numerator, level.denominator), (within, RECEIVED))
        expected = Fraction(within, RECEIVED) * 100
        self.assertAlmostEqual(level.total, float(expected), places=6)
        # Nothing is lost on the way from the ledger to the closed days
        rows = self.env["contact_center.indicator.day"].search(
            [("day", ">=", MARCH[0]), ("day", "<=", MARCH[-1]), ("definition_id.code", "=", "TME")]
        )
        self.assertEqual(sum(rows.mapped("denominator")), RECEIVED)
        self.assertEqual(max(rows.mapped("day")) - min(rows.mapped("day")), timedelta(days=30))
