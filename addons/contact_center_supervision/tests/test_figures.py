# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from odoo.addons.contact_center.models.agent_day import PARTS
from odoo.addons.contact_center.tests.common import WORKING_TIME

from ..models.team_queues import POINTS, _kept
from .city_common import CityCase

MINUTE = timedelta(minutes=1)


@tagged("post_install", "-at_install")
class TestFigures(CityCase):
    """Figures of the live board, and what they cost."""

    def setUp(self):
        super().setUp()
        _kept.clear()

    def _served_after(self, minutes, queue=None, begun=0):
        """Return a conversation that waited so many minutes.

        It begins `begun` minutes from now.
        """
        with freeze_time(WORKING_TIME + timedelta(minutes=begun)):
            conversation = self._waiting(queue)
        with freeze_time(WORKING_TIME + timedelta(minutes=begun + minutes)):
            conversation.with_user(self.agent).action_take()
            self.env.flush_all()
        return conversation

    def _given_up_after(self, minutes, begun=0):
        with freeze_time(WORKING_TIME + timedelta(minutes=begun)):
            conversation = self._waiting()
        with freeze_time(WORKING_TIME + timedelta(minutes=begun + minutes)):
            conversation._close("abandoned")
            self.env.flush_all()

    def test_levels_of_the_day_and_of_the_last_half_hour(self):
        """The goal is five minutes; an hour later only the last of them count as recent."""
        self._served_after(2)
        self._served_after(9)
        self._given_up_after(3)
        self._served_after(1, begun=50)
        with freeze_time(WORKING_TIME + 60 * MINUTE):
            row = self._queue_row(self.supervisor, self.queue)
        self.assertEqual((row["answered"], row["abandoned"]), (3, 1))
        self.assertEqual((row["level_day"], row["level_half_hour"]), (50, 100))
        other = self._queue_row(self.supervisor, self.other_queue)
        self.assertEqual((other["level_day"], other["level_half_hour"]), (False, False))

    def test_time_before_the_queue_opened_is_no_wait(self):
        """Who wrote before eight and was served at two past eight waited for two minutes."""
        self.queue.calendar_id = self.env.ref("contact_center.calendar_business_hours")
        ranges = self.queue._open_ranges(
            self.queue._at_utc(WORKING_TIME - timedelta(hours=10)), self.queue._at_utc(WORKING_TIME)
        )
        opens = ranges[0][0].replace(tzinfo=None)
        early = int((opens - WORKING_TIME) / MINUTE) - 30
        self._served_after(32, begun=early)
        row = self._queue_row(self.supervisor, self.queue)
        self.assertEqual((row["answered"], row["level_day"]), (1, 100))

    def test_yesterday_is_another_day(self):
        self._served_after(2, begun=-26 * 60)
        row = self._queue_row(self.supervisor, self.queue)
        self.assertEqual((row["answered"], row["level_day"]), (0, False))

    def test_trend_of_the_waiting(self):
        self._served_after(20)
        self._waiting()
        with freeze_time(WORKING_TIME + 60 * MINUTE):
            trend = self._queue_row(self.supervisor, self.queue)["trend"]
        self.assertEqual(len(trend), POINTS)
        self.assertEqual(trend, [2, 2, 2, 2] + [1] * 9)

    def test_states_of_the_agents_of_a_queue(self):
        self._log_in(self.agent)
        self._in_service()
        row = self._queue_row(self.supervisor, self.queue)
        self.assertEqual(row["states"], {"in_service": 1, "logged_out": 1})

    def test_an_agents_day(self):
        states = self.env["contact_center.agent.state"]
        switch = states._switch
        for minute, kind in ((0, "available"), (60, "break"), (70, "available")):
            with freeze_time(WORKING_TIME + minute * MINUTE):
                switch(self.agent, kind)
        with freeze_time(WORKING_TIME + 100 * MINUTE):
            self._in_service()
            self.env.flush_all()
            row = self._agent_row(self.supervisor, self.agent)
        self.assertEqual(row["shares"], {"available": 90, "break": 10})
        self.assertEqual((row["kind"], row["served"]), ("in_service", 1))
        self.assertEqual(len(row["conversations"]), 1)
        self.assertEqual(row["break"], {"state": "", "minutes": 90})
        with freeze_time(WORKING_TIME + 210 * MINUTE):
            row = self._agent_row(self.supervisor, self.agent)
        self.assertEqual(row["break"], {"state": "overdue", "minutes": 20})

    def test_the_board_and_the_screen_of_times_agree(self):
        """Two statements read the same ledger: of a day drawn at random they tell the same."""
        draw, minute = random.Random(14), -14 * 60
        states = self.env["contact_center.agent.state"]
        kinds = [kind for kind, _label in states._fields["kind"].selection]
        while minute < 0:
            with freeze_time(WORKING_TIME + minute * MINUTE):
                states._switch(self.agent, draw.choice(kinds), str(minute))
            minute += draw.randrange(1, 40)
        self.env.flush_all()
        board = self._agent_row(self.supervisor, self.agent)["shares"]
        day = self.env["contact_center.agent.day"].search(
            [("user_id", "=", self.agent.id), ("day", "=", WORKING_TIME.date())]
        )
        self.assertGreater(len(board), 5)
        told = dict.fromkeys(board, 0)
        for part in PARTS:
            kind = "break" if part.startswith("break_") else part
            told[kind] = told.get(kind, 0) + day[f"{part}_share"]
        self.assertLess(max(abs(board.get(kind, 0) - told[kind]) for kind in told), 1)

    def test_novices_are_marked(self):
        self.assertFalse(self._agent_row(self.supervisor, self.agent)["novice"])
        self.assignment.date_from = "2026-11-01"
        self.assertTrue(self._agent_row(self.supervisor, self.agent)["novice"])
        name = "contact_center_supervision.novice_days"
        self.env["ir.config_parameter"].set_param(name, "10")
        self.assertFalse(self._agent_row(self.supervisor, self.agent)["novice"])

    def test_statements_do_not_grow(self):
        """A few grouped statements, however many queues, agents and contacts there are."""
        team = self.env["contact_center.team"].with_user(self.supervisor)
        self._in_service()
        few = self._statements(team)
        agents = self.env["res.users"].union(
            *[
                self._user(
                    f"cc_many_{number}", f"Muitos {number}", "contact_center.group_technician"
                )
                for number in range(12)
            ]
        )
        queues = self.env["contact_center.queue"].create(
            [
                {"name": f"Fila {number}", "member_ids": [Command.set(agents.ids)]}
                for number in range(6)
            ]
        )
        for queue, agent in zip(queues, agents, strict=False):
            self._in_service(agent, queue)
            self._waiting(queue)
        self.assertEqual(self._statements(team), few)
        self.assertEqual(few, 17)

    def _statements(self, team):
        team.get_team()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        team.get_team()
        return self.env.cr.sql_log_count - before
