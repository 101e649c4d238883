# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ..controllers.access_log import HideWebhookToken
from ..rest import webhook

BODY = b'{"event": "update", "item": {"id": 1}}'
STAMP = "1763727600"


@tagged("post_install", "-at_install")
class TestWebhook(HttpCase):
    """GLPI 11's call only triggers reading, and only if it is signed."""

    def setUp(self):
        super().setUp()
        self.server = self.env["glpi.server"].create(
            {"name": "GLPI 11", "url": "https://g.test", "webhook_secret": "segredo-de-teste"}
        )
        self.server.action_webhook_address()
        self.path = f"/glpi/webhook/{self.server.webhook_token}"

    def _call(self, path=None, body=BODY, secret="segredo-de-teste", **headers):
        headers = {
            webhook.TIMESTAMP: STAMP,
            webhook.SIGNATURE: webhook.sign(secret, body, STAMP),
            "Content-Type": "application/json",
            **headers,
        }
        return self.url_open(path or self.path, data=body, headers=headers).status_code

    def _jobs(self):
        return self.env["queue.job"].search_count(
            [("identity_key", "=", f"glpi.poll:{self.server.id}"), ("state", "=", "pending")]
        )

    def test_the_web_log_hides_the_token(self):
        """Whoever reads the log would know the address otherwise."""
        filters = logging.getLogger("werkzeug").filters
        self.assertTrue(any(isinstance(one, HideWebhookToken) for one in filters))
        line = f'"POST {self.path} HTTP/1.1" 200'
        self.assertEqual(HideWebhookToken.hide(line), '"POST /glpi/webhook/*** HTTP/1.1" 200')

    def test_signed_call_wakes_one_reading(self):
        self.assertIn(self.server.webhook_token, self.server.webhook_url)
        self.assertEqual([self._call(), self._call()], [200, 200])
        self.assertEqual(self._jobs(), 1)

    def test_nothing_in_it_is_believed(self):
        with patch.object(type(self.server), "_client") as client:
            self.assertEqual(self._call(body=b"no json \x00 <script>"), 200)
            client.assert_not_called()

    def test_what_is_refused(self):
        self.assertEqual(self._call(secret="outro"), 403)
        self.assertEqual(self._call(**{webhook.SIGNATURE: ""}), 403)
        self.assertEqual(self._call(**{webhook.TIMESTAMP: "1763727601"}), 403)
        self.assertEqual(self._call(path="/glpi/webhook/unknown"), 403)
        self.server.active = False
        self.assertEqual(self._call(), 403)
        self.assertFalse(self._jobs())

    def test_without_a_secret_nobody_comes_in(self):
        self.server.webhook_secret = False
        self.assertEqual(self._call(secret=""), 403)

    def test_large_body_is_not_read(self):
        self.assertEqual(self._call(body=b"x" * (1024 * 1024 + 1)), 413)
        self.assertFalse(self._jobs())
