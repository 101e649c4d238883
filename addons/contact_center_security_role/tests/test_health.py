# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestHealth(ContactCenterCase):
    def _check(self, key):
        """Return the line that a check gives."""
        _section, check = self.env["contact_center.health"]._checks()[key]
        return check()

    def test_rules_that_are_switched_off_are_told(self):
        self.env["ir.config_parameter"].set_param("contact_center_security.switched_on", False)
        self.env["contact_center.security"]._switch_on()
        self.assertEqual(self._check("security")["level"], "ok")
        self.env["ir.config_parameter"].set_param("contact_center_security.login_attempts", "0")
        self.assertEqual(self._check("security")["level"], "warning")
        line = self._check("second_factor")
        self.assertIn("Without one", line["words"])
