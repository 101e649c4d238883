# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.mail.tools.discuss import Store

from .city_common import CityCase


@tagged("post_install", "-at_install")
class TestCity(CityCase):
    """The city's people: numbers instead of names, queues and personal data by person."""

    def _names(self, text):
        """Of these words, the names of agents."""
        return [user.name for user in self.agent | self.colleague if user.name in str(text)]

    def test_agents_are_numbers(self):
        conversation = self._in_service()
        self._answer(conversation, "Bom dia")
        seen = conversation.with_user(self.city)
        self.assertEqual(seen.agent_id.display_name, "1001")
        self.assertEqual(seen.agent_id.partner_id.display_name, "1001")
        self.assertEqual(self._agent_row(self.city, self.agent)["name"], "1001")
        self.assertIn(str(self.colleague.id), self._agent_row(self.city, self.colleague)["name"])
        self.assertIn("1001", seen.transcript)
        seen.action_watch("audit")
        told_everywhere = (
            self._team(self.city),
            seen.transcript,
            seen.get_watched(),
            seen.event_ids.mapped("author"),
        )
        for told in told_everywhere:
            self.assertFalse(self._names(told))
        exported = seen.export_data(["protocol", "agent_id"])["datas"]
        self.assertEqual(exported, [[conversation.protocol, "1001"]])
        self.assertEqual(conversation.with_user(self.manager).agent_id.display_name, "Ana Agente")

    def test_events_name_no_agent(self):
        conversation = self._in_service()
        conversation.with_user(self.supervisor).action_transfer(
            self.queue, self.colleague, reason="shift"
        )
        seen = conversation.event_ids.with_user(self.city)
        self.assertFalse(self._names(seen.mapped("details")))
        self.assertTrue(self._names(conversation.event_ids.mapped("details")))

    def test_only_the_queues_of_a_person(self):
        here, there = self._waiting(), self._waiting(self.other_queue)
        self._limit(self.city, self.queue)
        found = self.Conversation.with_user(self.city).search([("id", "in", (here + there).ids)])
        self.assertEqual(found, here)
        names = [row["id"] for row in self._team(self.city)["queues"]]
        self.assertEqual(names, self.queue.ids)
        self._limit(self.city, self.queue.browse())
        self.assertTrue(there.with_user(self.city).has_access("read"))

    def test_figures_only(self):
        """Without the right to citizens' data: figures, and nobody's words or name."""
        conversation = self._in_service()
        self.assertFalse(conversation.with_user(self.figures_only).has_access("read"))
        self.assertFalse(self.citizen.with_user(self.figures_only).has_access("read"))
        self.assertTrue(self.citizen.with_user(self.city).has_access("read"))
        (contact,) = self._agent_row(self.figures_only, self.agent)["conversations"]
        self.assertEqual((contact["partner"], contact["queue"]), ("", self.queue.name))
        self.assertEqual(self._queue_row(self.figures_only, self.queue)["in_service"], 1)
        with self.assertRaises(AccessError):
            conversation.with_user(self.figures_only).action_watch("audit")
        with self.assertRaises(AccessError):
            conversation.with_user(self.figures_only).action_take_over("Quero ver")

    def test_threads_of_discuss_are_closed_to_them(self):
        """There agents stand by name; what they intercepted is theirs."""
        conversation = self._in_service()
        channel = conversation.discuss_channel_id
        self.assertFalse(channel.with_user(self.city).has_access("read"))
        self.assertTrue(channel.with_user(self.manager).has_access("read"))

    def test_watch_and_intercept(self):
        conversation = self._in_service()
        seen = conversation.with_user(self.city)
        seen.action_watch("audit")
        watched = seen.get_watched()
        self.assertEqual(watched["agent"], "1001")
        self.assertEqual([name for name, may in watched["rights"].items() if may], ["intercept"])
        dialogs = self.env["contact_center.conversation.take.over"].with_user(self.city)
        dialog = Form(dialogs.with_context(default_conversation_id=conversation.id))
        dialog.reason = "Reclamação ao gabinete"
        dialog.save().action_take_over()
        self.assertEqual(conversation.agent_id, self.city)
        self._answer(conversation, "Aqui é a prefeitura", self.city)
        self.assertFalse(
            self.env["contact_center.agent.state"]._current(self.city), "no agent of the center"
        )
        closing = self.env["contact_center.conversation.close"].with_user(self.city)
        self.assertTrue(closing.has_access("create"))
        conversation.with_user(self.city).action_close()
        self.assertEqual(conversation.state, "survey")

    def test_what_was_said_before_they_intercepted_names_nobody(self):
        """The thread is theirs then: authors, senders, and what the citizen was told."""
        conversation = self._in_service()
        self._answer(conversation, "Bom dia, aqui é Ana Agente")
        conversation.with_user(self.city).action_take_over("Reclamação ao gabinete")
        thread = conversation.discuss_channel_id
        self.assertTrue(self._names(thread.message_ids.mapped("body")), "it stays as it was said")
        messages = thread.message_ids.with_user(self.city)
        data = Store().add(messages).get_result()
        self.assertFalse(self._names(data))
        self.assertIn("1001", str(data["mail.message"]))
        self.assertIn("1001", str(data["res.partner"]))
        self.assertFalse(
            self._names(messages.read(["body", "email_from", "reply_to", "author_id"]))
        )
        self.assertFalse(self._names(Store().add(thread.with_user(self.city)).get_result()))
        by_name = Store().add(thread.message_ids.with_user(self.supervisor)).get_result()
        self.assertTrue(self._names(by_name))

    def test_they_lead_nobody(self):
        conversation = self._in_service()
        with self.assertRaises(AccessError):
            conversation.with_user(self.city).action_join("Quero falar")
        with self.assertRaises(AccessError):
            conversation.with_user(self.city).action_transfer(self.other_queue)
        with self.assertRaises(AccessError):
            self.env["contact_center.notice"].with_user(self.city).create({"body": "x"})
        with self.assertRaises(AccessError):
            self.env["contact_center.agent.state"].with_user(self.city).set_for(
                self.agent.id, "break", "x"
            )

    def test_a_supervisor_with_a_role_of_the_city_sees_names(self):
        """Who leads the contractor's team works with names anyway."""
        self.supervisor.group_ids += self.env.ref("contact_center_supervision.group_city_inside")
        self.assertEqual(self.agent.with_user(self.supervisor).display_name, "Ana Agente")

    def test_administrators_classify_people(self):
        """In "People and roles": the role, the right to data, the queues."""
        persons = self.env["contact_center.person"].with_user(self.administrator)
        person = persons.browse(persons._open(self.figures_only)["res_id"])
        self.assertTrue(person.is_city_inside)
        with Form(person) as form:
            form.city_personal_data = True
            form.city_queue_ids.add(self.queue)
        person.action_save()
        self.assertTrue(self.figures_only._sees_citizens())
        self.assertEqual(self.figures_only.contact_center_city_queue_ids, self.queue)
        with Form(person) as form:
            form.is_city_inside = False
            form.is_manager = True
        person.action_save()
        self.assertFalse(self.figures_only.contact_center_city_queue_ids)

    def test_the_room_is_for_leaders_of_both_sides(self):
        room = self.env.ref("contact_center_supervision.room")
        for user in (self.supervisor, self.city, self.figures_only, self.administrator):
            self.assertTrue(room.with_user(user).has_access("read"))
            self.assertIn(user.partner_id, room.channel_partner_ids)
        for user in (self.agent, self.manager, self.employee):
            self.assertFalse(room.with_user(user).has_access("read"))
        action = self.env["contact_center.team"].with_user(self.city).get_room()
        self.assertEqual(action["context"]["active_id"], f"discuss.channel_{room.id}")
        with self.assertRaises(AccessError):
            self.env["contact_center.team"].with_user(self.agent).get_room()

    def test_they_begin_with_the_team(self):
        home = self.city.with_user(self.city).contact_center_home()
        self.assertEqual(home["tag"], "contact_center.team")
