# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GlpiCase


@tagged("post_install", "-at_install")
class TestContacts(GlpiCase):
    """A citizen's tickets at the contact."""

    def test_tickets_are_kept_and_counted(self):
        conversation = self._in_service()
        self._ticket(conversation)
        citizen = conversation.partner_id
        self.assertEqual(citizen.with_user(self.agent).glpi_ticket_count, 1)
        self.assertEqual(citizen.with_user(self.outsider).glpi_ticket_count, 0)
        action = citizen.with_user(self.agent).action_view_glpi_tickets()
        self.assertEqual(self.env["glpi.ticket"].search_count(action["domain"]), 1)
        with self.assertRaisesRegex(UserError, "1 tickets in GLPI"):
            citizen.with_user(self.administrator).unlink()
