from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Incoming, Media

from .common import PNG, GlpiCase
from .fake_glpi import API_USER

LATER = "2026-11-21 19:50:00"
TECHNICIAN = 9


class NewsCase(GlpiCase):
    """A ticket that is in GLPI, and a technician there who works on it."""

    def setUp(self):
        super().setUp()
        self.conversation = self._open()
        self.ticket = self._ticket(self.conversation)
        self.ticket._push()
        self.server._poll()

    def _write(self, content, user=TECHNICIAN, private=0, at=LATER, **change):
        """A followup of a technician; returns its id."""
        number = len(self.glpi.followups) + 100
        self.glpi.followups.append(
            {
                "id": number,
                "items_id": self.ticket.glpi_id,
                "users_id": user,
                "content": content,
                "is_private": private,
                "date": at,
            }
        )
        self.glpi.tickets[self.ticket.glpi_id].update({"date_mod": at, **change})
        return number

    def _solve(self, content="<p>Cabo trocado.</p>", at="2026-11-21 19:55:00"):
        """The technician's solution."""
        number = len(self.glpi.solutions) + 1
        self.glpi.solutions.append(
            {
                "id": number,
                "items_id": self.ticket.glpi_id,
                "users_id": TECHNICIAN,
                "content": content,
                "status": 2,
                "date_creation": at,
            }
        )
        self.glpi.tickets[self.ticket.glpi_id].update(status=5, date_mod=at)

    def _news(self):
        """What is said to the citizen because of GLPI's news: (message, Outgoing)."""
        with self._delivered() as delivered:
            self.env["glpi.server"]._cron_poll()
        return delivered

    def _poll(self):
        return [outgoing.text for _message, outgoing in self._news()]

    def _glpi_ticket(self):
        return self.glpi.tickets[self.ticket.glpi_id]


@tagged("post_install", "-at_install")
class TestNews(NewsCase):
    """What technicians write in GLPI reaches the citizen, once, and never what is private."""

    def test_public_followup_is_told_once(self):
        self._write("<p>Olá <b>Maria</b>,<br>vamos amanhã.</p><script>x</script>")
        (text,) = self._poll()
        self.assertIn(f"nº {self.ticket.glpi_id}", text)
        self.assertIn("Olá Maria,\nvamos amanhã.", text)
        self.assertNotIn("script", text)
        self.assertFalse(self._poll())
        self.assertTrue(self.ticket.followup_ids.told)

    def test_links_and_lists_are_not_lost(self):
        self._write(
            '<p>Leia <a href="https://x.test/a?b=1&amp;c=2">o manual</a>:</p>'
            "<ol><li>desligue</li><li>ligue</li></ol><ul><li>ou chame</li></ul>"
        )
        (text,) = self._poll()
        self.assertIn("o manual (https://x.test/a?b=1&c=2)", text)
        self.assertIn("1. desligue\n2. ligue", text)
        self.assertIn("- ou chame", text)

    def test_private_followups_are_for_agents_only(self):
        self._write("senha do servidor", private=1)
        self._write("eco", user=API_USER)
        self.assertFalse(self._poll())
        entry = self.ticket.followup_ids
        self.assertEqual(
            (entry.content, entry.private, entry.told), ("senha do servidor", True, False)
        )

    def test_own_followup_is_no_news_whoever_glpi_says_wrote_it(self):
        entry = self.ticket._send_to_glpi("followup", "do cidadão")
        self.ticket._push()
        row = next(one for one in self.glpi.followups if one["id"] == entry.glpi_id)
        row["users_id"] = TECHNICIAN
        self._glpi_ticket()["date_mod"] = LATER
        self.assertFalse(self._poll())
        self.assertFalse(self.ticket.followup_ids)

    def test_files_go_with_the_text_they_belong_to(self):
        number = self._write("<p>Segue o manual</p>")
        self.glpi.add_file(self.ticket.glpi_id, "manual.pdf", b"%PDF-1.4", number)
        ((_message, outgoing),) = self._news()
        self.assertIn("Segue o manual", outgoing.text)
        self.assertEqual([media.filename for media in outgoing.media], ["manual.pdf"])
        self.assertFalse(self._news())

    def test_files_of_private_followups_stay(self):
        number = self._write(
            '<img src="/front/document.send.php?docid=901&itemtype=Ticket">', private=1
        )
        self.glpi.add_file(self.ticket.glpi_id, "senhas.txt", b"segredo", number)
        self.glpi.add_file(self.ticket.glpi_id, "tela.png", PNG, document_id=901)
        self.assertFalse(self._news())
        self.assertFalse([one for one in self.glpi.log if "alt=media" in one])
        self.assertFalse(self.ticket.followup_ids.attachment_ids)

    def test_pictures_in_the_text_become_files(self):
        self._write('<p>Veja <img src="data:image/png;base64,iVBORw0KGgo="></p>')
        ((_message, outgoing),) = self._news()
        self.assertEqual([media.kind for media in outgoing.media], ["image"])

    def test_two_changes_in_the_same_second(self):
        self._write("primeira")
        self.assertEqual(len(self._poll()), 1)
        self._write("segunda")
        self.assertEqual(len(self._poll()), 1)

    def test_status_and_solution(self):
        self._glpi_ticket().update(status=2, date_mod=LATER)
        (text,) = self._poll()
        self.assertIn("situação", text)
        self.assertEqual(self.ticket.glpi_status, "2")
        self._solve()
        ((_message, outgoing),) = self._news()
        self.assertIn("Cabo trocado.", outgoing.text)
        self.assertEqual([option.title for option in outgoing.options], ["Sim", "Não"])
        self._glpi_ticket().update(status=6, date_mod="2026-11-21 19:56:00")
        self.assertEqual(len(self._poll()), 1)
        log = len(self.glpi.log)
        self.assertFalse(self._poll())
        self.assertEqual(len(self.glpi.log), log, "a closed ticket is no longer watched")

    def test_technician_is_named_as_the_setting_allows(self):
        self.env["glpi.user"].create(
            {
                "server_id": self.server.id,
                "glpi_id": TECHNICIAN,
                "name": "Paulo Pereira",
                "complete_name": "Paulo Pereira",
                "login": "ppereira",
            }
        )
        for shown, words in (("first", "Paulo está"), ("full", "Paulo Pereira está")):
            self.server.technician_shown = shown
            self.ticket.glpi_status = "1"
            self._glpi_ticket().update(status=2, date_mod=f"2026-11-21 20:0{len(words) % 9}:00")
            self.glpi.assigned[self.ticket.glpi_id] = TECHNICIAN
            (text,) = self._poll()
            self.assertIn(words, text)
        self.server.technician_shown = "none"
        self.assertEqual(self.server._technician_name(TECHNICIAN), "")

    def test_ended_conversation_hears_of_it_too(self):
        self.conversation._end_by_bot()
        self._write("Olá")
        self.assertEqual(len(self._poll()), 1)
        self.assertEqual(self.conversation.state, "closed")

    def test_news_goes_where_the_citizen_is_now(self):
        self.conversation._end_by_bot()
        present = self._in_service()
        self._write("Olá")
        ((message, _outgoing),) = self._news()
        self.assertEqual(message.res_id, present.discuss_channel_id.id)

    def test_outside_the_window_it_is_kept_until_the_citizen_writes(self):
        window = type(self.Conversation)._window_until
        over = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        self._write("Olá")
        self.patch(type(self.Conversation), "_window_until", lambda conversation: over)
        self.assertFalse(self._poll())
        self.assertTrue(self.ticket.has_kept_news)
        self.assertFalse(self.ticket.followup_ids.told)
        self.patch(type(self.Conversation), "_window_until", window)
        with self._delivered() as delivered, self._bot():
            self.conversation._receive(self._text("oi"))
        self.assertIn("Olá", delivered[-1][1].text)
        self.assertTrue(self.ticket.followup_ids.told)
        self.assertFalse(self.ticket.has_kept_news)

    def test_only_what_moved_is_read(self):
        other = self._ticket()
        other._push()
        self.glpi.tickets[other.glpi_id]["date_mod"] = "2026-11-21 19:30:00"
        self.server._poll()
        self.glpi.log.clear()
        self._write("Olá")
        self._poll()
        self.assertIn(f"GET Ticket/{self.ticket.glpi_id}/ITILFollowup", self.glpi.log)
        self.assertNotIn(f"GET Ticket/{other.glpi_id}/ITILFollowup", self.glpi.log)

    def test_glpi_down_is_noted(self):
        self.glpi.faults.down = True
        self.assertFalse(self._poll())
        self.assertEqual(self.server.state, "down")
        self.glpi.faults.down = False
        self._write("Olá")
        self.assertEqual(len(self._poll()), 1)
        self.assertEqual(self.server.state, "ok")


