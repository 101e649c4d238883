# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import SmsCase


@tagged("post_install", "-at_install")
class TestPersonalData(SmsCase):
    """Numbers and texts are told, exported and erased with the person."""

    def test_erased_and_still_counted(self):
        """Nothing says whom it went to; the parts stay for the bill."""
        message = self._say(partner_id=self.citizen.id)
        self.env["contact_center.sms.identity"]._of(message.number, self.citizen)
        event = self.gateway._store_call("receipt", {"to": "5531988887777", "status": "x"})
        self.gateway._hear_all()
        self.assertIn(message.number, self.citizen._personal_strings())
        self.assertEqual(self.citizen._personal_data()["sms"]["rows"][0]["texto"], message.text)
        self.citizen._erase_personal_data()
        self.assertEqual([message.text, message.number, message.parts], [False, "-", 1])
        self.assertFalse(event.payload)
        self.assertFalse(self.env["contact_center.sms.identity"].search([]))
