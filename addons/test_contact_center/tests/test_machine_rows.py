# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.test_machine_rows import TestMachineRows as MachineRows


@tagged("post_install", "-at_install")
class TestMachineRows(MachineRows):
    """The system's own records are closed to people in every addon, not only in the core."""

    allow_inherited_tests_method = True

    def test_every_addon_has_some(self):
        for model in ("whatsapp.message", "glpi.outbox", "chatbot.flow.session"):
            self.assertIn(model, self.machine_rows)
