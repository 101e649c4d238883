# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestSettingsPage(ContactCenterCase):
    def test_what_is_prepared_on_a_quiet_day_is_found(self):
        groups = self.env["ir.ui.menu"].with_user(self.administrator).get_settings()
        entries = {group["key"]: [one["xmlid"] for one in group["entries"]] for group in groups}
        for name in ("alert_subject_menu", "civil_plan_menu"):
            self.assertIn(f"contact_center_alert.{name}", entries["operation"])
