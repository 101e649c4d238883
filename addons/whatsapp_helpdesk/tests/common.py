# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import itertools
import json
from contextlib import contextmanager
from datetime import datetime, timezone
from unittest.mock import patch

from markupsafe import Markup

from odoo.addons.chatbot_flow.tests.common import answer_at_once
from odoo.addons.contact_center.core.values import Outgoing
from odoo.addons.contact_center.models.background_work import BackgroundWork
from odoo.addons.contact_center.tests.common import ContactCenterCase
from odoo.addons.contact_center.tests.far_side import addresses
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from ..cloud_api import events, sanitize, signature
from ..models import whatsapp_inbox_drain
from .far_meta import NUMBER, TOKEN, WABA, FarMeta

SECRET = "test-app-secret-nobody-may-see"
VERIFY = "test-verify-token"
MARIA = {"wa_id": "553188887777", "user_id": "BR.1001", "name": "Maria da Silva"}
PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class FarMetaMixin:
    """The simulated Cloud API, as new for each test."""

    meta = None

    def setUp(self):
        super().setUp()
        type(self).meta = FarMeta()

    @classmethod
    def _request_handler(cls, session, request, /, **kwargs):
        if cls.meta and cls.meta.serves(request):
            return cls.meta.send(session, request, **kwargs)
        return super()._request_handler(session, request, **kwargs)


