# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAgentState(ContactCenterCase):
    def setUp(self):
        super().setUp()
        self.State = self.env["contact_center.agent.state"]

    def test_intervals_follow_each_other(self):
        self.State._switch(self.agent, "available")
        self.State._switch(self.agent, "break", "Almoço")
        intervals = self.State.search([("user_id", "=", self.agent.id)], order="id")
        self.assertEqual(intervals.mapped("kind"), ["available", "break"])
        self.assertTrue(intervals[0].end)
        self.assertFalse(intervals[1].end)

    def test_two_first_states_at_once_are_tried_again(self):
        self.State._switch(self.agent, "available")
        # As a transaction sees it that began before
        nobody = patch.object(type(self.State), "_current", lambda state, user: state.browse())
        with nobody, mute_logger("odoo.sql_db"), self.assertRaises(ConcurrencyError):
            self.State._switch(self.agent, "in_service")
        self.assertEqual(self.State._current(self.agent).kind, "available")

    def test_same_state_is_not_repeated(self):
        first = self.State._switch(self.agent, "available")
        self.assertEqual(self.State._switch(self.agent, "available"), first)

    def test_own_state(self):
        mine = self.State.with_user(self.agent)
        self.assertEqual(mine.set_mine("available")["kind"], "available")
        with self.assertRaises(UserError):
            mine.set_mine("break")
        with self.assertRaises(UserError):
            mine.set_mine("in_service")
        with self.assertRaises(UserError):
            self.State.with_user(self.employee).set_mine("available")

    def test_follows_the_conversations(self):
        self.State._switch(self.agent, "available")
        first, second = self._in_service(), self._in_service()
        self.assertEqual(self.State._current(self.agent).kind, "in_service")
        first.with_user(self.agent).action_close()
        self.assertEqual(self.State._current(self.agent).kind, "in_service")
        second.with_user(self.agent).action_transfer(user=self.colleague)
        self.assertEqual(self.State._current(self.agent).kind, "available")
        self.assertEqual(self.State._current(self.colleague).kind, "in_service")

    def test_a_break_is_kept(self):
        conversation = self._in_service()
        self.State._switch(self.agent, "break", "Reunião")
        conversation.with_user(self.agent).action_close()
        self.assertEqual(self.State._current(self.agent).kind, "break")

    def test_who_pauses_takes_nobody(self):
        conversation = self._waiting().with_user(self.agent)
        mine = self.State.with_user(self.agent)
        for kind in ("break", "with_supervisor", "away"):
            mine.set_mine(kind, "Lanche")
            with self.assertRaisesRegex(UserError, "Lanche"):
                conversation.action_take()
        mine.set_mine("after_work")
        conversation.action_take()
        self.assertEqual(mine.get_mine()["kind"], "in_service", "the next service ends it")
        self.assertEqual(mine.set_mine("available")["kind"], "in_service", "somebody is served")

    def test_the_chosen_reason_says_what_kind_of_break_it_is(self):
        mine = self.State.with_user(self.agent)
        for name, kind, break_kind in (
            ("snack", "break", "snack"),
            ("rest", "break", "regulated"),
            ("recovery", "recovery", False),
            ("training", "training", False),
            ("outbound", "outbound", False),
        ):
            reason = self.env.ref(f"contact_center.pause_reason_{name}")
            self.assertEqual(mine.set_mine("available", "", reason.id)["reason"], reason.name)
            current = self.State._current(self.agent)
            self.assertEqual((current.kind, current.break_kind), (kind, break_kind))
            self.assertEqual((current.set_by, current.set_by_id), ("agent", self.agent))

    def test_states_that_give_way_to_service_and_states_that_are_kept(self):
        for kind, after in (
            ("offered", "in_service"),
            ("not_answering", "in_service"),
            ("after_work", "in_service"),
            ("logged_out", "in_service"),
            ("outbound", "outbound"),
            ("training", "training"),
        ):
            self.State._switch(self.agent, kind)
            conversation = self._waiting().sudo()
            conversation._serve(self.agent, "accepted")
            self.assertEqual(self.State._current(self.agent).kind, after)
            conversation._close("resolved")

    def test_only_supervisors_force_a_state_and_say_why(self):
        self.State._switch(self.agent, "break", "Lanche")
        with self.assertRaises(AccessError):
            self.State.with_user(self.colleague).set_for(self.agent.id, "available", "Volte")
        states = self.State.with_user(self.supervisor)
        for kind, reason in (("available", "  "), ("in_service", "x"), ("offered", "x")):
            with self.assertRaises(UserError):
                states.set_for(self.agent.id, kind, reason)
        with self.assertRaises(UserError):
            states.set_for(self.employee.id, "available", "x")
        states.set_for(self.agent.id, "available", "Esqueceu a pausa")
        seen = self.State.with_user(self.agent).get_mine()
        self.assertEqual((seen["kind"], seen["forced_by"]), ("available", "Sílvia Supervisora"))
        self.assertEqual(seen["reason"], "Esqueceu a pausa")

    def test_a_forced_state_stays_true_while_somebody_is_served(self):
        self._in_service()
        self.State._switch(self.agent, "break", "Lanche")
        self.State.with_user(self.supervisor).set_for(self.agent.id, "available", "Volte")
        self.assertEqual(self.State._current(self.agent).kind, "in_service")

    def test_reasons_on_offer(self):
        self.env["contact_center.pause.reason"].search([])[1:].active = False
        [reason] = self.State.with_user(self.agent).get_reasons()
        self.assertEqual(reason["kind"], "break")

    def test_before_the_first_state(self):
        nothing = {"kind": "available", "reason": "", "start": False, "forced_by": ""}
        self.assertEqual(self.State.with_user(self.agent).get_mine(), nothing)
