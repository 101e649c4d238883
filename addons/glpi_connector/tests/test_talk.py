# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Incoming

from .test_news import NewsCase


class TalkCase(NewsCase):
    """Shortcuts for a citizen who had news of a ticket and writes again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # a test has one transaction: the scheduled action cannot commit its steps in it
        cls.classPatch(type(cls.env["ir.cron"]), "_commit_progress", lambda *_args, **_values: 60)

    def setUp(self):
        super().setUp()
        self.heard = []

    def _hear(self, conversation, incoming, attachments=None):
        """Let the citizen send `incoming`; return the answers."""
        with self._delivered() as delivered, self._bot(self.heard):
            conversation._receive(incoming, attachments=attachments)
        return [outgoing for _message, outgoing in delivered]

    def _asked(self, text="É o 1234"):
        """Return (conversation, question) after a message that may be about the ticket."""
        self._leave()
        at = fields.Datetime.to_string(
            fields.Datetime.to_datetime(self._glpi_ticket()["date_mod"]) + timedelta(minutes=1)
        )
        self._write("Qual o patrimônio?", at=at)
        self._poll()
        new = self._open()
        (question,) = self._hear(new, self._text(text))
        return new, question

    def _leave(self):
        """End the conversation from which the ticket came."""
        if self.conversation.state != "closed":
            self.conversation._end_by_bot()

    def _talking(self):
        """Return a conversation in which the citizen writes for the ticket."""
        new, _question = self._asked()
        self._hear(new, self._text("sim"))
        self.assertEqual(new.glpi_reply["step"], "talk")
        return new

    def _later(self, **more):
        """Move the clock."""
        return freeze_time(fields.Datetime.now() + timedelta(**more))


@tagged("post_install", "-at_install")
class TestTalk(TalkCase):
    """A talk about a ticket understands typed answers, and traps nobody."""

    def test_typed_answers_to_the_question_are_understood(self):
        yes = ("Sim", "s", "1", "sim, por favor", "é do chamado {number}", "SIM!", "sim responder")
        for typed in yes:
            new, _question = self._asked()
            text = typed.format(number=self.ticket.glpi_id)
            (taken,) = self._hear(new, self._text(text))
            self.assertIn("Anotado", taken.text, typed)
            self.assertEqual(self.ticket.outbox_ids[-1:].content, "É o 1234")
            new._end_by_bot()
        for typed in ("não", "Nao.", "2", "outro assunto", "outro", "quero falar de outro assunto"):
            self.heard.clear()
            sent = len(self.ticket.outbox_ids)
            new, _question = self._asked()
            self._hear(new, self._text(typed))
            self.assertEqual([one.text for one in self.heard], ["É o 1234"], typed)
            self.assertEqual(len(self.ticket.outbox_ids), sent)
            new._end_by_bot()

    def test_several_tickets_are_chosen_by_number_place_or_name(self):
        self.glpi.tickets[4710] = {}
        del self.glpi.tickets[4710]
        other = self._ticket(self.conversation, title="Sem rede")
        other._push()
        self._leave()
        for typed in ("1", "a primeira", f"{other.glpi_id}", f"chamado {other.glpi_id}"):
            (self.ticket | other).awaiting_reply_at = fields.Datetime.now()
            new = self._open()
            self._hear(new, self._text("e aí?"))
            self._hear(new, self._text(typed))
            self.assertEqual(new.glpi_reply["ticket"], other.id, typed)
            new._end_by_bot()

    def test_words_that_every_flow_knows_work_in_the_question_and_in_the_talk(self):
        for start in (lambda: self._asked()[0], self._talking):
            self.heard.clear()
            new = start()
            self._hear(new, self._text("Menu"))
            self.assertEqual([one.text for one in self.heard], ["Menu"])
            self.assertFalse(new.glpi_reply)
            new._end_by_bot()
            new = start()
            self._hear(new, self._text("atendente"))
            self.assertEqual(new.state, "queued")
            new._close("resolved")
            new = start()
            said = self._hear(new, self._text("Sair"))
            self.assertEqual(new.state, "closed")
            self.assertTrue(said)

    def test_done_is_typed_as_well_as_tapped(self):
        for typed in ("Concluir", "pronto", "só isso"):
            new = self._talking()
            (end,) = self._hear(new, self._text(typed))
            self.assertIn("equipe técnica recebe", end.text, typed)
            self.assertEqual(new.state, "closed")

    def test_figures_and_signs_in_the_talk_are_for_the_ticket(self):
        new = self._talking()
        for typed in ("0", "#", "2"):
            self.assertFalse(self._hear(new, self._text(typed)))
        self.assertEqual(self.ticket.outbox_ids.mapped("content"), ["É o 1234", "0", "#", "2"])

    def test_unclear_answers_are_asked_again_then_the_robot_takes_over(self):
        new, _question = self._asked("oi")
        self.assertFalse(self._hear(new, self._text("a impressora")), "written before it was read")
        with self._later(seconds=30):
            (again,) = self._hear(new, self._text("como assim?"))
            self.assertIn("resposta ao chamado", again.text)
        with self._later(seconds=60):
            self.assertTrue(self._hear(new, self._text("hein")))
            self.assertFalse(self.heard)
        with self._later(seconds=90):
            self._hear(new, self._text("não entendi nada disso"))
        self.assertEqual([one.text for one in self.heard], ["oi"])
        self.assertFalse(new.glpi_reply)

    def test_all_that_came_before_the_choice_goes_along(self):
        new, _question = self._asked("oi")
        self._hear(new, self._text("o patrimônio é 1234"))
        with self._later(seconds=30):
            self._hear(new, self._text("da sala 3"))
            self._hear(new, self._text("sim"))
        self.assertEqual(
            self.ticket.outbox_ids.mapped("content"), ["oi", "o patrimônio é 1234", "da sala 3"]
        )

    def test_talk_ends_by_time(self):
        new = self._talking()
        with self._later(minutes=59):
            self.Conversation._cron_glpi_reply()
            self.assertEqual(new.state, "bot")
        with self._later(minutes=61), self._delivered() as delivered:
            self.Conversation._cron_glpi_reply()
        self.assertEqual(new.state, "closed")
        self.assertIn("equipe técnica recebe", delivered[-1][1].text)

    def test_each_word_of_the_talk_gives_it_more_time(self):
        new = self._talking()
        with self._later(minutes=50):
            self._hear(new, self._text("mais uma coisa"))
        with self._later(minutes=70):
            self.Conversation._cron_glpi_reply()
            self.assertEqual(new.state, "bot")

    def test_question_without_an_answer_ends_by_time(self):
        new, _question = self._asked()
        with self._later(minutes=61), self._delivered():
            self.Conversation._cron_glpi_reply()
        self.assertEqual(new.state, "closed")
        self.assertFalse(self.ticket.outbox_ids)

    def test_word_after_the_time_is_for_the_robot_although_no_action_ran(self):
        new = self._talking()
        with self._later(hours=80):
            self._hear(new, self._text("bom dia"))
        self.assertEqual([one.text for one in self.heard], ["bom dia"])
        self.assertEqual(self.ticket.outbox_ids.mapped("content"), ["É o 1234"])

    def test_reactions_are_no_followups(self):
        new = self._talking()
        self._hear(new, Incoming(kind="reaction", text="👍"))
        self.assertEqual(len(self.ticket.outbox_ids), 1)
        self.assertFalse(self.heard)


@tagged("post_install", "-at_install")
class TestClosedTicket(TalkCase):
    """A closed ticket says so, and offers a new conversation."""

    def test_ticket_known_to_be_closed_says_so_and_offers_a_new_one(self):
        new = self._talking()
        self.ticket.glpi_status = "6"
        (said,) = self._hear(new, self._text("quero abrir outro chamado"))
        self.assertIn("já foi encerrado", said.text)
        self.assertEqual(len(said.options), 2)
        self._hear(new, self._text("sim"))
        self.assertEqual([one.text for one in self.heard], ["quero abrir outro chamado"])
        self.assertEqual(self.ticket.outbox_ids.mapped("content"), ["É o 1234"])

    def test_who_wants_no_new_one_is_let_go(self):
        new = self._talking()
        self.ticket.glpi_status = "6"
        said = self._hear(new, self._text("mais isto"))
        self._hear(new, self._option(said[0].options[1].id))
        self.assertEqual(new.state, "closed")

    def test_other_words_than_yes_or_no_are_what_the_new_one_is_about(self):
        new = self._talking()
        self.ticket.glpi_status = "6"
        self._hear(new, self._text("mais isto"))
        self._hear(new, self._text("a rede caiu"))
        self.assertEqual([one.text for one in self.heard], ["a rede caiu"])

    def test_state_is_read_again_before_each_entry(self):
        new = self._talking()
        self.server._pump()
        self._glpi_ticket()["status"] = 6
        self._hear(new, self._text("oi, quero abrir outro chamado"))
        self._hear(new, self._text("é urgente"))
        before = len(self.glpi.followups)
        with self._delivered() as delivered:
            self.server._pump()
        self.assertEqual(len(self.glpi.followups), before, "nothing is added to a closed ticket")
        ((_message, said),) = delivered
        self.assertIn("já foi encerrado", said.text)
        self.assertEqual(self.ticket.outbox_ids.mapped("state"), ["sent", "failed", "failed"])
        self._hear(new, self._option("glpi:new"))
        self.assertEqual([one.text for one in self.heard], ["oi, quero abrir outro chamado"])

    def test_who_has_gone_hears_it_too(self):
        new = self._talking()
        self._hear(new, self._text("mais isto"))
        self._hear(new, self._option("glpi:end"))
        self._glpi_ticket()["status"] = 6
        with self._delivered() as delivered:
            self.server._pump()
        self.assertEqual(len(delivered), 1, "once for all that was not taken")
        self.assertIn("já foi encerrado", delivered[0][1].text)

    def test_refusal_of_a_ticket_closed_meanwhile_is_told_as_it_is(self):
        self._solve()
        self._news()
        new = self._open()
        self._hear(new, self._text("não"))
        self._glpi_ticket()["status"] = 6
        said = self._hear(new, self._text("Continua parada"))
        with self._delivered() as delivered:
            self.server._pump()
        texts = [one.text for one in said] + [outgoing.text for _message, outgoing in delivered]
        self.assertIn("já foi encerrado", texts[-1])
        self.assertFalse([text for text in texts if "volta para a equipe" in text])
