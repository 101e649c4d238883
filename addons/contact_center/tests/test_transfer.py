# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import html2plaintext

from .common import ContactCenterCase, NotesMixin

NOTE = "Já pedi o CPF.\nFalta ver o contracheque <dele>."


@tagged("post_install", "-at_install")
class TestTransfer(NotesMixin, ContactCenterCase):
    """Passing a citizen on: the reason, the note, who is there, and what the citizen hears."""

    def _dialog(self, conversation=None, user=None):
        """Return the dialog as `user` (the agent) opens it."""
        dialogs = self.env["contact_center.conversation.transfer"].with_user(user or self.agent)
        conversation = conversation or self._in_service()
        return Form(dialogs.with_context(default_conversation_id=conversation.id))

    def _pass_on(self, conversation, target, **values):
        """Pass the agent's conversation on to a queue or a person, as the dialog does."""
        dialog = self._dialog(conversation)
        dialog.reason = "subject"
        if target._name == "res.users":
            dialog.user_id = target
        else:
            dialog.target, dialog.queue_id = "queue", target
        for name, value in values.items():
            setattr(dialog, name, value)
        dialog.save().action_transfer()

    def _notes(self, conversation):
        """Return the internal notes of a conversation."""
        return conversation.discuss_channel_id.message_ids.filtered(
            lambda message: message.subtype_id == self.env.ref("mail.mt_note")
        )

    def _close_today(self, queue):
        """Let nobody serve `queue` on the day of the tests."""
        queue.exception_ids = [
            Command.create({"date": "2026-11-20", "kind": "closed", "reason": "Ponto facultativo"})
        ]

    # ------------------------------------------------------------
    # Reason and note
    # ------------------------------------------------------------

    def test_the_reason_is_in_the_ledger_in_words(self):
        conversation = self._in_service()
        self._pass_on(conversation, self.other_queue)
        event = conversation.event_ids.filtered(lambda event: event.kind == "transferred")
        self.assertEqual(event.data["reason"], "subject")
        self.assertIn("Another team's subject", event.details)

    def test_no_transfer_from_the_dialog_without_a_reason(self):
        dialog = self._dialog()
        dialog.target, dialog.queue_id = "queue", self.other_queue
        with self.assertRaisesRegex(AssertionError, "reason is a required field"):
            dialog.save()

    def test_a_reason_that_does_not_exist_is_refused(self):
        conversation = self._in_service()
        with self.assertRaises(UserError):
            conversation.with_user(self.agent).action_transfer(self.other_queue, reason="<b>x</b>")

    def test_the_note_is_the_first_thing_that_the_receiver_sees(self):
        self._log_in(self.colleague)
        conversation = self._in_service()
        conversation._receive(self._text("Meu salário veio errado"))
        with self._delivered() as delivered:
            self._pass_on(conversation, self.colleague, note=NOTE)
        note = conversation.transfer_note_id
        member = conversation.discuss_channel_id.channel_member_ids.filtered(
            lambda member: member.partner_id == self.colleague.partner_id
        )
        self.assertEqual(member.new_message_separator, note.id, "what was before is read")
        panel = conversation.with_user(self.colleague).get_panel()
        self.assertEqual(panel["transfer"]["author"], "Ana Agente")
        words = html2plaintext(panel["transfer"]["body"])
        self.assertIn("Passed on to Caio Colega. Reason: Another team's subject", words)
        self.assertIn("Falta ver o contracheque <dele>.", words)
        self.assertIn(note, self._notes(conversation))
        self.assertNotIn("contracheque", str([out.text for _message, out in delivered]))
        self.assertNotIn("contracheque", str(conversation.transcript))

    def test_who_takes_it_from_the_queue_begins_with_the_note(self):
        conversation = self._in_service()
        self._pass_on(conversation, self.other_queue, note=NOTE)
        conversation._receive(self._text("Alguém?"))
        conversation.with_user(self.outsider).action_take()
        member = conversation.discuss_channel_id.channel_member_ids.filtered(
            lambda member: member.partner_id == self.outsider.partner_id
        )
        self.assertEqual(member.new_message_separator, conversation.transfer_note_id.id)
        panel = conversation.with_user(self.outsider).get_panel()
        self.assertIn("CPF", panel["transfer"]["body"])

    def test_an_older_note_does_not_stand_for_the_next_transfer(self):
        conversation = self._in_service()
        self._pass_on(conversation, self.other_queue, note=NOTE)
        conversation.with_user(self.supervisor).action_transfer(self.queue)
        self.assertFalse(conversation.transfer_note_id)
        self.assertIsNone(conversation.with_user(self.supervisor).get_panel()["transfer"])

    def test_without_reason_and_note_nothing_is_written(self):
        conversation = self._in_service()
        conversation.with_user(self.agent).action_transfer(self.other_queue)
        self.assertFalse(self._notes(conversation))

    def test_the_receiver_is_told_the_note_and_not_twice(self):
        self._log_in(self.colleague)
        conversation = self._in_service()
        with self._bus() as sent:
            self._pass_on(conversation, self.colleague, note="Olhe o anexo")
        told = [payload for _target, payload in self._attention(sent)]
        self.assertEqual([(one["kind"], one["text"]) for one in told], [("handed", "Olhe o anexo")])

    # ------------------------------------------------------------
    # Availability
    # ------------------------------------------------------------

    def test_nobody_is_offered_who_cannot_serve(self):
        archived = self._user("cc_gone", "Gil Saiu", "contact_center.group_technician")
        employee = self._user("cc_plain", "Pia Só", "base.group_user")
        self.queue.member_ids += archived | employee | self.supervisor
        archived.active = False
        conversation = self._in_service()
        offered = {option["id"] for option in self._dialog(conversation).agent_options}
        self.assertEqual(offered, set((self.colleague | self.supervisor).ids))
        offered = {
            option["id"] for option in self._dialog(conversation, self.supervisor).agent_options
        }
        self.assertEqual(offered, set(self.colleague.ids), "oneself: that is taking it over")

    def test_who_cannot_take_it_is_named_and_the_queue_gets_it(self):
        states = self.env["contact_center.agent.state"]
        conversation = self._in_service()
        dialog = self._dialog(conversation)
        dialog.reason = "shift"
        dialog.user_id = self.colleague
        self.assertIn("Caio Colega is not logged in now.", dialog.warning)
        self.assertEqual(dialog.instead, "queue")
        self._log_in(self.colleague)
        states._switch(self.colleague, "break", "Lanche")
        dialog.user_id = self.env["res.users"]
        self.assertFalse(dialog.instead)
        dialog.user_id = self.colleague
        self.assertEqual(dialog.warning, "Caio Colega is pausing now.")
        self._close_today(self.queue)
        dialog.user_id = self.env["res.users"]
        dialog.user_id = self.colleague
        self.assertIn("is pausing now. The queue Fila de teste is closed now", dialog.warning)
        self.assertIn("Monday, 11/23, at 7:00", dialog.warning)
        dialog.save().action_transfer()
        self.assertEqual((conversation.state, conversation.agent_id.id), ("queued", False))
        self.assertEqual(self._automatic_kinds(conversation)[-1], "transferred_closed")

    def test_who_is_there_gets_it_without_a_question(self):
        self._log_in(self.colleague)
        conversation = self._in_service()
        dialog = self._dialog(conversation)
        dialog.reason = "citizen"
        dialog.user_id = self.colleague
        self.assertFalse(dialog.warning)
        self.assertFalse(dialog.instead)
        dialog.save().action_transfer()
        self.assertEqual(conversation.agent_id, self.colleague)
        self.assertEqual(self._automatic_kinds(conversation)[-1], "agent_joined")

    def test_who_came_back_before_the_confirmation_gets_it(self):
        conversation = self._in_service()
        dialog = self._dialog(conversation)
        dialog.reason = "citizen"
        dialog.user_id = self.colleague
        wizard = dialog.save()
        self._log_in(self.colleague)
        wizard.action_transfer()
        self.assertEqual(conversation.agent_id, self.colleague)

    def test_to_somebody_away_all_the_same(self):
        conversation = self._in_service()
        self._pass_on(conversation, self.colleague, instead="agent")
        self.assertEqual(conversation.agent_id, self.colleague)
        self.assertEqual(self._automatic_kinds(conversation)[-1], "transferred_absent")
        said = self._said(conversation)[-1]
        self.assertIn("Caio Colega", said)
        self.assertIn("não está disponível", said)
        self.assertNotIn("Você está falando com", said)

    def test_to_somebody_away_after_hours(self):
        self._close_today(self.queue)
        conversation = self._in_service()
        self._pass_on(conversation, self.colleague, instead="agent")
        self.assertEqual(self._automatic_kinds(conversation)[-1], "transferred_closed")
        self.assertIn("volta segunda-feira, 23/11, às 7h", self._said(conversation)[-1])

    def test_a_queue_whose_people_all_pause_answers_later(self):
        self._log_in(self.outsider)
        self.env["contact_center.agent.state"]._switch(self.outsider, "break", "Lanche")
        conversation = self._in_service()
        dialog = self._dialog(conversation)
        dialog.target, dialog.queue_id = "queue", self.other_queue
        self.assertIn("Nobody of the queue Outra fila is available", dialog.warning)
        self._pass_on(conversation, self.other_queue)
        self.assertEqual(self._automatic_kinds(conversation)[-1], "transferred_later")

    def test_queues_say_who_is_there(self):
        queues = (self.queue | self.other_queue).with_user(self.agent)
        self._log_in(self.agent | self.colleague)
        self._close_today(self.other_queue)
        named = queues.with_context(contact_center_availability=True)
        self.assertEqual(
            named.sudo().mapped("display_name"),
            [
                "Fila de teste · open, 1 person available",
                "Outra fila · closed, opens Monday, 11/23, at 7:00",
            ],
        )
        self.assertEqual(queues.sudo().mapped("display_name"), ["Fila de teste", "Outra fila"])

    def test_what_waits_there_already_stays(self):
        conversation = self._waiting()
        with self.assertRaisesRegex(UserError, "already waits in the queue Fila de teste"):
            conversation.with_user(self.supervisor).action_transfer(self.queue, reason="subject")

    def test_the_note_is_for_who_may_pass_it_on(self):
        conversation = self._in_service()
        with self.assertRaises(AccessError):
            conversation.with_user(self.colleague).action_transfer(self.other_queue, note="x")
        self.assertFalse(self._notes(conversation))
