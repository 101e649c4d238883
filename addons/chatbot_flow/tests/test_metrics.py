# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields
from odoo.tests import tagged

from odoo.addons.contact_center.tests.metrics import MetricsMixin

from .common import FlowCase


@tagged("post_install", "-at_install")
class TestMetrics(MetricsMixin, FlowCase):
    """Metrics of flows."""

    def test_sessions_and_errors(self):
        flow = (str(self.flow.id), self.flow.name)
        before = self.figures("flows")
        self.assertEqual(before["contact_center_flow_errors_5m"][flow], 0)
        waiting = before["contact_center_flow_sessions"].get(("input",), 0)
        session = self._session(self._talk("oi"))
        found = self.figures("flows")
        self.assertEqual(found["contact_center_flow_sessions"][(session.status,)], waiting + 1)
        session.sudo().write({"error": "x", "error_at": fields.Datetime.now()})
        found = self.figures("flows")
        self.assertEqual(found["contact_center_flow_errors_5m"][flow], 1)

    def test_few_statements(self):
        self.check_statements(2, "flows")
