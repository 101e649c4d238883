# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import ContactCenterCase

SECTION = "contact_center.configuration_menu_section"


@tagged("post_install", "-at_install")
class TestSettingsPage(ContactCenterCase):
    """The page that offers all settings, of whatever addons are installed."""

    def _offered(self, user, lang="en_US"):
        """Return {xml id: (key of the group, entry)} of a user's entries on the page."""
        groups = self.env["ir.ui.menu"].with_user(user).with_context(lang=lang).get_settings()
        return {
            entry["xmlid"]: (group["key"], entry) for group in groups for entry in group["entries"]
        }

    def test_no_entry_of_the_configuration_is_forgotten(self):
        """Each leaf of the section, of every addon, has its group and says what it is for."""
        menus = self.env["ir.ui.menu"].search(
            [("id", "child_of", self.env.ref(SECTION).id), ("action", "!=", False)]
        )
        self.assertGreater(len(menus), 10)
        xmlids = menus._get_menuitems_xmlids()
        lacking = [
            f"{xmlids.get(menu.id)}: {name}"
            for menu in menus
            for name in ("settings_group", "settings_summary", "settings_keywords")
            if not menu[name]
        ]
        self.assertFalse(lacking, "see views/settings_views.xml of the addon")

    def test_summaries_are_in_portuguese(self):
        menus = self.env["ir.ui.menu"].search([("settings_group", "!=", False)])
        for menu in menus:
            portuguese = menu.with_context(lang="pt_BR")
            self.assertNotEqual(portuguese.settings_summary, menu.settings_summary, menu.name)
            self.assertNotEqual(portuguese.settings_keywords, menu.settings_keywords, menu.name)

    def test_administrators_find_every_entry_of_the_section_once(self):
        menus = self.env["ir.ui.menu"].search(
            [("id", "child_of", self.env.ref(SECTION).id), ("action", "!=", False)]
        )
        offered = self._offered(self.administrator)
        xmlids = menus._get_menuitems_xmlids()
        visible = menus.with_user(self.administrator)._filter_visible_menus()
        self.assertGreaterEqual(set(offered), {xmlids[menu.id] for menu in visible})
        self.assertIn("contact_center.canned_response_menu", offered)
        self.assertNotIn("contact_center.canned_response_menu_own", offered)
        actions = [entry["action_id"] for _group, entry in offered.values()]
        self.assertEqual(len(actions), len(set(actions)))

    def test_others_find_their_own_entries_only(self):
        """A child of a section that the user does not see is not offered, whatever it may read."""
        of_supervisor = self._offered(self.supervisor)
        self.assertIn("contact_center.canned_response_menu_own", of_supervisor)
        self.assertNotIn("contact_center.queue_menu", of_supervisor)
        self.assertFalse(self._offered(self.employee))

    def test_groups_have_titles_icons_and_an_order(self):
        groups = self.env["ir.ui.menu"].with_user(self.administrator).get_settings()
        keys = [group["key"] for group in groups]
        order = [key for key, _title in self.env["ir.ui.menu"]._fields["settings_group"].selection]
        self.assertEqual(keys, [key for key in order if key in keys])
        for group in groups:
            self.assertTrue(group["title"])
            self.assertNotEqual(group["icon"], "fa-cog", f"{group['key']} has no icon")
            for entry in group["entries"]:
                self.assertRegex(entry["path"], r"^[a-z][\w-]+$")