@tagged("post_install", "-at_install")
class TestReplies(NewsCase):
    """What the citizen answers to a ticket's news reaches that ticket."""

    def _hear(self, conversation, incoming):
        """The citizen sends `incoming`; what is said to them."""
        with self._delivered() as delivered, self._bot(self.heard):
            conversation._receive(incoming)
        return [outgoing for _message, outgoing in delivered]

    def setUp(self):
        super().setUp()
        self.heard = []

    def _push(self):
        self.server._pump()
        return self.glpi.followups[-1] if self.glpi.followups else None

    def test_yes_closes_and_no_asks_why_and_reopens(self):
        self._solve()
        ((_message, question),) = self._news()
        yes, no = question.options
        new = self._open()
        (reason,) = self._hear(new, self._option(no.id, "Não"))
        self.assertIn("não está resolvido", reason.text)
        (thanks,) = self._hear(new, self._text("Continua parada"))
        self.assertIn("volta para a equipe", thanks.text)
        self.assertEqual(new.state, "closed")
        self.assertFalse(self.heard, "the robot is not asked")
        row = self._push()
        self.assertIn("Continua parada", row["content"])
        self.assertEqual((row["add_reopen"], self._glpi_ticket()["status"]), (1, 2))
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
        row = self._push()
        self.assertEqual((row["add_close"], self._glpi_ticket()["status"]), (1, 6))
        self._glpi_ticket()["date_mod"] = "2026-11-21 19:59:00"
        self.assertFalse(self._poll(), "who closed it does not hear that it is closed")

    def test_lost_answer_of_an_approval_is_not_repeated(self):
        self._solve()
        self._news()
        self._hear(self._open(), self._option(f"glpi:yes:{self.ticket.id}"))
        self.glpi.faults.lose_followups = 1
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
        with freeze_time("2026-12-01 13:00:00"):
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
