# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestConfiguration(ContactCenterCase):
    def test_tree(self):
        child = self.disposition.create({"name": "Parte", "parent_id": self.disposition.id})
        self.assertEqual(child.complete_name, "Assunto de teste / Parte")
        self.assertEqual(child.display_name, "Assunto de teste / Parte")
        with self.assertRaises(UserError):
            self.disposition.parent_id = child

    def test_no_namesakes(self):
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.disposition.create({"name": self.disposition.name})

    def test_queue_needs_a_name_of_its_own(self):
        with self.assertRaises(ValidationError):
            self.other_queue.name = self.queue.name

    def test_queue_keeps_its_live_chat_channel(self):
        livechat = self.queue.livechat_channel_id
        self.assertEqual(livechat.user_ids, self.agent | self.colleague)
        self.queue.write({"name": "Novo nome", "member_ids": [(3, self.colleague.id)]})
        self.assertEqual(livechat.name, "Novo nome")
        self.assertEqual(livechat.user_ids, self.agent)
        copied = self.queue.copy()
        self.assertNotEqual(copied.livechat_channel_id, livechat)

    def test_queue_with_waiting_conversations_is_kept(self):
        self._waiting()
        with self.assertRaisesRegex(UserError, r"\(1\)"):
            self.queue.active = False
        self.other_queue.active = False

    def test_service_level_percent(self):
        for percent in (0, 101):
            with self.assertRaises(ValidationError):
                self.queue.service_level_percent = percent
