# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
from pathlib import Path

from odoo.modules import get_module_path
from odoo.tests import HttpCase, tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

ADDONS = (
    "contact_center",
    "contact_center_operation",
    "chatbot_flow",
    "whatsapp_helpdesk",
    "glpi_connector",
)


@tagged("post_install", "-at_install")
class TestMetrics(ContactCenterCase, HttpCase):
    """With all addons, monitoring gets every figure that any of them declares."""

    def test_every_figure_is_exported(self):
        self.env["ir.config_parameter"].set_param("contact_center.metrics_token", "a-token")
        answer = self.url_open(
            "/contact_center/metrics", headers={"Authorization": "Bearer a-token"}
        )
        self.assertEqual(answer.status_code, 200)
        exported = re.findall(r"^# TYPE (\w+) gauge$", answer.text, re.MULTILINE)
        self.assertEqual(len(set(exported)), len(exported))
        declared = {
            name
            for addon in ADDONS
            for path in Path(get_module_path(addon)).glob("models/*metrics.py")
            for name in re.findall(r'Gauge\(\s*"([a-z0-9_]+)"', path.read_text())
        }
        self.assertGreater(len(declared), 30)
        self.assertEqual(set(exported), declared)
        self.assertNotIn("} 1.0", _lines_of(answer.text, "contact_center_source_failed"))

    def test_all_of_it_costs_few_statements(self):
        self.env.flush_all()
        # one savepoint begun and ended for each source, and their statements
        sources = len(self.env["contact_center.metrics"]._sources())
        with self.assertQueryCount(27 + 2 * sources):
            self.env["contact_center.metrics"]._measure()


def _lines_of(text, name):
    return "\n".join(line for line in text.splitlines() if line.startswith(name))
