# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestSettingsPage(ContactCenterCase):
    def test_health_is_first_and_maintenance_last(self):
        groups = self.env["ir.ui.menu"].with_user(self.administrator).get_settings()
        entries = {group["key"]: [one["xmlid"] for one in group["entries"]] for group in groups}
        keys = list(entries)
        self.assertEqual((keys[0], keys[-1]), ("start", "operation"))
        self.assertIn("contact_center_operation.health_menu", entries["start"])
        self.assertIn("contact_center_operation.maintenance_window_menu", entries["operation"])
