# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Incoming, Media
from odoo.addons.contact_center.tests.common import WORKING_TIME

from .common import PNG
from .far_glpi import ASSIGNEE, TECHNICIAN
from .test_news import NewsCase


@tagged("post_install", "-at_install")
class TestReplies(NewsCase):
    """The citizen's answers to a ticket's news reach that ticket."""

    def _hear(self, conversation, incoming):
        """Let the citizen send `incoming`; return the answers."""
        with self._delivered() as delivered, self._bot(self.heard):
            conversation._receive(incoming)
        return [outgoing for _message, outgoing in delivered]

    def setUp(self):
        super().setUp()
        self.heard = []

    def _push(self):
        self.server._pump()
        return self.glpi.followups[-1] if self.glpi.followups else None

    def _moved(self, key):
        """Return the last followup's answer to the solution, and the status after it."""
        return self.glpi.posted("ITILFollowup")[key], self._glpi_ticket()["status"]

    def test_yes_closes_and_no_asks_why_and_reopens(self):
        self.glpi.actor(self.ticket.glpi_id, TECHNICIAN, ASSIGNEE)
        self._solve()
        ((_message, question),) = self._news()
        yes, no = question.options
        new = self._open()
        (reason,) = self._hear(new, self._option(no.id, "Não"))
        self.assertIn("não está resolvido", reason.text)
        (thanks,) = self._hear(new, self._text("Continua parada"))
        self.assertIn("ainda não está resolvido", thanks.text)
        self.assertEqual(new.state, "closed")
        self.assertFalse(self.heard, "the robot is not asked")
        with self._delivered() as delivered:
            row = self._push()
        self.assertIn("volta para a equipe", delivered[-1][1].text)
        self.assertIn("Continua parada", row["content"])
        self.assertEqual(self._moved("add_reopen"), (1, 2))
        self.assertIn(
            {"key": "glpi_ticket", "label": "Chamado no GLPI", "value": str(self.ticket.glpi_id)},
            new.collected,
        )
        self._glpi_ticket()["date_mod"] = "2026-11-21 19:57:00"
        self._poll()
        self._solve("<p>Agora sim.</p>", at="2026-11-21 19:58:00")
        self._news()
        last = self._open()
        said = self._hear(last, self._option(yes.id, "Sim"))
        self.assertIn("encerrar", said[0].text)
        self.assertEqual(last.state, "survey")
        self._push()
        self.assertEqual(self._moved("add_close"), (1, 6))
        self._glpi_ticket()["date_mod"] = "2026-11-21 19:59:00"
        self.assertFalse(self._poll(), "who closed it does not hear that it is closed")

    def test_lost_answer_of_an_approval_is_not_repeated(self):
        self._solve()
        self._news()
        self._hear(self._open(), self._option(f"glpi:yes:{self.ticket.id}"))
        self.glpi.lose("POST ITILFollowup")
        self._push_fails(self.ticket)
        self.ticket._push()
        self.assertEqual(len(self.glpi.followups), 1)
        self.assertEqual(self.ticket.outbox_ids.state, "sent")

    def test_old_button_after_others_closed_it(self):
        self._solve()
        self._news()
        self._glpi_ticket().update(status=6, date_mod="2026-11-21 19:58:00")
        self._poll()
        (said,) = self._hear(self._open(), self._option(f"glpi:no:{self.ticket.id}"))
        self.assertIn("já está com a situação", said.text)
        self.assertFalse(self.ticket.outbox_ids)

    def test_closed_by_others_before_the_word_arrives(self):
        self._solve()
        self._news()
        self._hear(self._open(), self._option(f"glpi:yes:{self.ticket.id}"))
        self._glpi_ticket()["status"] = 6
        self.server._pump()
        self.assertEqual(self.ticket.outbox_ids.state, "sent")
        self.assertFalse(self.glpi.followups)

    def test_button_of_somebody_elses_ticket_does_nothing(self):
        self._solve()
        self._news()
        stranger = self.env["res.partner"].create({"name": "José"})
        conversation = self.Conversation._open(stranger, "internal", queue=self.queue)
        self._hear(conversation, self._option(f"glpi:yes:{self.ticket.id}"))
        self._hear(conversation, self._option("glpi:yes:x"))
        self.assertFalse(self.ticket.outbox_ids)
        self.assertEqual(len(self.heard), 2, "the robot answers")

    def test_in_service_the_button_answers_too_and_the_agent_sees_it(self):
        self._solve()
        self._news()
        conversation = self._in_service()
        self._hear(conversation, self._option(f"glpi:yes:{self.ticket.id}", "Sim"))
        self.assertEqual(conversation.state, "in_service")
        self.assertEqual(self.ticket.outbox_ids.kind, "approve")

    def test_answer_to_a_followup_is_asked_about_and_sent_with_its_file(self):
        self.conversation._end_by_bot()
        self._write("Qual o patrimônio?")
        self._poll()
        new = self._open()
        (question,) = self._hear(new, self._text("É o 1234"))
        self.assertIn("Impressora parada", question.text)
        photo = self.env["ir.attachment"].create(
            {"name": "foto.png", "mimetype": "image/png", "raw": PNG}
        )
        about, _other = question.options
        (taken,) = self._hear(new, self._option(about.id))
        self.assertIn("Anotado", taken.text)
        with self._delivered(), self._bot(self.heard):
            new._receive(
                Incoming(kind="media", media=Media("image", photo.id, "foto.png", "image/png")),
                attachments=photo,
            )
        self.assertFalse(self.heard)
        self.server._pump()
        first, second = self.glpi.followups[-2:]
        self.assertIn("É o 1234", first["content"])
        self.assertEqual(len(self.glpi.links), 1)
        self.assertEqual(self.glpi.links[0][1], second["id"], "on the followup itself")
        (end,) = self._hear(new, self._option("glpi:end"))
        self.assertIn("equipe técnica", end.text)
        self.assertEqual(new.state, "closed")

    def test_other_subject_goes_to_the_robot_with_the_first_words(self):
        self.conversation._end_by_bot()
        self._write("Qual o patrimônio?")
        self._poll()
        new = self._open()
        self._hear(new, self._text("quero a segunda via do IPTU"))
        self._hear(new, self._option("glpi:other"))
        self.assertEqual([one.text for one in self.heard], ["quero a segunda via do IPTU"])
        self._hear(new, self._text("mais"))
        self.assertEqual(len(self.heard), 2)
        self.assertFalse(self.ticket.outbox_ids)

    def test_several_tickets_are_listed(self):
        other = self._ticket(self.conversation, title="Sem rede")
        other._push()
        self.conversation._end_by_bot()
        now = fields.Datetime.now()
        (self.ticket | other).awaiting_reply_at = now
        new = self._open()
        (question,) = self._hear(new, self._text("e aí?"))
        self.assertEqual(len(question.options), 3)
        self._hear(new, self._text("mais isto"))
        self._hear(new, self._option(question.options[0].id))
        self.assertEqual(other.outbox_ids.mapped("content"), ["e aí?", "mais isto"])

    def test_long_after_the_news_nobody_is_asked(self):
        self.conversation._end_by_bot()
        self._write("Qual o patrimônio?")
        self._poll()
        with freeze_time(WORKING_TIME + timedelta(days=11)):
            self._hear(self._open(), self._text("oi"))
        self.assertEqual(len(self.heard), 1)

    def test_messages_during_service_as_the_server_wants(self):
        for how, private in (("none", None), ("private", 1), ("public", 0)):
            self.server.service_messages = how
            conversation = self._in_service()
            ticket = self._ticket(conversation)
            ticket._push()
            before = len(self.glpi.followups)
            with self._delivered():
                conversation._receive(self._text("ainda não liga"))
                self._answer(conversation, "Já tentou a tomada?")
                self._note_of(conversation)
            ticket._push()
            new = self.glpi.followups[before:]
            if private is None:
                self.assertFalse(new)
                continue
            self.assertEqual([one["is_private"] for one in new], [private] * 2)
            self.assertIn("ainda não liga", new[0]["content"])
            self.assertIn("Ana Agente", new[1]["content"])

    def _note_of(self, conversation):
        conversation.discuss_channel_id.with_user(self.agent).message_post(
            body="nota interna", message_type="comment", subtype_xmlid="mail.mt_note"
        )
