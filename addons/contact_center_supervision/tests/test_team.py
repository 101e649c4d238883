# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestTeam(ContactCenterCase):
    """The supervisors' view of the team."""

    def _team(self, user):
        return self.env["contact_center.team"].with_user(user).get_team()

    def test_team(self):
        conversation = self._in_service()
        self._waiting()
        self._waiting()
        team = self._team(self.supervisor)
        (queue,) = (row for row in team["queues"] if row["id"] == self.queue.id)
        self.assertEqual((queue["waiting"], queue["in_service"], queue["agents"]), (2, 1, 2))
        self.assertTrue(queue["oldest"])
        agents = {row["id"]: row for row in team["agents"]}
        self.assertEqual(agents[self.agent.id]["kind"], "in_service")
        (served,) = agents[self.agent.id]["conversations"]
        self.assertEqual(served["protocol"], conversation.protocol)
        self.assertEqual(agents[self.colleague.id]["conversations"], [])
        self.assertNotIn(self.employee.id, agents)

    def test_agents_by_number_for_who_sees_numbers(self):
        viewer = self.manager
        Users = type(self.env["res.users"])
        sees = patch.object(
            Users, "_contact_center_sees_numbers", lambda users: users.env.user == viewer
        )
        with sees:
            shown = {row["name"] for row in self._team(viewer)["agents"]}
            usual = {row["name"] for row in self._team(self.supervisor)["agents"]}
        self.assertIn(f"Agent {self.agent.id}", shown)
        self.assertNotIn("Ana Agente", shown)
        self.assertIn("Ana Agente", usual)

    def test_who_sees_the_team(self):
        for user in (self.supervisor, self.administrator, self.manager):
            self.assertTrue(self._team(user)["agents"])
        for user in (self.agent, self.employee):
            with self.assertRaises(AccessError):
                self._team(user)

    def test_a_supervisor_changes_an_agents_state(self):
        """With a reason, from the dialog; the ledger says who did it."""
        self._in_service()
        dialogs = self.env["contact_center.agent.state.change"].with_user(self.supervisor)
        dialog = Form(dialogs.with_context(default_user_id=self.agent.id))
        dialog.kind, dialog.reason = "break", "Passou do horário da pausa"
        dialog.save().action_change()
        (row,) = (
            one for one in self._team(self.supervisor)["agents"] if one["id"] == self.agent.id
        )
        self.assertEqual((row["kind"], row["reason"]), ("break", "Passou do horário da pausa"))
        current = self.env["contact_center.agent.state"]._current(self.agent)
        self.assertEqual((current.set_by, current.set_by_id), ("supervisor", self.supervisor))

    def test_what_waits_is_closed_and_moved(self):
        """Nobody served it: there is no agent whose state follows."""
        self._waiting().with_user(self.supervisor).action_close()
        moved = self._waiting()
        moved.with_user(self.supervisor).action_transfer(self.other_queue)
        self.assertEqual(moved.queue_id, self.other_queue)

    def test_goals_of_the_queues(self):
        self.queue.service_level_seconds = 180
        rows = self._team(self.supervisor)["queues"]
        goals = {row["id"]: row["goal_seconds"] for row in rows}
        self.assertEqual((goals[self.queue.id], goals[self.other_queue.id]), (180, 300))

    def test_supervisors_begin_with_the_team(self):
        home = self.supervisor.with_user(self.supervisor).contact_center_home()
        self.assertEqual((home["type"], home["tag"]), ("ir.actions.client", "contact_center.team"))
        home = self.agent.with_user(self.agent).contact_center_home()
        self.assertEqual(home["tag"], "contact_center.desk")

    def test_supervisors_find_the_notices_in_the_settings(self):
        groups = self.env["ir.ui.menu"].with_user(self.supervisor).get_settings()
        menu = self.env.ref("contact_center_supervision.notice_menu")
        offered = [entry["action_id"] for group in groups for entry in group["entries"]]
        self.assertIn(menu.action.id, offered)
