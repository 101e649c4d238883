# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields
from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Incoming

from ..models.conversation_glpi_solution import is_solution_answer
from .test_talk import TalkCase


@tagged("post_install", "-at_install")
class TestReactions(TalkCase):
    """A thumb under our question is its answer, and so are other words for Sim or Não."""

    def _solved(self):
        """Return the mail.message under which a solution is accepted or refused."""
        self._solve()
        ((message, said),) = self._news()
        self.assertEqual(len(said.options), 2)
        return message

    def _react(self, message, emoji, conversation=None):
        with self._delivered() as delivered, self._bot(self.heard):
            taken = (conversation or self.conversation)._receive_reaction(message, emoji)
        return taken, [outgoing.text for _message, outgoing in delivered]

    def test_thumb_under_the_solution_accepts_it(self):
        message = self._solved()
        for nothing in ("", "😮", "❤️"):
            self.assertFalse(self._react(message, nothing)[0], nothing)
        taken, said = self._react(message, "👍🏾")
        self.assertTrue(taken)
        self.assertEqual(self.ticket.outbox_ids.kind, "approve")
        self.assertTrue(said)

    def test_thumb_down_asks_why_and_the_next_words_are_the_reason(self):
        message = self._solved()
        _taken, said = self._react(message, "👎")
        self.assertIn("não está resolvido", said[0])
        self._hear(self.conversation, self._text("Continua parada"))
        self.assertEqual(self.ticket.outbox_ids.kind, "refuse")
        self.assertIn("Continua parada", self.ticket.outbox_ids.content)

    def test_conversation_that_has_ended(self):
        """Most solutions are told there: accepted, or refused without a reason."""
        self._leave()
        message = self._solved()
        for emoji, kind in (("👍", "approve"), ("❌", "refuse")):
            self.ticket.outbox_ids.unlink()
            taken, said = self._react(message, emoji)
            self.assertTrue(taken)
            self.assertEqual(self.ticket.outbox_ids.kind, kind)
            self.assertEqual(len(said), 1)
        self.assertTrue(self.ticket.awaiting_reply_at, "the next words may say why")

    def test_other_messages_are_not_the_question(self):
        self._write("<p>Vamos amanhã.</p>")
        ((other, _said),) = self._news()
        self._solve(at="2026-11-21 20:10:00")
        self._news()
        self.assertFalse(self._react(other, "👍")[0])
        self.assertFalse(self.ticket.outbox_ids)

    def test_people_who_serve_are_told_as_by_a_tap(self):
        self._leave()
        conversation = self._in_service()
        self._solve()
        ((message, _said),) = self._news()
        self.assertTrue(self._react(message, "👍", conversation)[0])
        self.assertEqual(self.ticket.outbox_ids.kind, "approve")
        self.assertEqual(conversation.state, "in_service")

    def _question(self, conversation):
        return self.env["mail.message"].browse(conversation.glpi_reply["question"])

    def test_thumb_under_is_it_about_your_ticket(self):
        new, _question = self._asked()
        question = self._question(new)
        self.assertFalse(
            self._react(self.conversation.discuss_channel_id.message_ids[:1], "👍", new)[0]
        )
        taken, said = self._react(question, "👍", new)
        self.assertTrue(taken)
        self.assertIn("Anotado", said[0])
        self.assertEqual(self.ticket.outbox_ids.content, "É o 1234")
        self.assertFalse(self._react(question, "👎", new)[0], "it was answered")

    def test_thumb_down_is_another_subject(self):
        new, _question = self._asked()
        self.assertTrue(self._react(self._question(new), "👎", new)[0])
        self.assertEqual([one.text for one in self.heard], ["É o 1234"])
        self.assertFalse(self.ticket.outbox_ids)

    def test_thumb_under_shall_we_open_another_one(self):
        for emoji in ("👎", "👍"):
            self.ticket.glpi_status = "1"
            new = self._talking()
            self.ticket.glpi_status = "6"
            self._hear(new, self._text("mais isto"))
            self.heard.clear()
            self.assertTrue(self._react(self._question(new), emoji, new)[0])
            self.assertEqual(len(self.heard), int(emoji == "👍"))
            if new.state != "closed":
                new._end_by_bot()

    def test_words_about_a_solution(self):
        yes = (
            "resolveu",
            "Resolveu sim, obrigado!",
            "Foi resolvido 👍",
            "deu certo",
            "sim",
            "👍🏻",
        )
        yes += ("já foi resolvido", "tá resolvido", "Funcionou!!", "agora sim", "resolvido, valeu")
        no = (
            "ainda não",
            "Ainda não, obrigada",
            "não resolveu",
            "o problema continua",
            "👎",
            "não",
        )
        no += ("ainda não resolveram", "não funcionou", "não resolveu nada", "Continua igual...")
        neither = ("resolveu?", "não sei", "quem resolveu", "resolveu 👎", "obrigado", "qual?", "")
        for texts, verdict in ((yes, True), (no, False), (neither, None)):
            for text in texts:
                self.assertIs(is_solution_answer(Incoming(kind="text", text=text)), verdict, text)


@tagged("post_install", "-at_install")
class TestAskedAfterTheEnd(TalkCase):
    """After a talk has ended, typed words answer the news that the ticket is closed."""

    def _gone(self):
        """Return an ended conversation in which GLPI did not accept the citizen's words."""
        new = self._talking()
        self._hear(new, self._text("mais isto"))
        self._hear(new, self._option("glpi:end"))
        self._glpi_ticket()["status"] = 6
        with self._delivered() as delivered:
            self.server._pump()
        self.assertIn("já foi encerrado", delivered[0][1].text)
        self.heard.clear()
        return new

    def test_yes_opens_a_new_service_with_the_same_words(self):
        self._gone()
        new = self._open()
        self._hear(new, self._text("Sim"))
        self.assertEqual([one.text for one in self.heard], ["É o 1234"])
        self.assertFalse(new.glpi_reply)

    def test_no_is_no_new_service(self):
        self._gone()
        new = self._open()
        self._hear(new, self._text("não, obrigado"))
        self.assertFalse(self.heard)
        self.assertEqual(new.state, "closed")

    def test_anything_else_is_for_the_robot(self):
        self._gone()
        new = self._open()
        self._hear(new, self._text("bom dia"))
        self.assertEqual([one.text for one in self.heard], ["bom dia"])

    def test_yes_to_something_said_later_is_not_for_it(self):
        gone = self._gone()
        gone.last_outbound_at = fields.Datetime.add(fields.Datetime.now(), minutes=1)
        new = self._open()
        self._hear(new, self._text("sim"))
        self.assertEqual([one.text for one in self.heard], ["sim"])

    def test_who_has_come_back_is_asked_where_they_are(self):
        new = self._talking()
        self._hear(new, self._text("mais isto"))
        self._hear(new, self._option("glpi:end"))
        self._glpi_ticket()["status"] = 6
        back = self._open()
        self._hear(back, self._option("glpi:other"))
        with self._delivered():
            self.server._pump()
        self.heard.clear()
        self.assertEqual(back.glpi_reply["step"], "closed")
        self._hear(back, self._text("não"))
        self.assertEqual(back.state, "closed")
        self.assertFalse(self.heard)
