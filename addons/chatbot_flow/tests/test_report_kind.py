# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME
from odoo.addons.contact_center.tests.report_kinds import ReportKindMixin

from .common import FlowCase

DAY = WORKING_TIME.date()


@tagged("post_install", "-at_install")
class TestFlowsInReports(ReportKindMixin, FlowCase):
    """Sessions and steps of flows as reports count them."""

    def test_sessions_and_visits_by_step(self):
        conversation = self._talk("Oi", "Maria", "maria@example.com", "1", "Sem internet", "pular")
        self._choose(conversation, "conferir:yes", "Confirmar")
        self._talk("Oi", "José")
        self.env.flush_all()
        (row,) = self._report_rows("flows", DAY)
        self.assertEqual((row["slot"], row["entries"], row["completed"]), ("20/11/2026", 2, 1))
        self.assertEqual((row["handed_over"], row["billable"]), (0, 0))
        steps = {step["step"]: step for step in self._report_rows("flow_steps", DAY)}
        self.assertEqual({step["sessions"] for step in steps.values()} - {0}, {1, 2})
        self.assertEqual(sum(step["visits"] for step in steps.values()), 12)
