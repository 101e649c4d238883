# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields
from odoo.tests import tagged

from .common import PNG
from .far_glpi import ASSIGNEE, CITIZEN, REQUESTER, TECHNICIAN
from .test_news import NewsCase

AT = "2026-11-21 20:{:02}:00"


@tagged("post_install", "-at_install")
class TestNewsChanges(NewsCase):
    """The citizen is told of entries changed after they were written, once."""

    def _edit(self, minute, **values):
        """Let the technician edit the last followup; its id and date stay."""
        moment = AT.format(minute)
        self.glpi.followups[-1].update(values, date_mod=moment)
        self._glpi_ticket()["date_mod"] = moment

    def _outside_the_window(self):
        over = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        usual = type(self.Conversation)._window_until
        self.patch(type(self.Conversation), "_window_until", lambda conversation: over)
        return lambda: self.patch(type(self.Conversation), "_window_until", usual)

    def _kept(self):
        """Return the texts of the kept news for the citizen."""
        with self._delivered() as delivered:
            self.ticket._tell_kept()
        return [outgoing.text for _message, outgoing in delivered]

    def test_private_entry_made_public_is_told_then(self):
        number = self._write("resposta final", private=1)
        self.glpi.add_file(self.ticket.glpi_id, "laudo.pdf", b"%PDF-1.4", number)
        self.assertFalse(self._poll())
        self._edit(1, is_private=0)
        ((_message, outgoing),) = self._news()
        self.assertIn("resposta final", outgoing.text)
        self.assertEqual([media.filename for media in outgoing.media], ["laudo.pdf"])
        self.assertFalse(self._poll(), "told twice")

    def test_private_picture_made_public(self):
        number = self._write("", private=1)
        self.glpi.followups[-1]["content"] = "<p>foto</p>" + self.glpi.paste(number, PNG)
        self.assertFalse(self._poll())
        self._edit(1, is_private=0)
        ((_message, outgoing),) = self._news()
        self.assertEqual(len(outgoing.media), 1)

    def test_old_entry_of_a_long_ticket_made_public(self):
        self._write("antiga", private=1)
        old = self.glpi.followups[-1]
        for minute in range(40):
            self._write(f"nota {minute}", private=1, at=f"2026-11-21 19:5{minute % 10}:00")
        self.assertFalse(self._poll())
        old.update(is_private=0, date_mod=AT.format(5))
        self._glpi_ticket()["date_mod"] = AT.format(5)
        (text,) = self._poll()
        self.assertIn("antiga", text)

    def test_private_for_a_while_after_it_was_told_is_not_told_again(self):
        self._write("<p>Vamos amanhã.</p>")
        self.assertEqual(len(self._poll()), 1)
        for minute, private in enumerate((1, 0, 1, 0), start=1):
            self._edit(minute, is_private=private)
            self.assertFalse(self._poll(), private)
        self._edit(7, is_private=1)
        self.assertFalse(self._poll())
        self._edit(8, is_private=0, content="<p>Vamos hoje.</p>")
        (text,) = self._poll()
        self.assertIn("Vamos hoje.", text)
        self.assertRegex(text, "Corri|Correct")
        self.assertFalse(self._poll())

    def test_public_entry_made_private_before_it_was_told(self):
        back = self._outside_the_window()
        self._write("não era para você")
        self.assertFalse(self._poll())
        self._edit(1, is_private=1)
        self.assertFalse(self._poll())
        back()
        self.assertFalse(self._kept())
        self.assertTrue(self.ticket.followup_ids.private)

    def test_corrected_entry_is_told_as_corrected(self):
        self._write("<p>Vamos às 14h</p>")
        self._poll()
        self._edit(1, content="<p>Vamos às <b>14h</b></p>")
        self.assertFalse(self._poll(), "only its look changed")
        self._edit(2, content="<p>Vamos às 15h</p>")
        (text,) = self._poll()
        self.assertIn("Vamos às 15h", text)
        self.assertRegex(text, "(?i)corrig|corrected")
        self.assertEqual(self.ticket.followup_ids.content, "Vamos às 15h")
        self.assertFalse(self._poll())

    def test_corrected_before_it_was_told_is_told_once_as_it_is(self):
        back = self._outside_the_window()
        self._write("Vamos às 14h")
        self._poll()
        self._edit(1, content="Vamos às 15h")
        self._poll()
        back()
        (text,) = self._kept()
        self.assertIn("15h", text)
        self.assertNotRegex(text, "(?i)corrig|corrected")

    def test_erased_words_do_not_come_back(self):
        self._write("seus dados")
        self._poll()
        self.ticket.followup_ids.content = False
        self._edit(1)
        self.assertFalse(self._poll())
        self.assertFalse(self.ticket.followup_ids.content)

    def test_deleted_entry_is_taken_back(self):
        self._write("era de outro chamado")
        self._poll()
        self.glpi.followups.clear()
        self._glpi_ticket()["date_mod"] = AT.format(1)
        (text,) = self._poll()
        self.assertIn("retirou", text)
        self.assertNotIn("era de outro", text)
        self.assertTrue(self.ticket.followup_ids.gone)
        self.assertFalse(self.ticket._panel_last())
        self.assertFalse(self._poll())

    def test_deleted_before_it_was_told_is_never_said(self):
        back = self._outside_the_window()
        self._write("ops")
        self._poll()
        self.glpi.followups.clear()
        self._glpi_ticket()["date_mod"] = AT.format(1)
        self.assertFalse(self._poll())
        back()
        self.assertFalse(self._kept())

    def test_deleted_private_note_says_nothing(self):
        self._write("interno", private=1)
        self._poll()
        self.glpi.followups.clear()
        self._glpi_ticket()["date_mod"] = AT.format(1)
        self.assertFalse(self._poll())

    def test_requesters_own_words_are_not_told_back(self):
        self.glpi.actor(self.ticket.glpi_id, CITIZEN, REQUESTER)
        number = self._write("escrevi pelo portal", user=CITIZEN)
        self.glpi.add_file(self.ticket.glpi_id, "meu.pdf", b"%PDF", number, users_id=CITIZEN)
        self._write("resposta", user=TECHNICIAN)
        ((_message, outgoing),) = self._news()
        self.assertIn("resposta", outgoing.text)
        self.assertFalse(outgoing.media)
        mine = self.ticket.followup_ids.filtered(lambda one: one.kept_back == "requester")
        self.assertEqual(len(mine), 2, "the agent sees them")

    # ------------------------------------------------------------ order and status
    def test_several_changes_are_told_oldest_first(self):
        self.glpi.actor(self.ticket.glpi_id, TECHNICIAN, ASSIGNEE)
        self._write("primeira", at=AT.format(2))
        self.glpi.add_file(self.ticket.glpi_id, "planta.pdf", b"%PDF", date_creation=AT.format(3))
        self._write("segunda", at=AT.format(4))
        self._solve(at=AT.format(6))
        self._glpi_ticket()["solvedate"] = AT.format(6)
        said = " / ".join(self._poll())
        order = [said.index(word) for word in ("primeira", "planta", "segunda", "Cabo trocado")]
        self.assertEqual(order, sorted(order), said)

    def test_status_stands_where_it_happened(self):
        self._write("antes", at=AT.format(2))
        self._write("depois", at=AT.format(6))
        self._glpi_ticket().update(status=4, begin_waiting_date=AT.format(4), date_mod=AT.format(6))
        first, pending, last = self._poll()
        self.assertIn("antes", first)
        self.assertIn("situação", pending)
        self.assertIn("depois", last)

    def test_who_takes_care_is_said_once(self):
        self.env["glpi.user"].create(
            {
                "server_id": self.server.id,
                "glpi_id": TECHNICIAN,
                "name": "Paulo",
                "complete_name": "Paulo",
                "login": "paulo",
            }
        )
        self.server.technician_shown = "first"
        self.glpi.actor(self.ticket.glpi_id, TECHNICIAN, ASSIGNEE)
        heard = []
        for minute, status in enumerate((2, 4, 2, 2, 4, 2)):
            self._glpi_ticket().update(status=status, date_mod=AT.format(minute))
            heard += self._poll()
        self.assertEqual(len([text for text in heard if "cuidando" in text]), 1, heard)

    def test_status_to_and_fro_is_told_once(self):
        back = self._outside_the_window()
        for minute, status in enumerate((2, 4, 2, 4)):
            self._glpi_ticket().update(status=status, date_mod=AT.format(minute))
            self._poll()
        back()
        (text,) = self._kept()
        self.assertIn(self.ticket._status_words(), text)

    def test_refused_solution_before_the_present_one_is_not_asked_about(self):
        self._solve("<p>Primeira.</p>", at=AT.format(1))
        self.glpi.solutions[-1]["status"] = 4
        self._solve("<p>Segunda.</p>", at=AT.format(3))
        ((_message, outgoing),) = self._news()
        self.assertIn("Segunda.", outgoing.text)

    def test_solution_of_a_ticket_closed_meanwhile_asks_nothing(self):
        self._solve(at=AT.format(1))
        self.glpi.solutions[-1]["status"] = 3
        self._glpi_ticket().update(status=6, date_mod=AT.format(2))
        heard = self._news()
        self.assertIn("Cabo trocado.", heard[0][1].text)
        self.assertFalse(any(outgoing.options for _message, outgoing in heard))

    def test_solved_and_reopened_between_two_looks(self):
        self._solve(at=AT.format(1))
        self.glpi.solutions[-1]["status"] = 4
        self._glpi_ticket().update(status=1, date_mod=AT.format(2))
        self.assertFalse(self._poll(), "nothing is different")
