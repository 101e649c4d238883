# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Rights of the city's roles on every model, for the addons that are installed."""

from odoo.tests import new_test_user

from odoo.addons.contact_center.tests.access_table import OPERATIONS

ROLES = ("group_city_inside", "group_city_outside", "group_city_inspector")
OURS = ("contact_center.", "chatbot.", "whatsapp.", "glpi.")
# What the city's people may do beyond a manager, who reads: the dialogs of an intercepted contact.
BEYOND = {
    "contact_center.conversation.take.over": "rwcu",
    "contact_center.conversation.transfer": "rwcu",
    "contact_center.conversation.close": "rwcu",
}


class CityAccess:
    """Mixin for `ContactCenterCase`.

    A role of the city reads what a manager reads, no more.
    """

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.city = [
            new_test_user(cls.env, f"cc_{name}", f"contact_center_supervision.{name}")
            for name in ROLES
        ]

    def _granted(self, user, model):
        records = self.env[model].with_user(user)
        return "".join(name[0] for name in OPERATIONS if records.has_access(name))

    def test_each_role_and_model(self):
        names = [
            name
            for name, model in self.registry.items()
            if name.startswith(OURS) and not model._abstract
        ]
        self.assertGreater(len(names), 25)
        for user in self.city:
            for name in names:
                expected = BEYOND.get(name) or self._granted(self.manager, name)
                with self.subTest(user=user.login, model=name):
                    self.assertEqual(self._granted(user, name), expected)

    def test_nothing_is_written_where_a_manager_reads(self):
        for name in ("conversation", "event", "stay", "agent.state", "assignment", "queue"):
            for user in self.city:
                self.assertEqual(self._granted(user, f"contact_center.{name}"), "r", name)

    def test_each_role_exports(self):
        for user in self.city:
            self.assertTrue(user.has_group("base.group_allow_export"))
            self.assertFalse(user.has_group("contact_center.group_technician"))
