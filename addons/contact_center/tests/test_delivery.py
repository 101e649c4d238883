# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.mail.tools.discuss import Store

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestDelivery(ContactCenterCase):
    def _ticks(self, message):
        delivery = {message.id: {"state": "read", "reason": ""}}
        return patch.object(type(message), "_contact_center_delivery", lambda messages: delivery)

    def test_in_the_store(self):
        conversation = self._in_service()
        message = conversation._say(self._outgoing())
        with self._ticks(message):
            data = Store(bus_channel=self.agent).add(message.with_user(self.agent)).get_result()
        [values] = [entry for entry in data["mail.message"] if entry["id"] == message.id]
        self.assertEqual(values["contact_center_delivery"], {"state": "read", "reason": ""})

    def test_no_ticks_without_delivery(self):
        message = self._in_service()._say(self._outgoing())
        data = Store(bus_channel=self.agent).add(message.with_user(self.agent)).get_result()
        self.assertFalse(any("contact_center_delivery" in entry for entry in data["mail.message"]))

    def test_push(self):
        message = self._in_service()._say(self._outgoing())
        self.env.cr.precommit.run()
        self.env["bus.bus"].search([]).unlink()
        with self._ticks(message):
            message._notify_delivery()
        self.env.cr.precommit.run()
        [notification] = self.env["bus.bus"].search([])
        self.assertIn("internal_users", notification.channel)
        self.assertIn("contact_center_delivery", notification.message)
