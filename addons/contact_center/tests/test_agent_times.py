# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..core import agent_time
from ..core.microseconds import SECOND, to_us
from ..models.agent_state import BY_HAND
from .common import WORKING_TIME, ContactCenterCase


def after(seconds, microseconds=0):
    """Let it be so long after the beginning of the tests."""
    return freeze_time(WORKING_TIME + timedelta(seconds=seconds, microseconds=microseconds))


@tagged("post_install", "-at_install")
class TestAgentTimes(ContactCenterCase):
    """What agents' time went into: states once, each contact for itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.State = cls.env["contact_center.agent.state"]

    def _times(self, seconds, user=None):
        """Return the figures of the time from the beginning of the tests on."""
        user = user or self.agent
        until = WORKING_TIME + timedelta(seconds=seconds)
        with after(seconds):
            return self.State._times(user, WORKING_TIME, until)[user]

    def test_minutes_and_shares_of_the_logged_time(self):
        self.State._switch(self.agent, "available")
        with after(60):
            self.State._switch(self.agent, "break", "Lanche")
        with after(75):
            self.State._switch(self.agent, "logged_out")
        found = self._times(300)
        self.assertEqual(found["times"], {"available": 60 * SECOND, "break": 15 * SECOND})
        self.assertEqual(found["shares"], {"available": 80.0, "break": 20.0})
        self.assertEqual(found["logged"], 75 * SECOND)

    def test_overlapping_contacts_count_once_in_the_state_and_each_for_itself(self):
        first, second = self._waiting(), self._waiting()
        first.with_user(self.agent).action_take()
        with after(20, 500000):
            second.with_user(self.agent).action_take()
        with after(50):
            first.with_user(self.agent).action_close()
        with after(60):
            second.with_user(self.agent).action_transfer(queue=self.other_queue)
        found = self._times(100)
        self.assertEqual(found["times"]["in_service"], 60 * SECOND)
        self.assertEqual(found["contact"], 50 * SECOND + 39 * SECOND + SECOND // 2)
        self.assertEqual(found["busy"], 60 * SECOND)

    def test_a_contact_that_goes_on_counts_until_now(self):
        self._in_service()
        self.assertEqual(self._times(30)["contact"], 30 * SECOND)
        self.assertEqual(self._times(30, self.colleague)["contact"], 0)

    def test_the_report_adds_up_hours(self):
        self.State._switch(self.agent, "available")
        with after(1800):
            self.State._switch(self.agent, "break", "Lanche")
        rows = self.State._read_group([("user_id", "=", self.agent.id)], ["kind"], ["hours:sum"])
        self.assertEqual(dict(rows), {"available": 0.5, "break": 0.0})

    def test_no_gaps_and_no_overlaps_whatever_happens(self):
        """The sum of the intervals is the time from the first login on, to the microsecond."""
        draw = random.Random(1411)
        clock = 0
        mine = self.State.with_user(self.agent)
        conversations = []
        self.State._switch(self.agent, "available")
        for _step in range(150):
            # now and then the clock is set back
            clock += draw.randrange(-5 * SECOND, 60 * SECOND)
            moves = (
                lambda: mine.set_mine(draw.choice(BY_HAND), draw.choice(("Lanche", "Outra"))),
                lambda: self.State._log_out(self.agent),
                lambda: self.State._arrive(self.agent),
                lambda: conversations.append(self._in_service()),
                lambda: conversations.pop().with_user(self.agent).action_close(),
            )
            with after(clock // SECOND, clock % SECOND):
                try:
                    draw.choice(moves)()
                except (UserError, IndexError):
                    continue
        rows = self.State.search([("user_id", "=", self.agent.id)], order="id")
        intervals = [
            agent_time.Interval(row.kind, row.start_us, row.end_us or None) for row in rows
        ]
        self.assertGreater(len(intervals), 50)
        self.assertEqual(agent_time.faults(intervals), [])
        self.assertEqual(intervals[0].start, to_us(WORKING_TIME))
        with after(clock // SECOND + 100):
            found = self.State._times(
                self.agent, WORKING_TIME, WORKING_TIME + timedelta(seconds=clock // SECOND + 100)
            )[self.agent]
        out = agent_time.clipped(
            (one for one in intervals if one.kind == "logged_out"),
            to_us(WORKING_TIME),
            to_us(WORKING_TIME) + (clock // SECOND + 100) * SECOND,
        )
        total = (clock // SECOND + 100) * SECOND
        self.assertEqual(found["logged"] + sum(one.end - one.start for one in out), total)
