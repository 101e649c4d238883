# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..core import agent_time
from ..core.microseconds import to_us
from ..models.agent_day import MINUTE, PARTS
from .common import ContactCenterCase

# Midnight in São Paulo, between a Thursday and a Friday.
MIDNIGHT = datetime(2026, 11, 20, 3, 0, 0)
FRIDAY, THURSDAY = date(2026, 11, 20), date(2026, 11, 19)


@tagged("post_install", "-at_install")
class TestAgentDay(ContactCenterCase):
    """The screen of times: minutes of each state and shares of the logged time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.State = cls.env["contact_center.agent.state"]
        cls.Day = cls.env["contact_center.agent.day"]

    def _switch(self, minutes, kind, break_kind=False, user=None, after=MIDNIGHT):
        """Change to a state so many minutes after midnight."""
        with freeze_time(after + timedelta(minutes=minutes)):
            self.State._switch(user or self.agent, kind, break_kind=break_kind)

    def _day(self, day=FRIDAY, user=None):
        self.env.flush_all()
        self.Day.invalidate_model()
        return self.Day.search([("user_id", "=", (user or self.agent).id), ("day", "=", day)])

    def test_every_state_has_a_column(self):
        kinds = {kind for kind, _label in self.State._fields["kind"].selection}
        named = {part for part in PARTS if part in kinds}
        self.assertEqual(kinds - named, {"logged_out", "break"})
        kinds = {f"break_{kind}" for kind, _label in self.State._fields["break_kind"].selection}
        self.assertEqual(kinds, {part for part in PARTS if part.startswith("break_")})

    def test_minutes_and_shares(self):
        self._switch(480, "available")
        self._switch(510, "break", "snack")
        self._switch(525, "in_service")
        self._switch(600, "logged_out")
        day = self._day()
        self.assertEqual((day.logged, day.available, day.in_service), (120, 30, 75))
        self.assertEqual((day.break_snack, day.break_snack_share), (15, 12.5))
        self.assertEqual(day.available_share + day.in_service_share + day.break_snack_share, 100)

    def test_an_interval_that_crosses_midnight_is_cut_there(self):
        self._switch(-30, "available")
        self._switch(45, "logged_out")
        self.assertEqual(self._day(THURSDAY).available, 30)
        self.assertEqual(self._day().available, 45)

    def test_what_lasts_still_counts_until_now(self):
        self._switch(480, "available")
        with freeze_time(MIDNIGHT + timedelta(minutes=500)):
            self.assertEqual(self._day().available, 20)

    def test_the_share_of_several_days_is_that_of_their_time_together(self):
        """A short day must not count as much as a long one."""
        self._switch(-60, "available")
        self._switch(0, "logged_out")
        self._switch(480, "in_service")
        self._switch(720, "logged_out")
        self.env.flush_all()
        rows = self.Day._read_group(
            [("user_id", "=", self.agent.id)],
            ["user_id"],
            ["logged:sum", "in_service_share:avg", "available_share:avg"],
        )
        self.assertEqual(rows, [(self.agent, 300, 80, 20)])

    def test_no_microsecond_is_lost_in_random_days(self):
        """Against the ledger itself, over midnights, with every state."""
        draw, clock = random.Random(13), to_us(MIDNIGHT)
        begin = clock
        kinds = [*(part for part in PARTS if not part.startswith("break_")), "logged_out", "break"]
        for _step in range(400):
            with freeze_time(MIDNIGHT + timedelta(microseconds=clock - begin)):
                kind = draw.choice(kinds)
                sort = draw.choice(("regulated", "snack", "other", False))
                self.State._switch(self.agent, kind, str(clock), break_kind=sort)
            clock += draw.randrange(1, 60 * MINUTE)
        end = MIDNIGHT + timedelta(microseconds=clock - begin)
        with freeze_time(end):
            self.State._switch(self.agent, "logged_out")
        self.env.flush_all()
        days = self.Day.search([("user_id", "=", self.agent.id)])
        self.assertGreater(len(days), 3)
        ledger = [
            agent_time.Interval(row.kind, row.start_us, row.end_us or None)
            for row in self.State.search([("user_id", "=", self.agent.id)], order="id")
        ]
        logged = sum(agent_time.time_by_kind(ledger, begin, clock).values())
        self.assertEqual(sum(round(day.logged * MINUTE) for day in days), logged)
        for day in days:
            parts = sum(round(day[part] * MINUTE) for part in PARTS)
            self.assertEqual(parts, round(day.logged * MINUTE))
            self.assertAlmostEqual(sum(day[f"{part}_share"] for part in PARTS), 100)

    def test_the_pauses_of_a_shift_as_counted_by_hand(self):
        """Six hours: breaks by rule of 10 minutes twice, a snack of 20, a recovery of 5."""
        shift = (
            (480, "available", False),
            (540, "break", "regulated"),
            (550, "in_service", False),
            (600, "break", "snack"),
            (620, "available", False),
            (650, "recovery", False),
            (655, "available", False),
            (720, "break", "regulated"),
            (730, "in_service", False),
            (840, "logged_out", False),
        )
        for minutes, kind, sort in shift:
            self._switch(minutes, kind, sort)
        day = self._day()
        self.assertEqual((day.break_regulated_count, day.break_regulated), (2, 20))
        self.assertEqual((day.break_snack_count, day.break_snack), (1, 20))
        self.assertEqual((day.recovery_count, day.recovery), (1, 5))
        self.assertEqual(day.logged, 360)

    def test_contacts_that_overlap_count_each_for_itself(self):
        first, second = self._waiting(), self._waiting()
        first.with_user(self.agent).action_take()
        with freeze_time("2026-11-20 13:10:00"):
            second.with_user(self.agent).action_take()
        with freeze_time("2026-11-20 13:30:00"):
            first.with_user(self.agent).action_close()
            second.with_user(self.agent).action_close()
            day = self._day()
            self.assertEqual((day.in_service, day.contact_minutes, day.busy_minutes), (30, 50, 30))

    def test_by_team_and_by_queue(self):
        self.env["contact_center.assignment"].create(
            {
                "user_id": self.agent.id,
                "operation_id": self.env["contact_center.operation"].create({"name": "156"}).id,
                "supervisor_id": self.supervisor.id,
                "registration": "M-1",
                "date_from": FRIDAY,
            }
        )
        self._switch(480, "available")
        self._switch(500, "available", user=self.outsider)
        self.env.flush_all()
        mine = self.Day.with_user(self.supervisor)
        team = mine.search([("supervisor_id", "=", self.supervisor.id)])
        self.assertEqual((team.user_id, team.registration), (self.agent, "M-1"))
        by_queue = mine.search([("queue_ids", "in", self.other_queue.ids)])
        self.assertEqual(by_queue.user_id, self.outsider)
        self.assertEqual(by_queue.queue_ids, self.other_queue)

    def test_agents_read_their_own_only(self):
        self._switch(480, "available")
        self._switch(480, "available", user=self.colleague)
        self.env.flush_all()
        own = self.Day.with_user(self.agent).search([])
        self.assertEqual(own.user_id, self.agent)
        both = self.Day.with_user(self.manager).search([("day", "=", FRIDAY)]).user_id
        self.assertLessEqual(self.agent | self.colleague, both)
        with self.assertRaises(AccessError):
            self.Day.with_user(self.employee).search([])
