import base64
from contextlib import ExitStack
from unittest.mock import patch

from odoo import fields

from odoo.addons.contact_center.tests.common import ContactCenterCase

from ..rest.sessions import POOL
from .fake_glpi import FakeGlpi

APP_TOKEN = "app-token-of-the-tests"
USER_TOKEN = "user-token-of-the-tests"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class GlpiCase(ContactCenterCase):
    """A GLPI in memory, a server record that points to it, categories and locations of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["glpi.server"].search([]).active = False
        cls.server = cls.env["glpi.server"].create(
            {
                "name": "GLPI de teste",
                "url": "https://glpi.example.test",
                "app_token": APP_TOKEN,
                "user_token": USER_TOKEN,
                # the clock is frozen: nobody waits for it to go on
                "rate": 0,
            }
        )
        cls.category, cls.other_category = cls.env["glpi.category"].create(
            [
                {
                    "server_id": cls.server.id,
                    "glpi_id": number,
                    "name": name,
                    "complete_name": name,
                }
                for number, name in ((1, "Computador e impressora"), (2, "Internet & rede"))
            ]
        )
        cls.location = cls.env["glpi.location"].create(
            {
                "server_id": cls.server.id,
                "glpi_id": 2,
                "name": "Secretaria de Saúde",
                "complete_name": "Secretaria de Saúde",
            }
        )

    def setUp(self):
        super().setUp()
        POOL.forget()  # sessions of another test's GLPI
        self.addCleanup(POOL.forget)
        self.glpi = FakeGlpi()
        self.in_memory = self.enterContext(ExitStack())
        self.in_memory.enter_context(patch("requests.Session.request", self.glpi.request))

    def _open(self, queue=None):
        """The citizen's next conversation."""
        self._end_open()
        return super()._open(queue)

    def _end_open(self):
        """End the citizen's conversation, so that the next may begin: there is one at a time."""
        before = self.Conversation._find_open(self.citizen, "internal")
        if before:
            with self._delivered():
                before._close("self_service")

    def _ticket(self, conversation=None, **values):
        """A ticket registered for a conversation in the bot's hands."""
        values = {
            "description": "A impressora não liga.\nJá troquei a tomada.",
            "category_id": self.category.id,
            "location_id": self.location.id,
            "requester_name": "Maria da Silva",
            "requester_email": "maria.silva@example.test",
            "requester_phone": "+5531988887777",
        } | values
        return self.env["glpi.ticket"]._open_for(
            conversation or self._open(), values.pop("title", "Impressora parada"), **values
        )

    def _push_fails(self, ticket):
        """Send a ticket, which GLPI does not let us; returns the seconds until the next try."""
        self.assertTrue(ticket._push(), "GLPI took the ticket")
        return self._wait_of(ticket)

    def _wait_of(self, ticket):
        """Seconds until the ticket is looked at again."""
        self.assertTrue(ticket.due_at, "nothing will look at the ticket again")
        return (ticket.due_at - fields.Datetime.now()).total_seconds()

    def _message_with(self, conversation, *files):
        """A citizen's message with files: (name, MIME type, bytes)."""
        attachments = self.env["ir.attachment"].create(
            [{"name": name, "mimetype": mimetype, "raw": data} for name, mimetype, data in files]
        )
        return conversation._store_message(conversation.partner_id, "", attachments)
