# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ContactCenterCase, NotesMixin


@tagged("post_install", "-at_install")
class TestTakeOver(NotesMixin, ContactCenterCase):
    """Taking over, and what supervisors are told."""

    def test_take_over_is_announced_and_logged(self):
        conversation = self._in_service()
        with self._bus() as sent:
            conversation.with_user(self.supervisor).action_take_over(" Caso urgente ")
        ((target, told),) = self._attention(sent)
        self.assertEqual(target, self.agent.partner_id)
        self.assertEqual(
            (told["kind"], told["author"], told["text"]),
            ("taken_over", self.supervisor.name, "Caso urgente"),
        )
        event = conversation.event_ids.filtered(lambda event: event.kind == "taken_over")
        self.assertEqual(event.user_id, self.supervisor)
        self.assertEqual(event.data, {"previous_agent": self.agent.name, "reason": "Caso urgente"})
        note = self.env["mail.message"].search(
            [
                ("res_id", "=", conversation.discuss_channel_id.id),
                ("model", "=", "discuss.channel"),
            ],
            limit=1,
        )
        self.assertTrue(note._is_contact_center_note())
        for words in (self.agent.name, self.supervisor.name, "Caso urgente"):
            self.assertIn(words, note.body)
        self.assertNotIn("Caso urgente", conversation.transcript)

    def test_take_over_needs_a_reason(self):
        conversation = self._in_service()
        for reason in ("", "  ", None):
            with self.assertRaises(UserError):
                conversation.with_user(self.supervisor).action_take_over(reason)
        self.assertEqual(conversation.agent_id, self.agent)

    def test_administrator_takes_over_a_supervisors_conversation(self):
        conversation = self._in_service(self.supervisor)
        dialog = self.env["contact_center.conversation.take.over"].with_user(self.administrator)
        dialog.create({"conversation_id": conversation.id, "reason": "x"}).action_take_over()
        self.assertEqual(conversation.agent_id, self.administrator)

    def test_nobody_else_takes_over(self):
        conversation = self._in_service()
        dialog = self.env["contact_center.conversation.take.over"]
        for user in (self.agent, self.colleague, self.manager, self.employee):
            with self.assertRaises(AccessError):
                dialog.with_user(user).create({"conversation_id": conversation.id, "reason": "x"})
            with self.assertRaises(AccessError):
                conversation.with_user(user).action_take_over("x")

    def test_transfers_by_others_are_announced(self):
        conversation = self._in_service()
        with self._bus() as sent:
            conversation.with_user(self.supervisor).action_transfer(self.queue, self.colleague)
        told = {target: payload["kind"] for target, payload in self._attention(sent)}
        self.assertEqual(
            told,
            {self.agent.partner_id: "moved_away", self.colleague.partner_id: "handed"},
        )
        with self._bus() as sent:
            conversation.with_user(self.colleague).action_transfer(self.other_queue)
        self.assertFalse(self._attention(sent))

    def test_states_are_announced_to_supervisors(self):
        with self._bus() as sent:
            self.env["contact_center.agent.state"]._switch(self.agent, "available")
        group = self.env.ref("contact_center.group_supervisor")
        self.assertIn((group, "contact_center/agent_state", {"user_id": self.agent.id}), sent)
