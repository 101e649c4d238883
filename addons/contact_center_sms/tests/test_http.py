# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo.tests import HttpCase, tagged

from odoo.addons.contact_center_sms.controllers.access_log import hide_token


@tagged("post_install", "-at_install")
class TestHttp(HttpCase):
    """The addresses that a gateway calls."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = cls.env["contact_center.sms.gateway"].create(
            {"name": "Gateway de teste", "url": "https://gateway.example/v1", "state": "ok"}
        )

    def _call(self, kind, body, content_type="application/json", token=None):
        return self.url_open(
            f"/contact_center/sms/{token or self.gateway.token}/{kind}",
            data=body,
            headers={"Content-Type": content_type},
        )

    def _events(self):
        return self.env["contact_center.sms.event"].search([("gateway_id", "=", self.gateway.id)])

    def test_a_call_is_stored_as_it_came(self):
        """JSON, a form's fields, or those of the address."""
        self.assertEqual(self._call("receipt", json.dumps({"id": "1"})).status_code, 200)
        form = "application/x-www-form-urlencoded"
        self.assertEqual(self._call("reply", "from=31988887777&text=oi", form).status_code, 200)
        answer = self.url_open(f"/contact_center/sms/{self.gateway.token}/receipt?id=2&status=x")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(
            self._events().sorted("id").mapped("payload"),
            [{"id": "1"}, {"from": "31988887777", "text": "oi"}, {"id": "2", "status": "x"}],
        )

    def test_what_is_no_call_is_refused_in_words(self):
        """Wrong addresses, no JSON, nothing, too much, too deep: a status, and nothing stored."""
        self.assertEqual(self._call("receipt", "{}", token="wrong").status_code, 404)
        for body, status in (
            ("{", 400),
            ("", 400),
            ("{}", 400),
            ("3", 400),
            ("[" * 100_000, 400),
            ('"' + "x" * 1_100_000 + '"', 413),
        ):
            with self.subTest(body[:20]):
                self.assertEqual(self._call("receipt", body).status_code, status)
        self.assertFalse(self._events())

    def test_zeros_in_texts_are_left_out(self):
        """PostgreSQL keeps none."""
        body = '{"from": "31988887777", "text": "o\\u0000i"}'
        self.assertEqual(self._call("reply", body).status_code, 200)
        self.assertEqual(self._events().payload["text"], "oi")

    def test_the_log_hides_the_token(self):
        """Whoever reads the log could speak for the gateway otherwise."""
        line = '"POST /contact_center/sms/abc-D_1/receipt HTTP/1.1" 200'
        self.assertEqual(hide_token(line), '"POST /contact_center/sms/***/receipt HTTP/1.1" 200')
