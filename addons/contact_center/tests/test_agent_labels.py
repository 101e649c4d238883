# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.mail.tools.discuss import Store

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAgentLabels(ContactCenterCase):
    """Agents by name, or by registration number to those who see numbers only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["contact_center.assignment"].create(
            {
                "user_id": cls.agent.id,
                "operation_id": cls.env["contact_center.operation"].create({"name": "156"}).id,
                "supervisor_id": cls.supervisor.id,
                "registration": "4711",
                "date_from": "2026-11-01",
            }
        )
        # As an addon with roles of the city does: this manager is one of its people.
        viewer = cls.manager
        users_class = type(cls.env["res.users"])
        sees = lambda users: users.env.user == viewer  # noqa: E731
        cls.startClassPatcher(patch.object(users_class, "_contact_center_sees_numbers", sees))

    def test_nobody_sees_numbers_without_a_role_for_it(self):
        agent = self.agent.with_user(self.supervisor)
        self.assertEqual(agent._contact_center_label(), "Ana Agente")
        self.assertEqual(agent.display_name, "Ana Agente")

    def test_numbers_of_agents_and_nobody_elses(self):
        people = (self.agent | self.colleague | self.employee | self.manager).with_user(
            self.manager
        )
        labels = list(people._contact_center_labels().values())
        internal = f"Agent {self.colleague.id}"
        self.assertEqual(labels, ["4711", internal, "Eva Empregada", "Márcia Gestora"])
        self.assertEqual(people.mapped("display_name"), labels)
        self.assertEqual(self.env["res.users"]._contact_center_label(), "")

    def test_a_day_before_the_number(self):
        agent = self.agent.with_user(self.manager)
        before = agent._contact_center_label(date(2026, 10, 1))
        self.assertEqual(before, f"Agent {self.agent.id}")

    def test_lists_groups_and_exports(self):
        conversation = self._in_service()
        seen = conversation.with_user(self.manager)
        row = seen.read(["agent_id", "survey_agent_id"])[0]
        self.assertEqual(row["agent_id"], (self.agent.id, "4711"))
        self.assertEqual(row["survey_agent_id"], (self.agent.id, "4711"))
        self.manager.group_ids += self.env.ref("base.group_allow_export")
        exported = seen.export_data(["agent_id", "event_ids/agent_id"])["datas"]
        self.assertIn("4711", str(exported))
        self.assertNotIn("Ana", str(exported))
        groups = seen.web_read_group([("id", "=", seen.id)], ["agent_id"], ["__count"])["groups"]
        self.assertEqual(groups[0]["agent_id"], (self.agent.id, "4711"))

    def test_events_tell_no_names(self):
        conversation = self._in_service()
        conversation.with_user(self.supervisor).action_take_over("ajuda")
        events = conversation.event_ids.filtered(lambda event: event.kind == "taken_over")
        self.assertIn("Ana Agente", events.with_user(self.supervisor).details)
        seen = events.with_user(self.manager)
        self.assertNotIn("Ana", seen.details)
        self.assertIn("ajuda", seen.details)
        self.assertEqual(seen.author, f"Agent {self.supervisor.id}")

    def test_transcripts(self):
        conversation = self._in_service()
        conversation.discuss_channel_id.with_user(self.agent).message_post(
            body="Bom dia!", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        author = "<b>Ana Agente</b>"
        self.assertIn(author, conversation.with_user(self.supervisor).transcript)
        shown = conversation.with_user(self.manager).transcript
        self.assertIn("<b>4711</b>", shown)
        self.assertIn("<b>Maria da Silva</b>", shown)
        self.assertNotIn(author, shown)

    def test_states(self):
        state = self.env["contact_center.agent.state"].search(
            [("user_id", "=", self.agent.id)], limit=1
        ) or self.env["contact_center.agent.state"].create(
            {"user_id": self.agent.id, "kind": "available"}
        )
        self.assertTrue(state.with_user(self.manager).display_name.startswith("4711"))

    def test_names_are_not_read_as_data(self):
        """Over RPC, whatever the way: reading, searching, the forms' own method, exports."""
        ana, eva = self.agent.with_user(self.manager), self.employee.with_user(self.manager)
        told = ["name", "login", "email", "phone", "signature", "image_128", "avatar_128"]
        row = ana.read(told)[0]
        self.assertEqual(row.pop("name"), "4711")
        self.assertEqual(set(row.values()) - {ana.id}, {False})
        self.assertEqual(eva.read(["name"])[0]["name"], "Eva Empregada")
        self.assertEqual(
            self.manager.with_user(self.manager).read(["name"])[0]["name"][:6], "Márcia"
        )
        specification = {"name": {}, "partner_id": {"fields": {"name": {}, "display_name": {}}}}
        (shown,) = ana.web_read(specification)
        self.assertEqual((shown["name"], shown["partner_id"]["name"]), ("4711", "4711"))
        self.assertEqual(shown["partner_id"]["display_name"], "4711")
        found = ana.partner_id.search_read([("id", "=", ana.partner_id.id)], ["name", "email"])
        self.assertEqual((found[0]["name"], found[0]["email"]), ("4711", False))
        self.assertEqual(
            self.agent.with_user(self.supervisor).read(["name"])[0]["name"], "Ana Agente"
        )

    def test_names_are_not_exported(self):
        conversation = self._in_service()
        self.manager.group_ids += self.env.ref("base.group_allow_export")
        seen = conversation.with_user(self.manager)
        columns = ["protocol", "agent_id/name", "agent_id/email", "partner_id/name"]
        row = [conversation.protocol, "4711", "", "Maria da Silva"]
        self.assertEqual(seen.export_data(columns)["datas"], [row])
        users = (self.agent | self.employee).with_user(self.manager)
        exported = users.export_data(["name", "login"])["datas"]
        self.assertEqual(exported, [["4711", ""], ["Eva Empregada", self.employee.login]])

    def test_names_are_not_told_by_groups(self):
        conversations = self._in_service().with_user(self.manager)
        users = self.env["res.users"].with_user(self.manager)
        for refused in (
            lambda: users.formatted_read_group([], ["name"], ["__count"]),
            lambda: users.formatted_read_group([], ["lang"], ["login:array_agg"]),
            lambda: conversations.formatted_read_group([], ["agent_id.name"], ["__count"]),
        ):
            with self.assertRaises(AccessError):
                refused()
        groups = conversations.formatted_read_group(
            [("id", "in", conversations.ids)], ["agent_id"], ["__count"]
        )
        self.assertEqual(groups[0]["agent_id"], (self.agent.id, "4711"))
        users.with_user(self.supervisor).formatted_read_group([], ["name"], ["__count"])

    def test_a_thread_of_discuss_names_no_author(self):
        conversation = self._in_service()
        self._answer(conversation, "Bom dia")
        message = conversation.discuss_channel_id.message_ids[0]
        for reader, name in ((self.supervisor, "Ana Agente"), (self.manager, "4711")):
            data = Store().add(message.with_user(reader)).get_result()["res.partner"]
            authors = [one.get("name") for one in data if one["id"] == self.agent.partner_id.id]
            self.assertEqual(authors, [name])

    def test_pictures(self):
        """The page shows a placeholder, whoever has the address."""
        binary = self.env["ir.binary"].with_user(self.manager)
        where = {"res_model": "res.users", "res_id": self.agent.id, "field": "avatar_128"}
        with self.assertRaises(AccessError):
            binary._find_record(**where)
        token = self.agent.partner_id._get_avatar_128_access_token()
        with self.assertRaises(AccessError):
            binary._find_record(
                res_model="res.partner",
                res_id=self.agent.partner_id.id,
                field="avatar_128",
                access_token=token,
            )
        self.assertEqual(binary.with_user(self.supervisor)._find_record(**where), self.agent)
        self.assertTrue(binary._find_record(**{**where, "res_id": self.employee.id}))
