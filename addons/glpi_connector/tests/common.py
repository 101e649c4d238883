import base64
from unittest.mock import patch

from odoo.addons.contact_center.tests.common import ContactCenterCase
from odoo.addons.queue_job.exception import RetryableJobError

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
        self.glpi = FakeGlpi()
        patcher = patch("requests.Session.request", self.glpi.request)
        patcher.start()
        self.addCleanup(patcher.stop)

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
        """Run the job, which must ask to be run again; returns the RetryableJobError."""
        # not assertRaises: it would take back what the job has made last
        try:
            ticket._push()
        except RetryableJobError as error:
            self.assertTrue(error.ignore_retry)
            return error
        return self.fail("the job did not ask to be run again")

    def _message_with(self, conversation, *files):
        """A citizen's message with files: (name, MIME type, bytes)."""
        attachments = self.env["ir.attachment"].create(
            [{"name": name, "mimetype": mimetype, "raw": data} for name, mimetype, data in files]
        )
        return conversation._store_message(conversation.partner_id, "", attachments)
