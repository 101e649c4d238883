# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import ContactCenterCase, NotesMixin

HOMES = {
    "contact_center.group_technician": "contact_center.desk",
}


@tagged("post_install", "-at_install")
class TestHome(HttpCase):
    """The first screen of each role."""

    def test_each_role_begins_on_its_own_screen(self):
        for number, (group, tag) in enumerate(HOMES.items()):
            user = new_test_user(self.env, f"home{number}", groups=group)
            with self.subTest(group=group):
                home = user.with_user(user).contact_center_home()
                self.assertEqual((home["type"], home["tag"]), ("ir.actions.client", tag))
        user = new_test_user(self.env, "homem", groups="contact_center.group_manager")
        home = user.with_user(user).contact_center_home()
        self.assertEqual(home["res_model"], "contact_center.conversation")

    def test_administrators_begin_with_the_first_steps_until_these_are_done(self):
        user = new_test_user(self.env, "homea", groups="contact_center.group_administrator")
        steps = self.env["contact_center.first.steps"]
        self.patch(type(steps), "_are_open", lambda _steps: True)
        home = user.with_user(user).contact_center_home()
        self.assertEqual(home["tag"], "contact_center.first_steps")
        self.patch(type(steps), "_are_open", lambda _steps: False)
        home = user.with_user(user).contact_center_home()
        self.assertNotEqual(home["tag"], "contact_center.first_steps")

    def test_login_begins_there_unless_another_screen_was_chosen(self):
        home = self.env.ref("contact_center.home_action")
        user = new_test_user(self.env, "begins", groups="contact_center.group_technician")
        self.authenticate("begins", "begins")
        self.assertEqual(self._home_action(), home.id)
        chosen = self.env.ref("base.action_res_users")
        user.action_id = chosen.id
        self.assertEqual(self._home_action(), chosen.id)

    def test_people_without_a_role_begin_where_odoo_lets_them(self):
        user = new_test_user(self.env, "outside", groups="base.group_user")
        self.assertFalse(user.with_user(user).contact_center_home())
        self.authenticate("outside", "outside")
        self.assertFalse(self._home_action())

    def _home_action(self):
        """Return the first action of the web client of the user who is logged in."""
        return self.make_jsonrpc_request("/web/session/get_session_info", {})["home_action_id"]


class TestColleagues(NotesMixin, ContactCenterCase):
    """Persons to whom people at the desk may write."""

    def test_colleagues_are_people_of_the_contact_center_only(self):
        outside = new_test_user(self.env, "elsewhere", groups="base.group_user")
        gone = new_test_user(self.env, "gone", groups="contact_center.group_technician")
        gone.active = False
        told = self.env["res.users"].with_user(self.agent).get_contact_center_colleagues()
        self.assertIn(self.supervisor.partner_id.id, told["ids"])
        for stranger in (outside, gone, self.agent, self.env.ref("base.user_root")):
            self.assertNotIn(stranger.partner_id.id, told["ids"], stranger.login)
        names = {partner["id"] for partner in told["store"]["res.partner"]}
        self.assertEqual(names, set(told["ids"]))

    def test_others_are_not_told(self):
        outside = new_test_user(self.env, "stranger", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["res.users"].with_user(outside).get_contact_center_colleagues()

    def test_a_note_names_neither_oneself_nor_the_system(self):
        conversation = self._in_service()
        mine = conversation.with_user(self.supervisor)
        audience = mine._note_audience()
        self.assertIn(self.agent, audience)
        self.assertNotIn(self.supervisor, audience)
        self.assertNotIn(self.env.ref("base.user_root"), audience)

    def test_who_serves_was_invited_by_nobody(self):
        conversation = self._waiting()
        with self._bus() as sent:
            conversation.with_user(self.supervisor).action_transfer(user=self.agent)
        joined = [message for _to, kind, message in sent if kind == "discuss.channel/joined"]
        self.assertTrue(joined, "the agent's screen is told of the channel")
        self.assertFalse([one for one in joined if "invited_by_user_id" in one])

    def test_what_the_system_did_is_the_assistants(self):
        conversation = self._in_service()
        events = {event.kind: event for event in conversation.sudo().event_ids}
        system = self.env.ref("base.user_root")
        self.assertEqual(events["accepted"].author, self.agent.name)
        own = events["queued"]
        self.assertEqual(own.user_id, system)
        self.assertEqual(own.author, self.env.ref("contact_center.partner_bot").name)
