from odoo.tests import tagged

from .common import GlpiCase
from .fake_glpi import API_USER

LATER = "2026-11-21 19:50:00"
TECHNICIAN = 9


@tagged("post_install", "-at_install")
class TestNews(GlpiCase):
    """What technicians write in GLPI reaches the citizen, once, and never what is private."""

    def setUp(self):
        super().setUp()
        self.conversation = self._open()
        self.ticket = self._ticket(self.conversation)
        self.ticket._push()
        self.server._poll()

    def _write(self, content, user=TECHNICIAN, private=0, at=LATER, **change):
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

    def _poll(self):
        with self._delivered() as delivered:
            self.env["glpi.server"]._cron_poll()
        return [outgoing.text for _message, outgoing in delivered]

    def test_public_followup_is_told_once(self):
        self._write("<p>Olá <b>Maria</b>,<br>vamos amanhã.</p><script>x</script>")
        (text,) = self._poll()
        self.assertIn(f"nº {self.ticket.glpi_id}", text)
        self.assertIn("Olá Maria,\nvamos amanhã.", text)
        self.assertNotIn("script", text)
        self.assertFalse(self._poll())
        self.assertTrue(self.ticket.followup_ids.told)

    def test_private_followups_and_own_echoes_are_not_told(self):
        self._write("senha do servidor", private=1)
        self._write("eco", user=API_USER)
        self.assertFalse(self._poll())
        self.assertFalse(self.ticket.followup_ids)

    def test_two_changes_in_the_same_second(self):
        self._write("primeira")
        self.assertEqual(len(self._poll()), 1)
        self._write("segunda")
        self.assertEqual(len(self._poll()), 1)

    def test_status_and_solution(self):
        self.glpi.tickets[self.ticket.glpi_id].update(status=2, date_mod=LATER)
        (text,) = self._poll()
        self.assertIn("situação", text)
        self.assertEqual(self.ticket.glpi_status, "2")
        self.glpi.solutions.append(
            {
                "id": 1,
                "items_id": self.ticket.glpi_id,
                "users_id": TECHNICIAN,
                "content": "<p>Cabo trocado.</p>",
                "status": 2,
                "date_creation": LATER,
            }
        )
        self.glpi.tickets[self.ticket.glpi_id].update(status=5, date_mod="2026-11-21 19:55:00")
        (text,) = self._poll()
        self.assertIn("Cabo trocado.", text)
        self.glpi.tickets[self.ticket.glpi_id].update(status=6, date_mod="2026-11-21 19:56:00")
        self.assertEqual(len(self._poll()), 1)
        log = len(self.glpi.log)
        self.assertFalse(self._poll())
        self.assertEqual(len(self.glpi.log), log, "a closed ticket is no longer watched")

    def test_ended_conversation_is_left_in_peace(self):
        self.conversation._end_by_bot()
        self._write("Olá")
        self.assertFalse(self._poll())
        self.assertEqual(self.ticket.followup_ids.mapped("told"), [False])

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

    def test_ticket_gone_from_glpi(self):
        self.server.poll_mark = False
        del self.glpi.tickets[self.ticket.glpi_id]
        self.assertFalse(self._poll())
        self.assertFalse(self.ticket.glpi_status)
        self.assertTrue(self.ticket.notice)

    def test_glpi_down_is_noted(self):
        self.glpi.faults.down = True
        self.assertFalse(self._poll())
        self.assertEqual(self.server.state, "down")
        self.glpi.faults.down = False
        self._write("Olá")
        self.assertEqual(len(self._poll()), 1)
        self.assertEqual(self.server.state, "ok")
