# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase
from odoo.addons.contact_center.tests.neighbours import Neighbours


@tagged("post_install", "-at_install")
class TestNeighbours(Neighbours, ContactCenterCase):
    """The registry leaves the contacts of others alone, and its own rules hold for citizens."""

    def test_a_citizen_is_a_citizen_whoever_writes(self):
        self._waiting()
        citizen = self.citizen.with_user(self.salesperson)
        with self.assertRaisesRegex(ValidationError, "neither a CPF nor a CNPJ"):
            citizen.vat = "12-3456789"
        with self.assertRaisesRegex(ValidationError, "is not a telephone number"):
            citizen.phone = "ext. 12"
        with self.assertRaises(AccessError):
            citizen.action_archive()
        citizen.write({"phone": "31 8777-6666", "vat": "11144477735"})
        self.assertEqual((citizen.phone, citizen.vat), ("+55 31 98777-6666", "111.444.777-35"))

    def test_citizens_and_customers_written_at_once(self):
        self._waiting()
        customer = self.env["res.partner"].create({"name": "Globex"})
        both = (self.citizen | customer).with_user(self.salesperson)
        both.write({"phone": "31 8777-6666"})
        self.assertEqual(self.citizen.phone, "+55 31 98777-6666")
        self.assertEqual(customer.phone, "31 8777-6666")

    def test_the_screens_of_the_registry_have_its_rules_for_everybody(self):
        self.keeper.group_ids = [
            Command.link(self.env.ref("contact_center.group_administrator").id)
        ]
        partners = self.env["res.partner"].with_user(self.keeper)
        self.assertEqual(partners.create({"name": "Globex", "vat": "12-3456789"}).vat, "12-3456789")
        context = {"contact_center_registry": True}
        self.assertEqual(
            self.env["ir.actions.act_window"]._for_xml_id("contact_center_contact.contact_action")[
                "context"
            ],
            str(context),
        )
        with self.assertRaisesRegex(ValidationError, "neither a CPF nor a CNPJ"):
            partners.with_context(**context).create({"name": "Rita", "vat": "12-3456789"})

    def test_the_form_of_a_customer_warns_of_nothing(self):
        with Form(self.env["res.partner"].with_user(self.keeper)) as form:
            form.name = "Globex"
            form.phone = "ext. 12"
            form.vat = "12-3456789"
        self.assertEqual(form.record.phone, "ext. 12")
