# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SUPERVISOR, TECHNICIAN, ContactCenterCase


@tagged("post_install", "-at_install")
class TestCompanies(ContactCenterCase):
    """A city hall and its water company share one Odoo, not their citizens' conversations."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.city = cls.env.company
        cls.water = cls.env["res.company"].create({"name": "Águas Municipais"})
        cls.water_lead = cls._user("cc_water_lead", "Wilma Água", SUPERVISOR)
        cls.water_agent = cls._user("cc_water_agent", "Wanda Água", TECHNICIAN)
        (cls.water_lead | cls.water_agent).write(
            {"company_id": cls.water.id, "company_ids": [Command.set(cls.water.ids)]}
        )
        cls.water_queue = cls.env["contact_center.queue"].create(
            {
                "name": "Falta de água",
                "company_id": cls.water.id,
                "member_ids": [Command.set(cls.water_agent.ids)],
            }
        )

    def _seen(self, user, *conversations):
        """Which of these conversations a user finds: by search, and by reading each."""
        ids = [conversation.id for conversation in conversations]
        found = self.Conversation.with_user(user).search([("id", "in", ids)])
        for conversation in conversations:
            read = conversation.with_user(user)
            self.assertEqual(bool(read._filtered_access("read")), conversation in found)
            self.assertEqual(read.sudo().is_visible, conversation in found)
        return set(found.ids)

    def test_leaders_see_their_company_only(self):
        of_city, of_water = self._waiting(), self._waiting(self.water_queue)
        self.assertEqual(of_city.company_id, self.city)
        self.assertEqual(of_water.company_id, self.water)
        both = (of_city, of_water)
        self.assertEqual(self._seen(self.supervisor, *both), {of_city.id})
        self.assertEqual(self._seen(self.manager, *both), {of_city.id})
        self.assertEqual(self._seen(self.water_lead, *both), {of_water.id})
        self.assertEqual(self._seen(self.water_agent, *both), {of_water.id})
        self.assertEqual(self._seen(self.agent, *both), {of_city.id})

    def test_what_belongs_to_a_conversation_follows_it(self):
        of_water = self._waiting(self.water_queue)
        channel = of_water.discuss_channel_id
        for record in (of_water.event_ids[:1], channel):
            self.assertTrue(record.with_user(self.water_lead)._filtered_access("read"))
            self.assertFalse(record.with_user(self.supervisor)._filtered_access("read"))
        with self.assertRaises(AccessError):
            channel.with_user(self.supervisor).message_ids.mapped("body")

    def test_who_has_both_sees_those_of_the_chosen_company(self):
        of_city, of_water = self._waiting(), self._waiting(self.water_queue)
        self.supervisor.company_ids += self.water
        self.assertEqual(self._seen(self.supervisor, of_city, of_water), {of_city.id, of_water.id})
        chosen = self.Conversation.with_user(self.supervisor).with_context(
            allowed_company_ids=self.water.ids
        )
        self.assertEqual(chosen.search([("id", "in", (of_city + of_water).ids)]), of_water)

    def test_a_forged_choice_of_companies_shows_nothing_more(self):
        of_water = self._waiting(self.water_queue)
        forged = of_water.with_user(self.supervisor).with_context(
            allowed_company_ids=[self.city.id, self.water.id]
        )
        self.assertFalse(forged.sudo().is_visible)
        with self.assertRaises(AccessError):
            forged.search([("id", "=", of_water.id)]).read(["protocol"])
            forged.read(["protocol"])
        events = of_water.event_ids.with_env(forged.env)
        with self.assertRaises(AccessError):
            events.read(["kind"])

    def test_a_conversation_that_is_passed_on_belongs_to_the_new_queue(self):
        conversation = self._in_service()
        conversation.with_user(self.agent).action_transfer(queue=self.water_queue)
        self.assertEqual(conversation.company_id, self.water)
        self.assertEqual(self._seen(self.water_agent, conversation), {conversation.id})
        self.assertFalse(self._seen(self.supervisor, conversation))

    def test_queue_of_all_companies_keeps_the_company(self):
        self.water_queue.company_id = False
        conversation = self._waiting(self.water_queue)
        self.assertEqual(conversation.company_id, self.env.company)
        queues = self.env["contact_center.queue"]
        for user in (self.supervisor, self.water_lead):
            self.assertIn(self.water_queue, queues.with_user(user).search([]))

    def test_queues_of_others_are_not_shown(self):
        queues = self.env["contact_center.queue"]
        self.assertNotIn(self.water_queue, queues.with_user(self.administrator).search([]))
        self.assertNotIn(self.queue, queues.with_user(self.water_lead).search([]))

    def test_the_usual_queue_is_one_of_the_company(self):
        closed = self.water_queue.copy({"name": "Extinta", "active": False, "sequence": 1})
        self.assertEqual(closed._or_usual(), self.water_queue)
        self.queue.active = False
        self.assertEqual(self.queue._or_usual().company_id, self.city)

    def test_one_company_costs_no_condition(self):
        """Leaders of the only company see all; the database is not asked about each line."""
        everybody = self.env["res.company"].search([])
        self.manager.write({"company_ids": [Command.set(everybody.ids)]})
        visible = self.Conversation.with_user(self.manager)._visible_domain()
        self.assertTrue(visible.is_true())
        self.assertFalse(self.Conversation.with_user(self.supervisor)._visible_domain().is_true())
