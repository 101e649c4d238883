# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase


@tagged("post_install", "-at_install")
class TestShift(ContactCenterCase):
    """A shift of six hours that began an hour ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.States = cls.env["contact_center.agent.state"]
        cls.begin = WORKING_TIME - timedelta(hours=1)

    def _shift(self, user=None, **values):
        return (
            self.env["contact_center.shift"]
            .with_user(self.supervisor)
            .create(
                {
                    "user_id": (user or self.agent).id,
                    "start": self.begin,
                    "end": self.begin + timedelta(hours=6),
                    "seat": "A01",
                    **values,
                }
            )
        )

    def _switch(self, user, kind, minutes, break_kind=False):
        """Change the state so many minutes after the begin of the shift."""
        with freeze_time(self.begin + timedelta(minutes=minutes)):
            self.States._switch(user, kind, break_kind=break_kind)

    def _at(self, minutes):
        moment = freeze_time(self.begin + timedelta(minutes=minutes))
        moment.start()
        self.addCleanup(moment.stop)
        self.env.invalidate_all()

    def _board(self):
        boards = self.env["contact_center.shift.board"].with_user(self.supervisor)
        return boards.browse(boards.action_open()["res_id"])

    def test_presence_is_the_login_nobody_enters_it(self):
        """Here, late, gone before the end."""
        shift = self._shift()
        self.assertEqual((shift.presence, shift.late_minutes), ("missing", 60))
        self._switch(self.agent, "available", 12)
        self.env.invalidate_all()
        self.assertEqual((shift.presence, shift.late_minutes), ("here", 12))
        self.assertEqual(shift.came_at, self.begin + timedelta(minutes=12))
        self.assertFalse(shift.left_at)
        self._switch(self.agent, "logged_out", 50)
        self.env.invalidate_all()
        self.assertEqual(shift.presence, "left")
        self.assertEqual(shift.left_at, self.begin + timedelta(minutes=50))
        search = self.env["contact_center.shift"].search([("presence", "in", ["left"])])
        self.assertEqual(search, shift)

    def test_shifts_to_come_and_over(self):
        """Nobody is missing before the begin; who never came was absent."""
        later = self._shift(start=self.begin + timedelta(hours=4))
        self.assertEqual((later.presence, later.late_minutes), ("planned", 0))
        over = self._shift(
            self.colleague,
            start=self.begin - timedelta(hours=7),
            end=self.begin - timedelta(hours=1),
        )
        self.assertEqual(over.presence, "absent")

    def test_a_login_of_the_day_before_is_no_presence(self):
        """Who logged out before the shift has not come yet."""
        with freeze_time(self.begin - timedelta(hours=3)):
            self.States._switch(self.agent, "available")
        with freeze_time(self.begin - timedelta(minutes=30)):
            self.States._switch(self.agent, "logged_out")
        self.assertEqual(self._shift().presence, "missing")

    def test_pauses_are_placed_by_rule_and_not_all_at_once(self):
        """Two of ten minutes, a snack between them, none in the first or the last hour."""
        shift, other = self._shift(), self._shift(self.colleague)
        for one in (shift, other):
            self.assertEqual(one.pause_ids.mapped("kind"), ["regulated", "snack", "regulated"])
            self.assertGreaterEqual(one.pause_ids[0].planned_at, self.begin + timedelta(hours=1))
            last = one.pause_ids[-1]
            self.assertLessEqual(
                last.planned_at + timedelta(minutes=last.minutes),
                self.begin + timedelta(hours=5),
            )
        self.assertNotEqual(shift.pause_ids[0].planned_at, other.pause_ids[0].planned_at)
        shift.end = self.begin + timedelta(hours=4)
        self.assertEqual(shift.pause_ids.mapped("kind"), ["regulated"])

    def test_a_pause_in_the_first_or_last_hour_is_refused(self):
        """By hand it may be moved, but within the rule."""
        pause = self._shift().pause_ids[0]
        pause.planned_at = self.begin + timedelta(minutes=60)
        for minutes in (59, 295):
            with self.assertRaises(ValidationError):
                pause.planned_at = self.begin + timedelta(minutes=minutes)

    def test_pauses_due_late_and_given(self):
        """Given is what the ledger has as a break of that kind."""
        self._switch(self.agent, "available", 0)
        pause = self._shift().pause_ids[0]
        planned = (pause.planned_at - self.begin).total_seconds() / 60
        self.assertEqual(pause.state, "to_come")
        for minutes, state in ((planned + 1, "due"), (planned + 16, "late")):
            with freeze_time(self.begin + timedelta(minutes=minutes)):
                self.env.invalidate_all()
                self.assertEqual(pause.state, state)
        self._switch(self.agent, "break", planned + 17, "regulated")
        self._switch(self.agent, "available", planned + 27)
        self._at(planned + 30)
        self.assertEqual(pause.state, "given_late")
        self.assertEqual(pause.taken_at, self.begin + timedelta(minutes=planned + 17))
        self._at(361)
        states = pause.shift_id.pause_ids.mapped("state")
        self.assertEqual(states, ["given_late", "not_given", "not_given"])

    def test_the_board_says_who_is_missing_and_which_leaders(self):
        """One supervisor for twenty; a missing person who is replaced is none any more."""
        missing = self._shift()
        here = self._shift(self.colleague, seat="A02")
        self._switch(self.colleague, "available", 0)
        board = self._board()
        self.assertEqual((board.planned, board.here, board.missing), (2, 1, 1))
        self.assertEqual((board.supervisors, board.supervisors_needed), (0, 1))
        self.assertIn("Ana Agente", board.warnings)
        self.assertIn("0 supervisors for 1 agents", board.warnings)
        action = missing.action_replace()
        self.assertEqual(action["context"]["default_start"], WORKING_TIME)
        shifts = self.env["contact_center.shift"].with_user(self.supervisor)
        with Form(shifts.with_context(**action["context"])) as form:
            form.user_id = self.outsider
        self.assertEqual(missing.replacement_ids.seat, "A01")
        self._shift(self.supervisor, role="supervisor", seat="S1")
        self._switch(self.supervisor, "available", 0)
        self.env.invalidate_all()
        board = self._board()
        self.assertEqual((board.supervisors, board.supervisors_needed), (1, 1))
        self.assertNotIn("Ana Agente", board.warnings or "")
        with self.assertRaises(UserError):
            here.action_replace()

    def test_late_pauses_stand_on_the_board(self):
        """With the name, in the warnings."""
        self._switch(self.agent, "available", 0)
        pause = self._shift().pause_ids[0]
        planned = (pause.planned_at - self.begin).total_seconds() / 60
        self._at(planned + 20)
        board = self._board()
        self.assertIn("Pause late: Ana Agente", board.warnings)

    def test_nobody_is_at_two_desks(self):
        """Shifts of one person do not overlap, and none is endless."""
        self._shift()
        with self.assertRaises(ValidationError):
            self._shift(start=self.begin + timedelta(hours=5), end=self.begin + timedelta(hours=8))
        with self.assertRaises(ValidationError):
            self._shift(self.colleague, end=self.begin + timedelta(hours=15))

    def test_a_plan_is_imported_from_a_file_with_clear_errors(self):
        """The usual import of lists; a person who is unknown is named with their line."""
        rows = [
            ["cc_agent@example.com", "2026-11-21 11:00:00", "2026-11-21 17:00:00", "B07"],
            ["Caio Colega", "2026-11-21 11:00:00", "2026-11-21 17:00:00", "B08"],
        ]
        shifts = self.env["contact_center.shift"].with_user(self.supervisor)
        columns = ["user_id", "start", "end", "seat"]
        with mute_logger("odoo.sql_db"):
            wrong = shifts.load(columns, [["Ninguém", *rows[0][1:]]])
        self.assertFalse(wrong["ids"])
        self.assertIn("Ninguém", wrong["messages"][0]["message"])
        found = shifts.load(columns, [["Ana Agente", *rows[0][1:]], rows[1]])
        self.assertEqual(len(found["ids"]), 2, found["messages"])
        self.assertEqual(shifts.browse(found["ids"]).mapped("seat"), ["B07", "B08"])

    def test_managers_see_it_agents_do_not(self):
        """As the table of rights says."""
        shift = self._shift()
        self.assertEqual(shift.with_user(self.manager).presence, "missing")
        with self.assertRaises(AccessError):
            shift.with_user(self.manager).seat = "X"
        with self.assertRaises(AccessError):
            shift.with_user(self.agent).read(["seat"])
