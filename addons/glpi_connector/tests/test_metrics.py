# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.contact_center.tests.metrics import MetricsMixin

from .. import rest
from .common import GlpiCase


@tagged("post_install", "-at_install")
class TestMetrics(MetricsMixin, GlpiCase):
    """Metrics of GLPI."""

    def test_whether_glpi_answers(self):
        labels = (str(self.server.id), self.server.name)
        self.server._note_ok()
        self.server.sudo().last_ok_at = fields.Datetime.now() - timedelta(seconds=30)
        found = self.figures("glpi_servers")
        self.assertEqual(found["contact_center_glpi_up"][labels], 1)
        self.assertEqual(found["contact_center_glpi_last_answer_seconds"][labels], 30)
        self.assertEqual(found["contact_center_glpi_sending_paused"][labels], 0)
        self.server._note_error(rest.GlpiDown("connection"))
        self.env["glpi.breaker"]._of(self.server).write({"state": "open"})
        found = self.figures("glpi_servers")
        self.assertEqual(found["contact_center_glpi_up"][labels], 0)
        self.assertEqual(found["contact_center_glpi_sending_paused"][labels], 1)

    def test_what_waits_and_what_is_unknown(self):
        ticket = self._ticket()
        ticket.sudo().maybe_sent = True
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE glpi_ticket SET create_date = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(minutes=2), ticket.id],
        )
        found = self.figures("glpi_outbox")
        labels = (str(self.server.id), "ticket")
        self.assertEqual(found["contact_center_glpi_outbox"][labels], 1)
        self.assertEqual(found["contact_center_glpi_outbox_unknown"][labels], 1)
        self.assertEqual(found["contact_center_glpi_outbox_oldest_seconds"][labels], 120)
        ticket.sudo().state = "failed"
        found = self.figures("glpi_outbox")
        self.assertEqual(found["contact_center_glpi_refused"][(str(self.server.id),)], 1)

    def test_few_statements(self):
        self._ticket()
        self.check_statements(3, "glpi_servers", "glpi_outbox")
