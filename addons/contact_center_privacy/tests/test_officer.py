# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

from .common import OFFICER


@tagged("post_install", "-at_install")
class TestOfficer(ContactCenterCase):
    """The data protection officer among the people of the contact center."""

    def test_an_administrator_gives_the_duty(self):
        person = self.env["contact_center.person"].with_user(self.administrator)
        values = {"name": "Nina Nova", "role": False, "is_privacy_officer": True}
        dialog = person.create({**values, "email": "dpo@cidade.gov.br"})
        dialog.action_save()
        self.assertTrue(dialog.user_id.sudo().has_group(OFFICER))

    def test_officers_begin_with_the_requests(self):
        officer = self._user("cc_officer", "Olga", OFFICER)
        home = officer.with_user(officer).contact_center_home()
        self.assertEqual(home["res_model"], "contact_center.privacy.request")

    def test_officers_find_their_own_settings_only(self):
        officer = self._user("cc_officer", "Olga", OFFICER)
        menus = self.env["ir.ui.menu"]
        retention = "contact_center_privacy.retention_menu"

        def offered(user):
            groups = menus.with_user(user).get_settings()
            return {entry["xmlid"]: group["key"] for group in groups for entry in group["entries"]}

        self.assertIn(retention, offered(officer))
        self.assertEqual(set(offered(officer).values()), {"privacy"})
        self.assertNotIn(retention, offered(self.supervisor))
