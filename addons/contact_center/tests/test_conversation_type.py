# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestConversationType(ContactCenterCase):
    """Receptive or active, human or electronic, and the nature of each contact."""

    def _type(self, conversation):
        return (conversation.direction, conversation.attendance)

    def test_electronic_until_a_person_serves(self):
        conversation = self._waiting()
        self.assertEqual(self._type(conversation), ("receptive", "electronic"))
        conversation.with_user(self.agent).action_take()
        self.assertEqual(self._type(conversation), ("receptive", "human"))

    def test_who_was_served_once_stays_human(self):
        conversation = self._in_service()
        conversation.sudo()._move_to("bot", agent_id=False)
        conversation.sudo()._end_by_bot()
        self.assertEqual(conversation.attendance, "human")

    def test_what_an_agent_begins_is_active(self):
        conversation = self.Conversation.with_user(self.agent)._open_by_agent(
            self.citizen, "internal", self.queue
        )
        self.assertEqual(self._type(conversation), ("active", "human"))

    def test_joining_what_the_citizen_began_stays_receptive(self):
        conversation = self._open().with_user(self.agent)
        conversation._join_by_agent()
        self.assertEqual(self._type(conversation.sudo()), ("receptive", "human"))

    def test_the_nature_follows_the_subject(self):
        criticism = self.env["contact_center.disposition"].create(
            {"name": "Crítica ao serviço", "nature": "criticism"}
        )
        conversation = self._in_service()
        self.assertFalse(conversation.nature)
        conversation.with_user(self.agent).action_close(criticism)
        self.assertEqual(conversation.nature, "criticism")
        found = self.Conversation.search_count([("nature", "=", "criticism")])
        self.assertEqual(found, 1)
