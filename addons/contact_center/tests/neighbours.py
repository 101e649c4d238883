# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules in an Odoo that does other work: the contacts of others are left alone."""

from odoo import Command
from odoo.tests.common import new_test_user


class Neighbours:
    """Mixin for `ContactCenterCase`: a salesperson who writes customers without us."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sales = cls.env["res.groups"].create({"name": "Vendas"})
        cls.env["ir.model.access"].create(
            {
                "name": "res.partner sales",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "group_id": sales.id,
                **dict.fromkeys(("perm_read", "perm_write", "perm_create", "perm_unlink"), True),
            }
        )
        cls.salesperson = cls._user("cc_sales", "Vera Vendas", "base.group_user")
        cls.salesperson.group_ids = [Command.link(sales.id)]
        cls.keeper = cls._user("cc_keeper", "Ciro Contatos", "base.group_partner_manager")
        cls.keeper.group_ids = [Command.link(cls.env.ref("base.group_user").id)]

    def _neighbours(self):
        """Return the contacts as each of these users sees them."""
        for user in (self.salesperson, self.keeper):
            yield user, self.env["res.partner"].with_user(user)

    def test_a_foreign_tax_number_without_a_country(self):
        for user, partners in self._neighbours():
            with self.subTest(user=user.login):
                customer = partners.create({"name": "Globex", "vat": "12-3456789"})
                customer.write({"vat": "GB 123 4567 89"})
                self.assertEqual(customer.vat, "GB 123 4567 89")

    def test_a_telephone_as_they_write_it(self):
        for user, partners in self._neighbours():
            with self.subTest(user=user.login):
                customer = partners.create({"name": "Globex", "phone": "ext. 12"})
                self.assertEqual(customer.phone, "ext. 12")
                (customer | customer.copy()).write({"phone": "98888-7777"})
                self.assertEqual(customer.phone, "98888-7777")
                self.assertFalse(customer.comment)

    def test_archiving_and_deleting(self):
        for user, partners in self._neighbours():
            with self.subTest(user=user.login):
                customer = partners.create({"name": "Globex"})
                customer.action_archive()
                self.assertFalse(customer.active)
                customer.unlink()
                self.assertFalse(customer.exists())

    def test_importing_the_same_telephone_twice(self):
        for user, partners in self._neighbours():
            with self.subTest(user=user.login):
                rows = [["Globex", "+5531988887777"], ["Globex Matriz", "+5531988887777"]]
                found = partners.with_context(import_file=True).load(["name", "phone"], rows)
                self.assertFalse(found["messages"])
                self.assertEqual(len(found["ids"]), 2)

    def test_whom_they_may_edit_is_not_our_business(self):
        customer = new_test_user(self.env, "cc_portal_customer", "base.group_portal").partner_id
        for user, _partners in self._neighbours():
            with self.subTest(user=user.login):
                customer.with_user(user).city = "Paris"
                self.env.company.partner_id.with_user(user).city = "Paris"
