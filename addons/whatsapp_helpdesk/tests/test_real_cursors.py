# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import time
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Outgoing
from odoo.addons.contact_center.tests.real_cursors import Killed, RealCursorsCase
from odoo.addons.queue_job.tests.common import trap_jobs

from .. import left_behind
from ..cloud_api import events, sanitize
from ..models import whatsapp_inbox_drain
from .common import MARIA, NUMBER, TOKEN, WABA, FarMetaMixin, WhatsappCase

OUT = "SELECT state FROM whatsapp_message WHERE account_id = %s AND direction = 'out' ORDER BY id"
STORED = "SELECT count(*) FROM whatsapp_event WHERE account_id = %s"


@tagged("post_install", "-at_install")
class TestRealCursors(FarMetaMixin, RealCursorsCase):
    """Commits before a job is woken and before Meta is called, and the lock of the sender."""

    def setUp(self):
        super().setUp()
        type(self).then = None
        self.patch(whatsapp_inbox_drain, "_CALM_POLLS", 1)
        self.patch(whatsapp_inbox_drain, "_POLL", 0)
        with self.transaction() as env:
            queue = env["contact_center.queue"].create({"name": "Fila de verdade"})
            account = env["whatsapp.account"].create(
                {
                    "name": "Prefeitura de verdade",
                    "phone_number_id": NUMBER,
                    "waba_id": WABA,
                    "display_phone_number": "553138000156",
                    "access_token": TOKEN,
                    "app_secret": "app-secret",
                    "verify_token": "verify-token",
                    "api_url": self.meta.url,
                    "queue_id": queue.id,
                    "messages_per_second": 1000,
                }
            )
            self.account_id = account.id

    @classmethod
    def _request_handler(cls, session, request, /, **kwargs):
        response = super()._request_handler(session, request, **kwargs)
        happens, cls.then = cls.then, None
        if happens:
            happens()
        return response

    def _kill(self):
        raise Killed

    def _store(self):
        """Let Meta deliver a citizen's message."""
        message = {
            "id": "wamid.real",
            "timestamp": str(int(time.time())),
            "from": MARIA["wa_id"],
            "type": "text",
            "text": {"body": "oi"},
        }
        contact = {"profile": {"name": MARIA["name"]}, "wa_id": MARIA["wa_id"]}
        body = json.dumps(WhatsappCase.call({"contacts": [contact], "messages": [message]}))
        with self.transaction() as env:
            env["whatsapp.event"]._store(events.split(sanitize.load(body.encode())))

    def _say(self):
        """Let the citizen write and be answered; the answer waits to be sent."""
        self._store()
        with self.transaction() as env:
            env["whatsapp.event"]._drain_inbox()
        # the automatic message does not matter here
        self.meta.sent.clear()
        with self.transaction() as env:
            conversation = env["contact_center.conversation"].search([], order="id desc", limit=1)
            self.identity_id = conversation.whatsapp_identity_id.id
            conversation._say(Outgoing(text="Bom dia!"))

    def _send(self):
        with self.transaction() as env:
            env["whatsapp.identity"].browse(self.identity_id)._send_outbox()

    def _state(self):
        """Return the answer's state as another transaction sees it now."""
        return self.committed(OUT, self.account_id)[-1][0]

    def test_what_meta_delivered_is_on_record_before_a_job_is_woken(self):
        seen = []
        self.patch(
            self.registry["whatsapp.event"],
            "_wake",
            lambda _events, _stored: seen.append(self.committed(STORED, self.account_id)),
        )
        self._store()
        self.assertEqual(seen, [[(1,)]])

    def test_what_a_killed_process_woke_nobody_for_wakes_a_job(self):
        with patch.object(self.registry["whatsapp.event"], "_wake", side_effect=Killed):
            self.assertRaises(Killed, self._store)
        with self.registry.cursor() as cr, trap_jobs() as trap:
            database = SimpleNamespace(db_name=cr.dbname, conn=cr._cnx)
            soon = datetime.now(timezone.utc).replace(tzinfo=None) + timedelta(seconds=1)
            left_behind.look(database, left_behind.EVER, soon)
        self.assertEqual([job.method_name for job in trap.enqueued_jobs], ["_drain_inbox"])

    def test_a_message_is_on_record_as_being_sent_before_it_is_sent(self):
        self._say()
        seen = []
        type(self).then = lambda: seen.append(self._state())
        self._send()
        self.assertEqual(seen, ["sending"])
        self.assertEqual((self._state(), self.meta.texts()), ("sent", ["Bom dia!"]))

    def test_a_job_that_is_killed_while_meta_answers_sends_nothing_twice(self):
        self._say()
        type(self).then = self._kill
        self.assertRaises(Killed, self._send)
        self.assertEqual(self._state(), "sending")
        self._send()
        self.assertEqual((self._state(), self.meta.texts()), ("unknown", ["Bom dia!"]))

    def test_of_two_jobs_of_one_person_one_sends(self):
        self._say()
        seen = []

        def second_job():
            self._send()
            seen.append(self._state())

        type(self).then = second_job
        self._send()
        self.assertEqual(seen, ["sending"], "the second one took it for given up")
        self.assertEqual((self._state(), self.meta.texts()), ("sent", ["Bom dia!"]))

    def test_a_status_waits_while_the_outcome_of_its_message_is_recorded(self):
        self._say()
        self._send()
        ids = (
            "SELECT id, wamid FROM whatsapp_message WHERE account_id = %s ORDER BY id DESC LIMIT 1"
        )
        ((message_id, wamid),) = self.committed(ids, self.account_id)
        status = {"id": wamid, "status": "delivered", "timestamp": str(int(time.time()))}
        body = json.dumps(WhatsappCase.call({"statuses": [status]}))
        with self.transaction() as env:
            env["whatsapp.event"]._store(events.split(sanitize.load(body.encode())))
        with self.registry.cursor() as other:
            other.execute("SELECT 1 FROM whatsapp_message WHERE id = %s FOR UPDATE", [message_id])
            self._apply_statuses()
            self.assertEqual(self._state(), "sent")
            other.rollback()
        self._apply_statuses()
        self.assertEqual(self._state(), "delivered")

    def _apply_statuses(self):
        with self.transaction() as env:
            env["whatsapp.event"]._process_statuses()
