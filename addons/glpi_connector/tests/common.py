# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
from urllib.parse import urlsplit

from odoo import fields
from odoo.tests.common import HOST, _super_send

from odoo.addons.chatbot_flow.tests.common import answer_at_once
from odoo.addons.contact_center.models.background_work import BackgroundWork
from odoo.addons.contact_center.tests.common import ContactCenterCase
from odoo.addons.contact_center.tests.far_side import addresses

from ..rest.sessions import POOL
from .far_glpi import FarGlpi

APP_TOKEN = "app-token-of-the-tests"
USER_TOKEN = "user-token-of-the-tests"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class FarGlpiMixin:
    """The simulated GLPI, as new for each test."""

    glpi = None

    def setUp(self):
        super().setUp()
        POOL.forget()  # sessions of another test's GLPI
        self.addCleanup(POOL.forget)
        type(self).glpi = FarGlpi()

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        """Let requests to GLPI pass; Odoo's guard cannot read our time-outs (a pair) either."""
        if cls.glpi and cls.glpi.serves(request):
            return cls.glpi.send(session, request, **options)
        if urlsplit(request.url).hostname == HOST:
            return _super_send(session, request, **options)
        return super()._request_handler(session, request, **options)


class GlpiCase(FarGlpiMixin, ContactCenterCase):
    """The simulated GLPI, a server that points to it, categories and locations."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        answer_at_once(cls)
        # One transaction for all; those of jobs are in test_real_cursors.py.
        cls.classPatch(BackgroundWork, "_commit", lambda work: work.env.flush_all())
        cls.classPatch(BackgroundWork, "_rollback", lambda work: work.env.invalidate_all())
        cls.env["glpi.server"].search([]).active = False
        cls.server = cls.env["glpi.server"].create(
            {
                "name": "GLPI de teste",
                "url": addresses()["GLPI"],
                "app_token": APP_TOKEN,
                "user_token": USER_TOKEN,
                # the clock is frozen: nothing waits for it
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

    def _open(self, queue=None):
        """Return the citizen's next conversation."""
        self._end_open()
        return super()._open(queue)

    def _end_open(self):
        """End the citizen's conversation, so that the next may begin: there is one at a time."""
        before = self.Conversation._find_open(self.citizen, "internal")
        if before:
            with self._delivered():
                before._close("self_service")

    def _ticket(self, conversation=None, **values):
        """Return a ticket registered for a conversation with the bot."""
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
        """Send a ticket that GLPI refuses for now; return the seconds until the next try."""
        self.assertTrue(ticket._push(), "GLPI took the ticket")
        return self._wait_of(ticket)

    def _wait_of(self, ticket):
        """Return the seconds until the ticket is checked again."""
        self.assertTrue(ticket.due_at, "nothing will look at the ticket again")
        return (ticket.due_at - fields.Datetime.now()).total_seconds()

    def _message_with(self, conversation, *files):
        """Return a citizen's message with files: (name, MIME type, bytes)."""
        attachments = self.env["ir.attachment"].create(
            [{"name": name, "mimetype": mimetype, "raw": data} for name, mimetype, data in files]
        )
        return conversation._store_message(conversation.partner_id, "", attachments)
