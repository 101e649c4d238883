# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch
from urllib.parse import urlsplit

from odoo.tests.common import HOST, _super_send

from odoo.addons.chatbot_flow.tests.common import answer_at_once
from odoo.addons.contact_center.models.background_work import BackgroundWork
from odoo.addons.contact_center.tests.common import ContactCenterCase
from odoo.addons.contact_center.tests.far_side import FarSide

MOBILE = "+5531988887777"


class SmsCase(ContactCenterCase):
    """A gateway in use, simulated by a server that is really asked."""

    far = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        answer_at_once(cls)
        # One transaction for all; what is on record during a call: test_real_cursors.py
        cls.classPatch(BackgroundWork, "_commit", lambda work: work.env.flush_all())
        cls.classPatch(BackgroundWork, "_rollback", lambda work: work.env.invalidate_all())
        cls.Message = cls.env["contact_center.sms.message"]
        cls.far = FarSide("SMS")
        cls.env["ir.config_parameter"].set_param("chatbot_flow.service_hosts", "127.0.0.1/32")
        cls.gateway = cls.env["contact_center.sms.gateway"].create(
            {
                "name": "Gateway de teste",
                "url": f"{cls.far.url}/v1/messages",
                "header_value": "Bearer sandbox",
                "queue_id": cls.queue.id,
                "state": "ok",
                "per_second": 1000,
            }
        )

    def setUp(self):
        super().setUp()
        self.far.control.ask("POST", "reset")
        # Jobs are run by hand: one that sends would be made for each message
        waking = patch.object(type(self.gateway), "_send_soon", lambda gateway: None)
        waking.start()
        self.addCleanup(waking.stop)

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        """Let requests to the gateway pass; Odoo's guard cannot read our time-outs (a pair)."""
        if cls.far and cls.far.serves(request):
            return cls.far.send(session, request, **options)
        if urlsplit(request.url).hostname == HOST:
            return _super_send(session, request, **options)
        return super()._request_handler(session, request, **options)

    def _say(self, text="Sua consulta foi marcada", number=MOBILE, **vals):
        return self.Message._say(self.gateway, number, text, **vals)

    def _sent(self):
        """Return what the telephones got, in order."""
        return self.far.control.ask("GET", "state")["messages"]

    def _fault(self, **faults):
        self.far.control.ask("POST", "faults", faults)

    def _receipt(self, message, status, **values):
        """Let the gateway tell what became of a message."""
        payload = self.far.control.ask(
            "POST", "receipt", {"external_id": message.ref, "status": status, **values}
        )
        event = self.gateway._store_call("receipt", payload)
        self.gateway._hear_all()
        return event

    def _reply(self, text, number="5531988887777", key="r-1"):
        """Let a citizen answer; return the message that it became."""
        self.gateway._store_call("reply", {"from": number, "text": text, "id": key})
        self.gateway._hear_all()
        return self.Message.search([("direction", "=", "in")], limit=1)
