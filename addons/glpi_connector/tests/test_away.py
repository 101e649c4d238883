# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields
from odoo.tests import tagged

from .common import GlpiCase


@tagged("post_install", "-at_install")
class TestAway(GlpiCase):
    """A GLPI whose database is away, or that the token does not reach, is waited for."""

    def test_database_away_loses_nothing_and_opens_the_breaker(self):
        self.glpi.database_away()
        tickets = [self._ticket() for _number in range(4)]
        for _try in range(3):
            self._push_fails(tickets[0])
        self.assertEqual(self.server.state, "down")
        self.assertIn("banco de dados", tickets[0].error)
        for _try in range(3):
            tickets[0].due_at = fields.Datetime.now()
            self.server._pump()
            self.server.breaker_ids.until = False
        self.assertNotEqual(self.server.breaker_state, "closed")
        self.assertEqual({ticket.state for ticket in tickets}, {"draft"})
        self.glpi.database_away(False)
        self.server._wake_tickets()
        self.server._pump()
        self.assertEqual({ticket.state for ticket in tickets}, {"open"})
        self.assertEqual(len(self.glpi.tickets), 4)

    def test_database_lost_in_the_middle_of_a_session(self):
        first = self._ticket()
        first._push()
        self.glpi.database_away()
        second = self._ticket()
        self._push_fails(second)
        self.glpi.database_away(False)
        second._push()
        self.assertEqual(len(self.glpi.tickets), 2)

    def test_test_of_the_connection_says_so(self):
        self.glpi.database_away()
        shown = self.server.with_user(self.administrator).action_test()["params"]
        self.assertIn("database", shown["message"])
        self.assertEqual(self.server.state, "down")

    def test_header_that_a_proxy_takes_away_is_named(self):
        self.glpi.settings(authorization_lost=True)
        shown = self.server.with_user(self.administrator).action_test()["params"]
        self.assertIn("Authorization", shown["message"])
        ticket = self._ticket()
        self._push_fails(ticket)
        self.assertIn("Authorization", ticket.error)
        self.assertEqual(ticket.state, "draft")
