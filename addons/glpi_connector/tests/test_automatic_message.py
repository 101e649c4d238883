# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAutomaticMessage(ContactCenterCase):
    """Automatic messages about tickets."""

    def test_number_of_the_ticket_is_a_placeholder(self):
        message = self.env["contact_center.automatic.message"].create(
            {"kind": "ticket_opened", "body": "Chamado {ticket}", "queue_id": self.queue.id}
        )
        self.assertIn("{ticket}", message.known_placeholders)
        self.assertIn("Chamado 4711", str(message.preview))

    def test_once_for_each_ticket(self):
        conversation = self._waiting()
        self.assertTrue(conversation._automatic("ticket_opened", ticket=1))
        message = conversation._automatic("ticket_opened", ticket=2)
        self.assertIn("Chamado nº 2 aberto", str(message.preview))
        self.assertIs(conversation._automatic("ticket_opened", ticket=1), False)
