# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.contact_center_privacy.tests.common import PrivacyMixin
from odoo.addons.glpi_connector.tests.common import PNG, GlpiCase


@tagged("post_install", "-at_install")
class TestGlpiPrivacy(PrivacyMixin, GlpiCase):
    """A citizen's tickets kept here are erased; those in GLPI are named."""

    def _story(self):
        conversation = self._open()
        with self._bot():
            self._message_with(conversation, ("foto-da-sala.png", "image/png", PNG))
        ticket = self._ticket(conversation, title="Impressora da Dona Quiteria")
        self.env["glpi.followup"].create(
            {"ticket_id": ticket.id, "kind": "followup", "glpi_id": 7, "content": "Falei com ela"}
        )
        return conversation, ticket

    def test_tickets_keep_their_number_only(self):
        conversation, ticket = self._story()
        ticket._push()
        conversation._close("resolved")
        number = ticket.glpi_number
        overview = str(self._request("access").preview)
        self.assertIn(f"Tickets in GLPI itself: {number}", overview)
        self.assertIn("foto-da-sala.png", str(self.citizen._privacy_data()["mensagens"]))
        self.assertEqual(
            self.citizen._privacy_data()["chamados"]["rows"][0]["respostas"], ["Falei com ela"]
        )
        strings = (
            "Quiteria",
            "Falei com ela",
            "maria.silva@example",
            "troquei a tomada",
            "foto-da-sala",
        )
        self.assertIn("glpi_ticket.title", self._everywhere(*strings))
        self._erase(self._request())
        self.assertEqual(self._everywhere(*strings), [])
        self.assertEqual((ticket.glpi_number, ticket.state), (number, "open"))
        self.assertEqual(ticket.category_id, self.category)

    def test_tickets_that_are_not_in_glpi_yet(self):
        conversation, _ticket = self._story()
        conversation._close("resolved")
        with self.assertRaisesRegex(UserError, conversation.protocol):
            self._request().action_erase()
