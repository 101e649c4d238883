# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.glpi_connector import rest
from odoo.addons.glpi_connector.tests.common import GlpiCase


@tagged("post_install", "-at_install")
class TestOutages(GlpiCase):
    """Failures of a number and of a GLPI become outages with their own clocks."""

    def _outage(self, record):
        self.env["contact_center.outage"]._cron_minute()
        key = f"{record._name},{record.id}"
        return self.env["contact_center.outage"].search([("key", "=", key)])

    def test_a_number_that_is_paused(self):
        account = self.env["whatsapp.account"].create(
            {"name": "Prefeitura", "phone_number_id": "109000000000077", "queue_id": self.queue.id}
        )
        with self.assertLogs("odoo.addons.whatsapp_helpdesk", "WARNING"):
            account._pause("190")
        outage = self._outage(account)
        self.assertEqual((outage.kind, outage.state), ("channel", "open"))
        self.assertEqual((outage.subject, outage.repair_hours), ("Prefeitura", 2))
        self.assertTrue(outage.reason)
        account.action_resume()
        self.assertEqual(self._outage(account).state, "over")

    def test_a_glpi_that_does_not_answer(self):
        self.server._note_ok()
        self.server._note_error(rest.GlpiDown("connection"))
        outage = self._outage(self.server)
        self.assertEqual((outage.kind, outage.repair_hours), ("integration", 4))
        self.server._note_ok()
        self.assertEqual(self._outage(self.server).state, "over")
