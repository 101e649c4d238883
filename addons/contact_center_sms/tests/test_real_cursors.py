# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import threading
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.contact_center.tests.far_side import FarSide
from odoo.addons.contact_center.tests.real_cursors import Killed, RealCursorsCase
from odoo.addons.queue_job.exception import RetryableJobError

from ..models.sms_gateway_sending import SmsGateway


@tagged("post_install", "-at_install")
class TestRealCursors(RealCursorsCase):
    """What is on record while the gateway is asked: each person gets a message once."""

    far = None

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        if cls.far and cls.far.serves(request):
            return cls.far.send(session, request, **options)
        return super()._request_handler(session, request, **options)

    def setUp(self):
        super().setUp()
        type(self).far = FarSide("SMS")
        self.far.control.ask("POST", "reset")
        with self.transaction() as env:
            hosts = "chatbot_flow.service_hosts"
            before = env["ir.config_parameter"].get_param(hosts)
            env["ir.config_parameter"].set_param(hosts, "127.0.0.1/32")
            gateway = env["contact_center.sms.gateway"].create(
                {
                    "name": "Gateway de verdade",
                    "url": f"{self.far.url}/v1/messages",
                    "header_value": "Bearer sandbox",
                    "state": "ok",
                    "batch_size": 5,
                    "per_second": 1000,
                }
            )
            for number in range(12):
                env["contact_center.sms.message"]._say(
                    gateway, f"+55319{number:08}", f"Mensagem {number}"
                )
            self.gateway_id = gateway.id
        self.addCleanup(self._restore, hosts, before)

    def _restore(self, name, value):
        with self.transaction() as env:
            env["ir.config_parameter"].set_param(name, value)

    def _send(self):
        with self.transaction() as env:
            env["contact_center.sms.gateway"].browse(self.gateway_id)._send_outbox()

    def _states(self):
        rows = self.committed(
            "SELECT state, count(*) FROM contact_center_sms_message"
            " WHERE gateway_id = %s GROUP BY state",
            self.gateway_id,
        )
        return dict(rows)

    def _texts(self):
        return [one["text"] for one in self.far.control.ask("GET", "state")["messages"]]

    def test_killed_in_the_middle(self):
        """The second request went out and the server died: nobody gets a second message."""
        asked, seen = [], []
        original = SmsGateway._ask

        def dying(gateway, messages):
            seen.append(self._states().get("sending"))
            result = original(gateway, messages)
            asked.append(messages)
            if len(asked) == 2:
                raise Killed
            return result

        with patch.object(SmsGateway, "_ask", dying), self.assertRaises(Killed):
            self._send()
        self.assertEqual(seen, [5, 5])
        self.assertEqual(self._states(), {"sent": 5, "sending": 5, "queued": 2})
        self._send()
        self.assertEqual(self._states(), {"sent": 7, "unknown": 5})
        self.assertEqual(
            sorted(self._texts()), sorted(f"Mensagem {number}" for number in range(12))
        )

    def test_two_workers_at_once(self):
        """One sends, the other comes back later: twelve messages, each once."""
        refused = []

        def work():
            try:
                self._send()
            except RetryableJobError:
                refused.append(True)

        threads = [threading.Thread(target=work) for _worker in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._send()
        self.assertEqual(self._states(), {"sent": 12})
        self.assertEqual(len(self._texts()), 12)
        self.assertLessEqual(len(refused), 1)
