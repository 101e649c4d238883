# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import GlpiCase


@tagged("post_install", "-at_install")
class TestDouble(GlpiCase):
    """A request that GLPI carries out long after its time-out leaves one ticket to work on."""

    def _pushed_twice(self, arrive=None):
        """Return a ticket whose first request is late: GLPI carries it out "between", or later."""
        conversation = self._open()
        ticket = self._ticket(conversation)
        self.glpi.delay("POST Ticket")
        self._push_fails(ticket)
        if arrive == "between":
            self._arrives_after_the_search()
        with self._delivered() as delivered:
            ticket._push()
        self.told = [outgoing.text for _message, outgoing in delivered]
        return ticket

    def _arrives_after_the_search(self):
        self.glpi.before["POST Ticket"] = self.glpi.arrive

    def _look(self, ticket):
        """Run the pump when its next check is due."""
        with freeze_time(ticket.due_at + timedelta(seconds=1)):
            self.server._pump()

    def _open_in_glpi(self):
        return [number for number, row in self.glpi.tickets.items() if row["status"] != 6]

    def test_late_first_one_is_closed_as_a_double(self):
        ticket = self._pushed_twice()
        number = ticket.glpi_id
        self.assertEqual(len(self.glpi.tickets), 1)
        self.glpi.arrive()
        self.assertEqual(len(self.glpi.tickets), 2)
        self._look(ticket)
        self.assertEqual(self._open_in_glpi(), [number], "the one that the citizen knows stays")
        self.assertEqual(ticket.glpi_id, number)
        (double,) = set(self.glpi.tickets) - {number}
        (note,) = self.glpi.followups
        self.assertEqual((note["items_id"], note["is_private"]), (double, 1))
        self.assertIn(str(number), note["content"])
        self.assertEqual(
            self.glpi.posted("Ticket_Ticket"),
            {"tickets_id_1": double, "tickets_id_2": number, "link": 2},
        )
        self.assertEqual(ticket.double_numbers, str(double))
        self.assertIn(str(double), ticket.notice)

    def test_first_one_that_arrives_between_look_and_request_stays(self):
        ticket = self._pushed_twice(arrive="between")
        first, second = sorted(self.glpi.tickets)
        self.assertEqual(ticket.glpi_id, first)
        self.assertEqual(self._open_in_glpi(), [first])
        self.assertIn(f"nº {first} ", self.told[0])
        self.assertEqual(ticket.double_numbers, str(second))

    def test_each_double_is_joined_once(self):
        ticket = self._pushed_twice()
        self.glpi.arrive()
        for _look in range(3):
            self._look(ticket)
        self.assertEqual(len(self.glpi.followups), 1)

    def test_looking_ends(self):
        ticket = self._pushed_twice()
        looks = 0
        while ticket.due_at:
            looks += 1
            self._look(ticket)
            self.assertLess(looks, 12)
        self.assertGreaterEqual(looks, 3)
        self.assertFalse(ticket.doubles_until)

    def test_one_request_is_never_looked_after(self):
        ticket = self._ticket()
        ticket._push()
        self.assertFalse(ticket.due_at)
        self.assertNotIn("GET search/Ticket", self.glpi.log)

    def test_lost_answer_without_a_second_request_has_no_double(self):
        ticket = self._ticket()
        self.glpi.lose("POST Ticket")
        self._push_fails(ticket)
        ticket._push()
        self.assertFalse(ticket.doubles_until)
        self.assertEqual(len(self.glpi.tickets), 1)

    def test_double_that_may_not_be_closed_is_named(self):
        conversation = self._in_service()
        ticket = self._ticket(conversation)
        self.glpi.delay("POST Ticket")
        self._push_fails(ticket)
        ticket._push()
        self.glpi.arrive()
        self.glpi.refuse("POST ITILFollowup", 400, "ERROR_GLPI_ADD")
        self._look(ticket)
        self.assertIn("feche", ticket.notice.lower())
        self.assertEqual(ticket.state, "open")

    def test_killed_in_between_goes_on_joining(self):
        ticket = self._pushed_twice()
        self.glpi.arrive()
        ticket.write({"due_at": fields.Datetime.now()})
        self.glpi.refuse("PUT Ticket", 503, "ERROR")
        ticket._push()
        self.glpi.behave()
        self._look(ticket)
        self.assertEqual(len(self.glpi.followups), 1, "its note was written already")
        self.assertEqual(len(self._open_in_glpi()), 1)
