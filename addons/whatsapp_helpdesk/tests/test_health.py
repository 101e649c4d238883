# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestHealth(WhatsappCase):
    def _line(self, key):
        """Return the line of a check about the number of these tests."""
        health = self.env["contact_center.health"].with_user(self.administrator)
        health._forget()
        lines = [
            check
            for section in health.get_report()["sections"]
            for check in section["checks"]
            if check["key"] == key
        ]
        own = [line for line in lines if self.account.name in line["title"]]
        return (own or lines)[0]

    def test_paused_number_is_red_with_its_reason(self):
        self.assertNotEqual(self._line("whatsapp_number")["level"], "error")
        self.account.sudo().write({"state": "paused", "state_code": "190"})
        line = self._line("whatsapp_number")
        self.assertEqual(line["level"], "error")
        self.assertIn(self.account.state_reason, line["words"])

    def test_quality_is_metas(self):
        self.account._note_quality({"quality_rating": "RED"})
        line = self._line("whatsapp_number")
        self.assertEqual(line["level"], "warning")
        self.assertIn("low", line["words"])

    def test_token_that_ends(self):
        for days, level in ((60, "ok"), (7, "warning"), (0, "error")):
            self.account.token_valid_until = fields.Date.today() + timedelta(days=days)
            self.assertEqual(self._line("whatsapp_token")["level"], level)
        self.assertNotIn(self.account.access_token, str(self._line("whatsapp_token")))

    def test_failed_inbox_is_processed_again(self):
        event = self.env["whatsapp.event"].create(
            {
                "kind": "message",
                "unique_key": "health-test",
                "account_id": self.account.id,
                "state": "failed",
                "error": "Traceback\nValueError: odd",
                "payload": {},
            }
        )
        line = self._line("whatsapp_inbox")
        self.assertEqual((line["level"], line["failed"]), ("warning", "whatsapp_inbox"))
        health = self.env["contact_center.health"].with_user(self.administrator)
        self.assertEqual(health.get_failed("whatsapp_inbox")[0]["error"], "ValueError: odd")
        self.assertEqual(health.process_again("whatsapp_inbox", event.id), 1)
        self.assertEqual(event.state, "received")

    def test_everything_of_whatsapp_is_looked_at(self):
        for key in ("whatsapp_webhook", "whatsapp_outbox", "whatsapp_media"):
            self.assertTrue(self._line(key)["words"])
