# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.contact_center.core.microseconds import SECOND, to_us
from odoo.addons.contact_center.tests.common import ContactCenterCase

from .. import measure
from .common import DAY, MORNING, IndicatorMixin

US = 1_000_000


@tagged("post_install", "-at_install")
class TestSource(IndicatorMixin, ContactCenterCase):
    """What is read from the ledgers of a day."""

    def test_contacts_of_a_day(self):
        self._contact(answered=20, replied=10, served=190, vote="good")
        self._contact(answered=40, replied=400, served=500, vote="poor", registered=False)
        self._contact(lost=30)
        closing = self._freeze()
        self.assertEqual(self._tally(closing, "TME"), (90 * US, 3))
        self.assertEqual(self._tally(closing, "IAL"), (1, 3))
        self.assertEqual(self._tally(closing, "IAR"), (1, 2))
        self.assertEqual(self._tally(closing, "IPS"), (1, 2))
        self.assertEqual(self._tally(closing, "TMA"), (180 * US + 100 * US, 2))
        # Written: 300 seconds, counted until the first reply
        self.assertEqual(self._tally(closing, "INS_ACEITE"), (2, 3))
        self.assertEqual(self._tally(closing, "INS_RESPOSTA"), (1, 3))
        self.assertEqual(self._tally(closing, "INS"), (1, 3))

    def test_calls_count_from_accepting_and_have_their_own_goal(self):
        self._contact(answered=20, served=100)
        self._contact(answered=20.000001, served=100)
        calls = type(self.env["contact_center.conversation"])
        with patch.object(calls, "_call_kinds", lambda conversation: frozenset({"internal"})):
            closing = self._freeze()
        self.assertEqual(self._tally(closing, "INS"), (1, 2))
        self.assertEqual(self._tally(closing, "TMA"), (200 * US, 2))

    def test_a_day_begins_at_midnight_of_the_centre(self):
        midnight = MORNING.replace(hour=3)  # 0 o'clock in São Paulo
        self._contact(lost=1, at=midnight - timedelta(seconds=2))
        self._contact(lost=1, at=midnight - timedelta(seconds=1))
        self._contact(lost=0, at=midnight + timedelta(days=1))
        self.assertEqual(self._tally(self._freeze(), "IAL"), (1, 1))

    def test_a_wait_over_several_queues_is_one(self):
        """It belongs to the first queue, and a transfer to a person by name ends it."""
        conversation = self.env["contact_center.conversation"]._open(
            self._free_citizen(), "internal", queue=self.queue
        )
        start = to_us(MORNING)
        moments = [start + seconds * SECOND for seconds in (0, 10, 30, 60)]
        self._stay(conversation, moments[0], moments[1], "overflowed")
        self._stay(conversation, moments[1], moments[2], "transferred", queue=self.other_queue)
        self._event(conversation, "transferred", moments[2])
        self._event(conversation, "accepted", moments[2] + 5, self.outsider)
        self._event(conversation, "transferred", moments[3] - 1, False)
        self._stay(conversation, moments[3], moments[3] + SECOND, "abandoned")
        self._end(conversation, moments[3] + SECOND, False)
        closing = self._freeze()
        self.assertEqual(self._tally(closing, "TME"), (31 * US, 2))
        self.assertEqual(self._tally(closing, "IAL"), (1, 2))
        rows = closing.row_ids.filtered(lambda row: row.definition_id.code == "TME")
        self.assertEqual(rows.queue_id, self.queue)
        self.assertEqual(rows.agent_id, self.outsider)

    def test_the_statement_joins_stays_as_the_core_does(self):
        """On many random conversations both find the same waits."""
        stays = self._random_stays(60)
        expected = {
            (wait.conversation, wait.first_queue, wait.last_queue, wait.entered_us, wait.left_us)
            for wait in measure.waits_of(stays)
        }
        source = self.env["contact_center.indicator.source"]
        self.env.flush_all()
        rows = self.env.execute_query(source._waits_sql(source._period(DAY), measure.Reading()))
        self.assertEqual({tuple(row[:5]) for row in rows}, expected)
        self.assertGreater(len(expected), 60)

    def _random_stays(self, number):
        draw, made = random.Random(7), []
        for _ in range(number):
            conversation = self.env["contact_center.conversation"]._open(
                self.citizen.copy({"phone": False}), "internal", queue=self.queue
            )
            at = to_us(MORNING) + draw.randrange(10_000) * SECOND
            for _step in range(draw.randrange(1, 6)):
                queue = draw.choice((self.queue, self.other_queue))
                left = at + draw.choice((0, 1, 5, 90)) * SECOND
                how = draw.choice(("accepted", "overflowed", "transferred", "abandoned"))
                row = self._stay(conversation, at, left, how, self.agent, queue)
                made.append(measure.Stay(row.id, conversation.id, queue.id, at, left, how))
                at = left + draw.choice((0, 0, 1, 9, 10, 600)) * SECOND
        return made

    def test_contacts_of_the_assistant_count_only_if_read_so(self):
        self._contact(lost=3)
        alone = self.env["contact_center.conversation"]._open(
            self._free_citizen(), "internal", queue=self.queue
        )
        self._end(alone, to_us(MORNING), False, outcome="self_service")
        source = self.env["contact_center.indicator.source"]
        key = ("IAL", self.queue.id, None)
        self.assertEqual(source._tally(DAY).found[key], measure.Tally(1, 1))
        reading = measure.Reading({"abandon_population": "all"})
        self.assertEqual(source._tally(DAY, reading).found[key], measure.Tally(1, 2))
        opened = measure.Reading({"wait_from": "opened"})
        self.assertIn(("TME", self.queue.id, None), source._tally(DAY, opened).found)

    def test_other_addons_add_what_they_count(self):
        """Quality, turnover, losses of calls: here of a source as an addon would bring it."""
        queue = self.queue

        def of_quality(_period, tallies):
            tallies.add("IQA", queue.id, None, measure.Tally(912, 1000))
            tallies.add("ITO", None, None, measure.Tally(5, 80))
            tallies.add("IPL", None, None, measure.Tally(40, 8000))

        source = type(self.env["contact_center.indicator.source"])
        own = source._sources
        with patch.object(source, "_sources", lambda self: [*own(self), of_quality]):
            closing = self._freeze()
        self.assertEqual(self._tally(closing, "IQA"), (912, 1000))
        values = {row.definition_id.code: row.value for row in closing.row_ids}
        self.assertEqual(values, {"IQA": 91.2, "ITO": 6.25, "IPL": 0.5})
