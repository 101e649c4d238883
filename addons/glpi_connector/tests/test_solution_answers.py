# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Incoming, Media

from .common import PNG
from .test_talk import TalkCase


@tagged("post_install", "-at_install")
class TestSolutionAnswers(TalkCase):
    """Sim and Não work in any state of the conversation, and the survey follows."""

    def _flow(self):
        flow = self.env["chatbot.flow"].create({"name": "Atendimento"})
        self.env["chatbot.flow.step"].create(
            [
                {
                    "flow_id": flow.id,
                    "sequence": 1,
                    "name": "Assunto",
                    "kind": "menu",
                    "text": "Qual o assunto?",
                    "option_ids": [
                        Command.create({"name": "IPTU"}),
                        Command.create({"name": "Obras"}),
                    ],
                },
                {
                    "flow_id": flow.id,
                    "sequence": 2,
                    "name": "Rua",
                    "kind": "question",
                    "text": "Qual é a rua?",
                },
                {"flow_id": flow.id, "sequence": 3, "name": "Fim", "kind": "end", "text": "Fim."},
            ]
        )
        flow.action_publish()
        return flow

    def _in_flow(self, *answers):
        """Return a conversation in the middle of another flow."""
        self._leave()
        conversation = self.Conversation._open(
            self.citizen, "internal", queue=self.queue, flow_id=self._flow().id
        )
        conversation._start()
        with self._delivered():
            for text in ("oi", *answers):
                conversation._receive(self._text(text))
        return conversation

    def _say(self, conversation, incoming):
        with self._delivered() as delivered:
            conversation._receive(incoming)
        return [outgoing for _message, outgoing in delivered]

    def test_late_tap_while_a_flow_asks_its_first_question(self):
        conversation = self._in_flow()
        self._solve()
        self._news()
        said = self._say(conversation, self._option(f"glpi:yes:{self.ticket.id}", "Sim"))
        self.assertEqual(self.ticket.outbox_ids.kind, "approve")
        self.assertIn("encerrar", said[0].text)
        self.assertEqual(conversation.state, "survey")

    def test_typed_yes_answers_the_solution_that_was_told_last(self):
        for typed in ("Sim", "foi resolvido", "resolveu"):
            conversation = self._in_flow()
            self.ticket.outbox_ids.unlink()
            self._solve(at=fields.Datetime.to_string(fields.Datetime.now()))
            self.ticket.write({"glpi_status": "5", "awaiting_reply_at": fields.Datetime.now()})
            self._say(conversation, self._text(typed))
            self.assertEqual(self.ticket.outbox_ids.kind, "approve", typed)
            self.assertEqual(conversation.state, "survey")
            conversation._close("self_service")

    def test_typed_no_asks_why_and_the_flow_is_asked_again(self):
        conversation = self._in_flow("IPTU")
        self._solve()
        self._news()
        (reason,) = self._say(conversation, self._text("ainda não"))
        self.assertIn("não está resolvido", reason.text)
        said = self._say(conversation, self._text("Continua parada"))
        self.assertEqual(said[-1].text, "Qual é a rua?")
        self.assertEqual(self.ticket.outbox_ids.kind, "refuse")
        self.assertEqual(conversation.state, "bot")
        self.assertEqual(self._say(conversation, self._text("Rua A"))[-1].text, "Fim.")
        self.assertEqual(conversation.state, "closed")

    def test_what_was_begun_is_finished_before_the_survey(self):
        conversation = self._in_flow("IPTU")
        self._solve()
        self._news()
        said = self._say(conversation, self._option(f"glpi:yes:{self.ticket.id}", "Sim"))
        self.assertEqual(said[-1].text, "Qual é a rua?")
        self._say(conversation, self._text("Rua A"))
        self.assertEqual(conversation.state, "survey")

    def test_yes_to_the_flow_is_not_taken_for_the_ticket(self):
        conversation = self._in_flow()
        self._solve()
        self._news()
        with self._later(minutes=5):
            self._say(conversation, self._text("IPTU"))
            self._say(conversation, self._text("sim"))
        self.assertFalse(self.ticket.outbox_ids)

    def test_typed_yes_in_service_answers_what_was_told_last(self):
        self._leave()
        conversation = self._in_service()
        self._solve()
        self._news()
        self._say(conversation, self._text("sim"))
        self.assertEqual(self.ticket.outbox_ids.kind, "approve")
        self.assertEqual(conversation.state, "in_service")

    def test_reason_may_be_a_photo_or_a_place(self):
        self._solve()
        self._news()
        new = self._open()
        self._hear(new, self._option(f"glpi:no:{self.ticket.id}"))
        photo = self.env["ir.attachment"].create(
            {"name": "foto.png", "mimetype": "image/png", "raw": PNG}
        )
        said = self._hear(
            new,
            Incoming(kind="media", media=Media("image", photo.id, "foto.png", "image/png")),
            photo,
        )
        self.assertIn("ainda não está resolvido", said[0].text)
        entry = self.ticket.outbox_ids
        self.assertEqual(entry.kind, "refuse")
        self.assertTrue(entry.document_ids)
        self.assertEqual(new.state, "closed")

    def test_no_without_a_reason_counts_after_a_while_and_when_leaving(self):
        for leave in ("time", "sair", "atendente", "menu"):
            self.ticket.outbox_ids.unlink()
            self.ticket.glpi_status = "5"
            new = self._open()
            self._hear(new, self._option(f"glpi:no:{self.ticket.id}"))
            if leave == "time":
                with self._later(minutes=61), self._delivered():
                    self.Conversation._cron_glpi_reply()
            else:
                self._hear(new, self._text(leave))
            self.assertEqual(self.ticket.outbox_ids.kind, "refuse", leave)
            self.assertIn("sem dizer o motivo", self.ticket.outbox_ids.content)
            if new.state != "closed":
                new._close("resolved")

    def test_back_from_the_reason_asks_again(self):
        self._solve()
        self._news()
        new = self._open()
        self._hear(new, self._option(f"glpi:no:{self.ticket.id}"))
        (question,) = self._hear(new, self._text("voltar"))
        self.assertEqual(len(question.options), 2)
        self._hear(new, self._text("sim"))
        self.assertEqual(self.ticket.outbox_ids.kind, "approve")

    def test_yes_among_several_tickets_is_asked_for_which_and_closes_it(self):
        other = self._ticket(self.conversation, title="Sem rede")
        other._push()
        self._solve()
        self._news()
        self._leave()
        other.awaiting_reply_at = fields.Datetime.now()
        new = self._open()
        self._hear(new, self._text("sim"))
        self._hear(new, self._option(f"glpi:about:{self.ticket.id}"))
        self.assertEqual(self.ticket.outbox_ids.kind, "approve")
        self.assertFalse(other.outbox_ids)
