# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import SmsCase


@tagged("post_install", "-at_install")
class TestOdooSms(SmsCase):
    """Odoo's own text messages go over the city's gateway."""

    def test_a_batch_goes_through_the_outbox(self):
        """Each once, also when Odoo repeats its batch; bad numbers are refused."""
        good, bad = self.env["sms.sms"].create(
            [
                {"number": "+5531988887777", "body": "Lembrete"},
                {"number": "123", "body": "Lembrete"},
            ]
        )
        keys = [good.uuid, bad.uuid]
        (good | bad).send(unlink_sent=False)
        self.assertEqual([good.state, bad.state], ["pending", "error"])
        self.assertEqual(bad.failure_type, "sms_number_format")
        found = self.Message.search([("sms_uuid", "in", keys)])
        self.assertEqual([found.sms_uuid, found.text], [good.uuid, "Lembrete"])
        good.state = "outgoing"
        good.send(unlink_sent=False)
        self.assertEqual(self.Message.search_count([("sms_uuid", "=", good.uuid)]), 1)

    def test_without_a_gateway_nothing_changes(self):
        """Odoo's own provider stays."""
        self.gateway.state = "draft"
        company = self.env.company
        self.assertNotEqual(company._get_sms_api_class().__name__, "GatewaySmsApi")
        self.gateway.state = "ok"
        self.assertEqual(company._get_sms_api_class().__name__, "GatewaySmsApi")
