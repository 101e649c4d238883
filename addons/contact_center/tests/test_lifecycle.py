# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..core import lifecycle
from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestLifecycle(ContactCenterCase):
    def test_open(self):
        conversation = self._open()
        self.assertRegex(conversation.protocol, r"^2026\d{6}$")
        self.assertEqual(conversation.state, "bot")
        self.assertEqual(conversation.partner_id, self.citizen)
        channel = conversation.discuss_channel_id
        self.assertEqual(channel.channel_type, "livechat")
        self.assertEqual(channel.contact_center_conversation_id, conversation)
        self.assertFalse(channel.channel_member_ids, "nobody watches a bot")
        self.assertEqual(self._kinds(conversation), ["opened"])

    def test_protocol_numbers_follow_each_other(self):
        first, second = self._open(), self._open()
        self.assertEqual(int(second.protocol), int(first.protocol) + 1)

    def test_protocol_year_is_brazils(self):
        """At 1:00 UTC on the first of January it is still the old year in Brazil."""
        with freeze_time("2027-01-01 01:00:00"):
            self.assertTrue(self._open().protocol.startswith("2026"))
        with freeze_time("2027-01-01 04:00:00"):
            self.assertTrue(self._open().protocol.startswith("2027"))

    def test_whole_life(self):
        conversation = self._open()
        with self._bot():
            conversation._receive(self._text("oi"))
        conversation._hand_over(reason="asked")
        self.assertEqual(conversation.state, "queued")
        conversation.with_user(self.agent).action_take()
        self.assertEqual(conversation.state, "in_service")
        conversation.with_user(self.agent).action_close(self.disposition)
        self.assertEqual(conversation.state, "survey")
        self.assertTrue(conversation._receive(self._option("survey:very_good", "Ótimo")))
        self.assertEqual(conversation.state, "closed")
        self.assertEqual(conversation.outcome, "resolved")
        self.assertEqual(conversation.satisfaction, "very_good")
        self.assertEqual(conversation.disposition_id, self.disposition)
        kinds = [kind for kind in self._kinds(conversation) if kind != "automatic_message"]
        self.assertEqual(kinds, ["opened", "queued", "accepted", "survey_asked", "rated", "closed"])

    def test_every_event_knows_queue_and_agent(self):
        conversation = self._in_service()
        accepted = conversation.event_ids.filtered(lambda event: event.kind == "accepted")
        self.assertEqual(accepted.queue_id, self.queue)
        self.assertEqual(accepted.agent_id, self.agent)
        self.assertEqual(accepted.user_id, self.agent)

    def test_state_is_not_written_directly(self):
        conversation = self._open()
        with self.assertRaises(UserError):
            conversation.sudo().state = "closed"
        with self.assertRaises(UserError):
            conversation.sudo().state = "closed"
        with self.assertRaises(UserError):
            self.Conversation.create(
                {"protocol": "x", "partner_id": self.citizen.id, "state": "closed"}
            )

    def test_moves_that_do_not_exist(self):
        conversation = self._open()
        with self.assertRaises(lifecycle.LifecycleError):
            conversation._move_to("in_service")
        conversation._end_by_bot()
        with self.assertRaises(lifecycle.LifecycleError):
            conversation._hand_over()

    def test_conversations_are_kept(self):
        with self.assertRaises(UserError):
            self._open().unlink()

    def test_end_by_bot(self):
        conversation = self._open()
        conversation._end_by_bot()
        self.assertEqual(conversation.state, "closed")
        self.assertEqual(conversation.outcome, "self_service")
        self.assertTrue(conversation.closed_at)

    def test_find_open(self):
        self.assertFalse(self.Conversation._find_open(self.citizen, "internal"))
        conversation = self._open()
        self.assertEqual(self.Conversation._find_open(self.citizen, "internal"), conversation)
        conversation._end_by_bot()
        self.assertFalse(self.Conversation._find_open(self.citizen, "internal"))

    def test_collect(self):
        conversation = self._open()
        conversation._collect("email", "E-mail", "a@example.com")
        conversation._collect("place", "Local", "Prédio A")
        conversation._collect("email", "E-mail", "b@example.com")
        self.assertEqual(
            [(entry["key"], entry["value"]) for entry in conversation.collected],
            [("place", "Prédio A"), ("email", "b@example.com")],
        )
        html = str(conversation.collected_html)
        self.assertIn("b@example.com", html)
        conversation._collect("name", "Nome", "<script>x</script>")
        self.assertNotIn("<script>", str(conversation.collected_html))
