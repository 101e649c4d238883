# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from odoo.tests import Form, tagged

from .common import SmsCase


@tagged("post_install", "-at_install")
class TestMeter(SmsCase):
    """Parts are what is billed, by the city's month."""

    def _state(self, message, state, at):
        message.write({"state": state, "queued_at": at})

    def test_month_is_the_citys(self):
        """It begins at three o'clock UTC; failed and waiting messages are not billed."""
        states = ("sent", "delivered", "unknown", "failed", "queued")
        for state in states:
            self._state(self._say("a" * 200), state, datetime(2026, 11, 1, 3, 0))
        self._state(self._say("oi"), "sent", datetime(2026, 11, 1, 2, 59, 59))
        self.assertEqual(self.gateway.parts_this_month, 6)
        rows = self.env["contact_center.sms.month"].search([("gateway_id", "=", self.gateway.id)])
        found = {str(row.month): (row.messages, row.parts, row.failed) for row in rows}
        self.assertEqual(found, {"2026-11-01": (5, 6, 1), "2026-10-01": (1, 1, 0)})

    def test_a_gateway_being_entered_has_sent_nothing(self):
        """The form of a new one opens."""
        self.assertEqual(Form(self.env["contact_center.sms.gateway"]).parts_this_month, 0)

    def test_warning_comes_once_a_month(self):
        """At the percentage, not before; the health page shows it too."""
        self.gateway.write({"monthly_limit": 10, "warn_percent": 80})
        for _number in range(7):
            self._state(self._say(), "sent", datetime(2026, 11, 20, 12, 0))
        before = len(self.gateway.message_ids)
        self.env["contact_center.sms.gateway"]._cron_meter()
        self.assertEqual(len(self.gateway.message_ids), before)
        self._state(self._say(), "sent", datetime(2026, 11, 20, 12, 0))
        self.gateway.invalidate_recordset()
        for _time in range(2):
            self.env["contact_center.sms.gateway"]._cron_meter()
        self.assertEqual(len(self.gateway.message_ids), before + 1)
        self.assertIn("8 of the 10 parts", self.gateway.message_ids[0].body)
        (check,) = self.env["contact_center.health"]._check_sms_gateways()
        self.assertEqual(check["level"], "warning")