class WhatsappCase(FarMetaMixin, ContactCenterCase):
    """A number, the simulated Meta, and the jobs run when the test says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        answer_at_once(cls)
        cls.account = cls.env["whatsapp.account"].create(
            {
                "name": "Prefeitura de teste",
                "phone_number_id": NUMBER,
                "waba_id": WABA,
                "display_phone_number": "553138000156",
                "access_token": TOKEN,
                "app_secret": SECRET,
                "verify_token": VERIFY,
                "api_url": addresses()["Meta"],
                "queue_id": cls.queue.id,
                # The clock stands still: the number's rate would never recover
                "messages_per_second": 1_000_000,
            }
        )
        cls.startClassPatcher(patch.object(BackgroundWork, "_commit", _flush))
        cls.startClassPatcher(patch.object(BackgroundWork, "_rollback", lambda self: None))
        cls.startClassPatcher(patch.object(whatsapp_inbox_drain, "_CALM_POLLS", 1))
        cls.startClassPatcher(patch.object(whatsapp_inbox_drain, "_POLL", 0))
        cls.Event = cls.env["whatsapp.event"]
        cls.Message = cls.env["whatsapp.message"]

    def setUp(self):
        super().setUp()
        self._wamids = itertools.count(1)

    # ------------------------------------------------------------
    # Deliveries of Meta's
    # ------------------------------------------------------------

    @staticmethod
    def call(value, field="messages", number=NUMBER, **entry):
        """Return the body of a webhook call with one change."""
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"phone_number_id": number, "display_phone_number": "553138000156"},
            **value,
        }
        change = {"field": field, "value": value}
        return {
            "object": "whatsapp_business_account",
            "entry": [{"id": WABA, "changes": [change], **entry}],
        }

    def message(self, person=MARIA, **fields):
        """Return a message's part of the payload; `text="oi"` is short for a text message."""
        text = fields.pop("text", None)
        if isinstance(text, str):
            fields.update(type="text", text={"body": text})
        result = {
            "id": f"wamid.in{next(self._wamids)}",
            "timestamp": str(int(self.now().timestamp())),
            **fields,
        }
        if person.get("wa_id"):
            result.setdefault("from", person["wa_id"])
        if person.get("user_id"):
            result.setdefault("from_user_id", person["user_id"])
        return result

    @staticmethod
    def now():
        """Return the (frozen) time, aware."""
        return datetime.now(timezone.utc)

    def inbound(self, person=MARIA, number=NUMBER, **fields):
        """Return the webhook body in which `person` sends one message."""
        contact = {"profile": {"name": person.get("name", "")}}
        contact.update({key: person[key] for key in ("wa_id", "user_id") if person.get(key)})
        value = {"contacts": [contact], "messages": [self.message(person, **fields)]}
        return self.call(value, number=number)

    def status(self, message, status, **fields):
        """Return the webhook body with a status of a whatsapp.message."""
        element = {
            "id": message.wamid or "wamid.unknown",
            "status": status,
            "timestamp": str(int(self.now().timestamp())),
            "recipient_id": MARIA["wa_id"],
            "biz_opaque_callback_data": message.opaque,
            **fields,
        }
        return self.call({"statuses": [element]})

    def deliver(self, *payloads, run=True):
        """Store webhook bodies as the webhook does and run the jobs that it wakes."""
        with self.jobs(run=run):
            for payload in payloads:
                body = json.dumps(payload).encode()
                self.Event._store(events.split(sanitize.load(body)))
        return self.Event.search([], order="id desc", limit=1)

    def say(self, text, person=MARIA):
        """Let a person send a text; return the inbound whatsapp.message."""
        self.deliver(self.inbound(person=person, text=text))
        return self.Message.search([("direction", "=", "in")], order="id desc", limit=1)

    # ------------------------------------------------------------
    # Jobs, bots, agents
    # ------------------------------------------------------------

    @contextmanager
    def jobs(self, run=True, later=True):
        """Gather the jobs enqueued within, and run them at the end.

        :param later: run those with an eta as well, but not what these enqueue
        """
        with trap_jobs() as trap:
            yield trap
            self.env.flush_all()
            rounds = 0
            while run and trap.enqueued_jobs and rounds < 4:
                rounds += 1
                due, trap.enqueued_jobs = trap.enqueued_jobs, []
                for job in due:
                    if job.eta and (not later or rounds > 1):
                        continue
                    method = getattr(job.recordset.with_env(self.env), job.method_name)
                    method(*job.args, **job.kwargs)

    @contextmanager
    def bot(self, *answers):
        """Let a bot answer each message with these `Outgoing`s (or texts)."""
        conversation_class = self.registry["contact_center.conversation"]

        def answer(conversation, incoming):
            self.heard.append(incoming)
            for outgoing in answers:
                if isinstance(outgoing, str):
                    outgoing = Outgoing(text=outgoing)
                conversation._say(outgoing)

        self.heard = []
        with (
            patch.object(conversation_class, "_has_bot", lambda conversation: True),
            patch.object(conversation_class, "_on_bot_incoming", answer),
        ):
            yield self.heard

    def in_service(self):
        """Return Maria's conversation, taken by the agent, with an empty outbox."""
        conversation = self.say("oi").conversation_id
        with self.jobs():
            conversation.with_user(self.agent).action_take()
        self.meta.sent.clear()
        return conversation

    def agent_says(self, conversation, body, **kwargs):
        """Let the agent write in Discuss; return the mail.message."""
        channel = conversation.discuss_channel_id.with_user(self.agent)
        with self.jobs(later=False):
            return channel.message_post(
                body=Markup(body), message_type="comment", subtype_xmlid="mail.mt_comment", **kwargs
            )

    def attachments(self, *vals_list):
        """Return files that the agent has just put into the composer."""
        composer = {"res_model": "mail.compose.message", "res_id": 0}
        return (
            self.env["ir.attachment"]
            .with_user(self.agent)
            .create([{**composer, **vals} for vals in vals_list])
        )

    @contextmanager
    def retried(self):
        """Expect that the job asks to come back.

        (`assertRaises` would undo what it wrote.)
        """
        try:
            yield
        except RetryableJobError:
            return
        self.fail("the job did not ask to come back")

    def outgoing(self, conversation):
        """Return the outgoing messages of a conversation, sent or not, oldest first."""
        return self.Message.search(
            [("conversation_id", "=", conversation.id), ("direction", "=", "out")], order="id"
        )


def _flush(self):
    self.env.flush_all()
    self.env.cr.precommit.run()


def signed(body, secret=SECRET):
    """Return the headers with which Meta would send `body`."""
    return {
        "Content-Type": "application/json",
        signature.HEADER: signature.sign(secret, body),
    }
