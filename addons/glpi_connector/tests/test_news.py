# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields
from odoo.tests import tagged

from .common import PNG, GlpiCase
from .far_glpi import API_USER, ASSIGNEE, TECHNICIAN

LATER = "2026-11-21 19:50:00"


class NewsCase(GlpiCase):
    """A ticket that is in GLPI, and a technician there who works on it."""

    def setUp(self):
        super().setUp()
        self.conversation = self._open()
        self.ticket = self._ticket(self.conversation)
        self.ticket._push()
        self.server._poll()

    def _write(self, content, user=TECHNICIAN, private=0, at=LATER, **change):
        """Write a technician's followup; return its id."""
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
        """Write the technician's solution."""
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
        """Return the messages to the citizen caused by GLPI's news: (message, Outgoing)."""
        with self._delivered() as delivered:
            self.env["glpi.server"]._cron_poll()
        return delivered

    def _poll(self):
        return [outgoing.text for _message, outgoing in self._news()]

    def _glpi_ticket(self):
        return self.glpi.tickets[self.ticket.glpi_id]


@tagged("post_install", "-at_install")
class TestNews(NewsCase):
    """Technicians' public entries in GLPI reach the citizen once, private ones never."""

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
        self.glpi.add_file(self.ticket.glpi_id, "tela.png", PNG, id=901)
        self.assertFalse(self._news())
        asked = [request.url for request in self.glpi.requests]
        self.assertFalse([url for url in asked if "alt=media" in url])
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
        self.ticket.news_settled = True
        log = len(self.glpi.log)
        self.assertFalse(self._poll())
        self.assertEqual(self.glpi.log[log:], ["GET search/Ticket"], "a closed ticket is not read")

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
            self.glpi.actor(self.ticket.glpi_id, TECHNICIAN, ASSIGNEE)
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
        self.glpi.down = True
        self.assertFalse(self._poll())
        self.assertEqual(self.server.state, "down")
        self.glpi.down = False
        self._write("Olá")
        self.assertEqual(len(self._poll()), 1)
        self.assertEqual(self.server.state, "ok")
