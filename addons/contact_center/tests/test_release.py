# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TECHNICIAN, WORKING_TIME, ContactCenterCase, NotesMixin


@tagged("post_install", "-at_install")
class TestRelease(NotesMixin, ContactCenterCase):
    """Agents who leave while they serve: nobody is lost, and it is said how many there were."""

    def _served_and_waiting(self):
        """Ana serves one who came at 10:00; another one came at 09:59 and still waits."""
        with freeze_time(WORKING_TIME - timedelta(minutes=1)):
            waiting = self._waiting()
        served = self._in_service()
        return served, waiting

    def _assert_back(self, conversation, waiting):
        """`conversation` stands at the head of its queue, and its citizen was told."""
        self.assertEqual(
            (conversation.state, conversation.agent_id), ("queued", self.env["res.users"])
        )
        self.assertEqual(conversation.queued_at, WORKING_TIME)
        self.assertFalse(conversation.accepted_at)
        rows = self.Conversation.with_user(self.colleague).get_waiting()
        ours = [row["id"] for row in rows if row["id"] in (conversation | waiting).ids]
        self.assertEqual(ours, [conversation.id, waiting.id])
        self.assertEqual(conversation._waiting_position(), 1)
        self.assertEqual(waiting._waiting_position(), 2)
        self.assertEqual(self._automatic_kinds(conversation)[-1], "agent_left")
        self.assertIn("início da fila", self._said(conversation)[-1])
        event = conversation.event_ids.filtered(lambda one: one.kind == "released")
        self.assertEqual(event.data["from_agent"], "Ana Agente")
        members = conversation.discuss_channel_id.channel_member_ids.partner_id
        self.assertNotIn(self.agent.partner_id, members)

    def _how_many(self, sent):
        """Return the notices to the user who made the change."""
        return [payload["message"] for _to, kind, payload in sent if kind == "simple_notification"]

    def test_archived(self):
        served, waiting = self._served_and_waiting()
        with freeze_time(WORKING_TIME + timedelta(minutes=5)), self._bus() as sent:
            self.agent.with_user(self.env.ref("base.user_admin")).action_archive()
        self._assert_back(served, waiting)
        (words,) = self._how_many(sent)
        self.assertIn("1 conversations in service", words)
        self.assertIn(served.protocol, words)
        notes = self.agent.partner_id.message_ids.mapped("body")
        self.assertTrue(any(served.protocol in str(note) for note in notes))
        # w18: the citizen writes, and a colleague answers
        served._receive(self._text("alguém?"))
        served.with_user(self.colleague).action_take()
        self.assertEqual(served.agent_id, self.colleague)
        self.assertFalse(served.returned_at)

    def test_two_archived_at_once_have_a_note_each(self):
        mine, theirs = self._in_service(), self._in_service(self.colleague)
        with self._bus() as sent:
            (self.agent | self.colleague).action_archive()
        (words,) = self._how_many(sent)
        for protocol in (mine | theirs).mapped("protocol"):
            self.assertIn(protocol, words)
        notes = str(self.agent.partner_id.message_ids.mapped("body"))
        self.assertIn(mine.protocol, notes)
        self.assertNotIn(theirs.protocol, notes)
        self.assertIn("Nobody is left in the queue: Fila de teste", words)

    def test_archived_in_portuguese(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self._served_and_waiting()
        with self._bus() as sent:
            self.agent.with_context(lang="pt_BR").action_archive()
        (words,) = self._how_many(sent)
        self.assertIn("1 conversas em atendimento voltaram", words)

    def test_role_taken_away(self):
        served, waiting = self._served_and_waiting()
        self.agent.group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        self._assert_back(served, waiting)

    def test_role_taken_away_on_the_group(self):
        served, waiting = self._served_and_waiting()
        self.env.ref(TECHNICIAN).write({"user_ids": [Command.unlink(self.agent.id)]})
        self._assert_back(served, waiting)

    def test_supervisor_who_becomes_technician_keeps_what_their_queues_have(self):
        own = self._in_service(self.supervisor)
        foreign = self._in_service(self.supervisor, self.other_queue)
        self.queue.member_ids = [Command.link(self.supervisor.id)]
        self.supervisor.group_ids = [Command.set(self.env.ref(TECHNICIAN).ids)]
        self.assertEqual((own.state, own.agent_id), ("in_service", self.supervisor))
        self.assertEqual((foreign.state, foreign.queue_id), ("queued", self.other_queue))

    def test_out_of_the_queue(self):
        served, waiting = self._served_and_waiting()
        self.queue.member_ids = [Command.unlink(self.agent.id)]
        self._assert_back(served, waiting)

    def test_out_of_the_queue_on_the_users_form(self):
        served, waiting = self._served_and_waiting()
        self.agent.contact_center_queue_ids = [Command.clear()]
        self._assert_back(served, waiting)

    def test_the_others_keep_theirs(self):
        mine, theirs = self._in_service(), self._in_service(self.colleague)
        self.agent.active = False
        self.assertEqual((mine.state, theirs.state), ("queued", "in_service"))
        self.assertEqual(theirs.agent_id, self.colleague)

    def test_whatever_way_is_found_by_the_scheduled_action(self):
        served, waiting = self._served_and_waiting()
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_users SET active = FALSE WHERE id = %s", [self.agent.id])
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.Conversation._cron_release_stranded()
        self._assert_back(served, waiting)

    def test_a_transferred_conversation_keeps_its_first_waiting_time(self):
        conversation = self._in_service()
        with freeze_time(WORKING_TIME + timedelta(minutes=20)):
            conversation.with_user(self.agent).action_transfer(self.queue, self.colleague)
            self.colleague.active = False
        self.assertEqual(conversation.queued_at, WORKING_TIME)

    def test_nobody_is_closed_for_silence_because_of_it(self):
        self.queue.waiting_close_minutes = 30
        self.classPatch(type(self.env["ir.cron"]), "_commit_progress", lambda *_a, **_v: 60)
        conversation = self._in_service()
        with freeze_time(WORKING_TIME + timedelta(minutes=40)):
            self.agent.active = False
            self.Conversation._cron_inactivity()
        self.assertEqual(conversation.state, "queued")

    def test_at_night_the_citizen_is_told_when_people_are_back(self):
        conversation = self._in_service()
        with freeze_time(WORKING_TIME + timedelta(hours=9)):
            self.agent.active = False
        self.assertEqual(self._automatic_kinds(conversation)[-2:], ["agent_left", "out_of_hours"])
        self.assertIn("segunda-feira, 23/11, às 7h", self._said(conversation)[-1])

    def test_the_ledger_of_states_ends(self):
        self._in_service()
        self.agent.active = False
        states = self.env["contact_center.agent.state"].search([("user_id", "=", self.agent.id)])
        self.assertTrue(states)
        self.assertTrue(all(states.mapped("end")))

    def test_deleting_is_refused_in_words(self):
        conversation = self._in_service()
        with self.assertRaisesRegex(UserError, "Archive the user"):
            self.agent.unlink()
        conversation._close("resolved")
        with self.assertRaisesRegex(UserError, "Archive the user"):
            self.agent.unlink()
        self.colleague.unlink()
        self.assertEqual(self.queue.member_ids, self.agent)

    def test_nothing_is_said_when_nobody_is_concerned(self):
        self.queue.member_ids = [Command.link(self.supervisor.id)]
        with self._bus() as sent:
            self.agent.active = False
        self.assertFalse(self._how_many(sent))


@tagged("post_install", "-at_install")
class TestQueueLeftAlone(NotesMixin, ContactCenterCase):
    """The last one leaves, or the queue is archived, while people count on it."""

    def _health(self, title):
        health = self.env["contact_center.health"].with_user(self.administrator)
        health._forget()
        return {
            check["title"]: check
            for section in health.get_report()["sections"]
            for check in section["checks"]
            if check["key"] == "queues"
        }.get(title)

    def test_the_last_member_does_not_leave_while_somebody_waits(self):
        conversation = self._waiting(self.other_queue)
        with self.assertRaisesRegex(UserError, "1 open conversations"):
            self.other_queue.member_ids = [Command.clear()]
        self.other_queue.invalidate_recordset()
        self.other_queue.member_ids = [Command.set(self.agent.ids)]
        self.assertEqual(conversation.queue_id, self.other_queue)

    def test_somebody_without_the_role_is_nobody(self):
        self._waiting(self.other_queue)
        with self.assertRaisesRegex(UserError, "Outra fila"):
            self.other_queue.member_ids = [Command.set(self.employee.ids)]

    def test_nor_on_the_users_form(self):
        self._waiting(self.other_queue)
        with self.assertRaisesRegex(UserError, "Outra fila"):
            self.outsider.contact_center_queue_ids = [Command.clear()]

    def test_nor_while_they_serve_somebody(self):
        self._in_service(self.outsider, self.other_queue)
        with self.assertRaisesRegex(UserError, "1 open conversations"):
            self.other_queue.member_ids = [Command.clear()]

    def test_without_anybody_it_may_be_emptied_and_the_health_page_says_so(self):
        self.other_queue.member_ids = [Command.clear()]
        self.assertEqual(self._health("Queue Outra fila")["level"], "warning")
        self.assertFalse(self._health("Queue Fila de teste"))

    def test_archiving_the_last_member_moves_who_waits(self):
        with freeze_time(WORKING_TIME - timedelta(minutes=5)):
            waiting = self._waiting(self.other_queue)
        served = self._in_service(self.outsider, self.other_queue)
        with self._bus() as sent:
            self.outsider.active = False
        self.assertEqual((waiting | served).queue_id, self.queue)
        self.assertEqual(set((waiting | served).mapped("state")), {"queued"})
        self.assertEqual(waiting.queued_at, WORKING_TIME - timedelta(minutes=5))
        self.assertIn("transferred_later", self._automatic_kinds(waiting))
        (words,) = [data["message"] for _to, kind, data in sent if kind == "simple_notification"]
        self.assertIn("1 conversations in service", words)
        self.assertIn("1 waiting conversations went to the queue Fila de teste", words)
        self.assertIn("Nobody is left in the queue: Outra fila", words)

    def test_where_nobody_is_left_anywhere_they_wait_and_the_health_page_says_so(self):
        waiting = self._waiting(self.other_queue)
        queues = type(self.other_queue)
        with patch.object(queues, "_default_queue", lambda *_args: self.other_queue):
            self.outsider.active = False
        self.assertEqual((waiting.state, waiting.queue_id), ("queued", self.other_queue))
        line = self._health("Queue Outra fila")
        self.assertEqual(line["level"], "error")
        self.assertIn("1 waiting", line["words"])

    def test_a_new_conversation_of_an_archived_queue_goes_to_the_usual_one(self):
        self.other_queue.active = False
        conversation = self._waiting(self.other_queue)
        self.assertEqual(conversation.queue_id, self.queue)
        rows = self.Conversation.with_user(self.agent).get_waiting()
        self.assertIn(conversation.id, [row["id"] for row in rows])

    def test_archived_while_the_bot_served(self):
        conversation = self._open(self.other_queue)
        self.other_queue.active = False
        conversation._hand_over(reason="asked")
        self.assertEqual(conversation.queue_id, self.queue)

    def test_an_archived_queue_where_somebody_waits_is_on_the_health_page(self):
        self._waiting(self.other_queue)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE contact_center_queue SET active = FALSE WHERE id = %s", [self.other_queue.id]
        )
        self.env.invalidate_all()
        self.assertEqual(self._health("Queue Outra fila")["level"], "error")


