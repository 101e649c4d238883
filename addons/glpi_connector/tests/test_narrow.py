# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import PNG
from .test_news import NewsCase


@tagged("post_install", "-at_install")
class TestNarrowDatabase(NewsCase):
    """A GLPI whose database refuses emojis gets all texts without them from then on."""

    def _stored(self, ticket):
        return self.glpi.tickets[ticket.glpi_id]

    def test_refused_ticket_goes_without_them_at_the_second_try(self):
        self.glpi.settings(utf8mb3="refuse")
        ticket = self._ticket(title="Buraco 😡", description="Buraco na rua 😡\nUrgente 🚨🚨")
        ticket._push()
        self.assertEqual((ticket.state, ticket.error), ("open", False))
        self.assertEqual(self._stored(ticket)["name"], "Buraco")
        self.assertIn("<p>Buraco na rua<br>Urgente</p>", self._stored(ticket)["content"])
        self.assertIn(ticket.marker, self._stored(ticket)["content"])
        self.assertEqual(self.server.characters, "narrow")
        self.assertIn("😡", ticket.description, "what the citizen wrote is kept here")

    def test_next_ones_do_not_fail_first(self):
        self.glpi.settings(utf8mb3="refuse")
        self._ticket(description="Buraco 😡")._push()
        before = self.glpi.log.count("POST Ticket")
        self._ticket(description="Outro 😡")._push()
        self.assertEqual(self.glpi.log.count("POST Ticket"), before + 1)

    def test_followup_and_refusal_of_a_solution(self):
        self.glpi.settings(utf8mb3="refuse")
        self.ticket._send_to_glpi("followup", "👍")
        self.ticket._send_to_glpi("followup", "Obrigada 🙏🏽!", author="Zé 🐔")
        self._glpi_ticket()["status"] = 5
        self.ticket._send_to_glpi("refuse", "Continua 😡 parada")
        self.ticket._push()
        self.assertEqual(self.ticket.outbox_ids.mapped("state"), ["sent"] * 3)
        texts = [one["content"] for one in self.glpi.followups]
        self.assertIn("[emoji]", texts[0])
        self.assertIn("Zé:<br>Obrigada!", texts[1])
        self.assertIn("parada", texts[2])

    def test_name_of_a_file(self):
        self.glpi.settings(utf8mb3="refuse")
        message = self._message_with(self.conversation, ("festa 🎉.png", "image/png", PNG))
        self.ticket._send_to_glpi("followup", "Foto", message=message, with_files=True)
        self.ticket._push()
        (document,) = self.glpi.documents.values()
        self.assertEqual(document["filename"], "festa.png")
        self.assertEqual(self.ticket.document_ids.state, "sent")

    def test_database_that_cuts_in_silence_is_noticed_and_the_text_written_again(self):
        self.glpi.settings(utf8mb3="cut")
        ticket = self._ticket(description="Buraco 😡 na rua")
        ticket._push()
        self.assertIn("na rua", self._stored(ticket)["content"])
        self.assertIn(ticket.marker, self._stored(ticket)["content"])
        self.assertEqual(self.server.characters, "narrow")

    def test_glpi_that_dies_of_them_gets_the_next_try_without(self):
        self.glpi.settings(utf8mb3="crash")
        ticket = self._ticket(description="Buraco 😡 na rua")
        self._push_fails(ticket)
        ticket._push()
        self.assertIn("na rua", self._stored(ticket)["content"])
        self.ticket._send_to_glpi("followup", "Obrigada 🙏")
        self._push_fails(self.ticket)
        self.ticket._push()
        self.assertEqual(self.ticket.outbox_ids.state, "sent")

    def test_database_that_takes_them_is_asked_once(self):
        ticket = self._ticket(description="Buraco 😡")
        ticket._push()
        self.assertIn("😡", self._stored(ticket)["content"])
        self.assertEqual(self.server.characters, "all")
        before = len(self.glpi.log)
        other = self._ticket(description="Outro 😡", requester_email=False, requester_phone=False)
        other._push()
        self.assertNotIn(f"GET Ticket/{other.glpi_id}", self.glpi.log[before:])

    def test_missing_right_is_still_a_missing_right(self):
        self.glpi.refuse("POST Ticket", 400, "ERROR_GLPI_ADD")
        ticket = self._ticket(description="Buraco 😡")
        ticket._push()
        self.assertEqual(ticket.state, "failed")
        self.assertEqual(self.server.characters, "unknown")