@tagged("post_install", "-at_install")
class TestTransferTold(ContactCenterCase):
    """A transfer tells agent and citizen when somebody will answer."""

    def _wizard(self, queue, **values):
        return (
            self.env["contact_center.conversation.transfer"]
            .with_user(self.agent)
            .create(
                {
                    "conversation_id": self._in_service().id,
                    "queue_id": queue.id,
                    "target": "queue",
                    **values,
                }
            )
        )

    def test_to_a_queue_with_people(self):
        self._log_in(self.outsider)
        wizard = self._wizard(self.other_queue)
        self.assertFalse(wizard.warning)
        conversation = wizard.sudo().conversation_id
        wizard.action_transfer()
        self.assertEqual(self._automatic_kinds(conversation)[-1], "transferred")

    def test_to_a_queue_that_is_closed_today(self):
        self._log_in(self.outsider)
        self.other_queue.exception_ids = [
            Command.create({"date": "2026-11-20", "kind": "closed", "reason": "Ponto facultativo"})
        ]
        wizard = self._wizard(self.other_queue)
        self.assertIn("Monday, 11/23, at 7:00", wizard.warning)
        conversation = wizard.sudo().conversation_id
        wizard.action_transfer()
        self.assertEqual(self._automatic_kinds(conversation)[-1], "transferred_closed")
        said = self._said(conversation)[-1]
        self.assertIn("segunda-feira, 23/11, às 7h", said)
        self.assertNotIn("Aguarde um momento", said)

    def test_to_a_queue_in_which_nobody_is_logged_in(self):
        wizard = self._wizard(self.other_queue)
        self.assertIn("Nobody of the queue Outra fila is available", wizard.warning)
        conversation = wizard.sudo().conversation_id
        wizard.action_transfer()
        self.assertEqual(self._automatic_kinds(conversation)[-1], "transferred_later")
        self.assertNotIn("Aguarde um momento", self._said(conversation)[-1])

    def test_to_an_agent_who_is_not_logged_in(self):
        wizard = self._wizard(self.queue, target="agent", user_id=self.colleague.id)
        self.assertIn("Caio Colega is not logged in", wizard.warning)
        self._log_in(self.colleague)
        wizard.invalidate_recordset()
        self.assertFalse(wizard.warning)

    def test_closing_hour_while_waiting(self):
        """bN5: told once for each time that the queue is closed."""
        with freeze_time("2026-11-20 19:55:00"):
            conversation = self._waiting()
        self.assertEqual(self._automatic_kinds(conversation), ["queued"])
        for at in ("2026-11-20 20:05:00", "2026-11-20 21:00:00", "2026-11-22 12:00:00"):
            with freeze_time(at):
                conversation._receive(self._text("alguém?"))
        self.assertEqual(self._automatic_kinds(conversation), ["queued", "out_of_hours"])
        self.assertIn("segunda-feira, 23/11, às 7h", self._said(conversation)[-3])
        with freeze_time("2026-11-23 12:00:00"):
            conversation._receive(self._text("e agora?"))
        with freeze_time("2026-11-23 20:05:00"):
            conversation._receive(self._text("alguém?"))
        kinds = self._automatic_kinds(conversation)
        self.assertEqual(kinds, ["queued", "out_of_hours", "out_of_hours"])

    def test_who_was_told_at_hand_over_is_not_told_again(self):
        with freeze_time("2026-11-20 21:00:00"):
            conversation = self._waiting()
            conversation._receive(self._text("oi?"))
        self.assertEqual(self._automatic_kinds(conversation), ["out_of_hours"])

    def test_the_agent_in_service_after_hours_is_not_contradicted(self):
        conversation = self._in_service()
        with freeze_time(WORKING_TIME + timedelta(hours=10)):
            conversation._receive(self._text("ainda aí?"))
        self.assertNotIn("out_of_hours", self._automatic_kinds(conversation))
        self.assertEqual(fields.Datetime.to_string(conversation.queued_at), "2026-11-20 13:00:00")
