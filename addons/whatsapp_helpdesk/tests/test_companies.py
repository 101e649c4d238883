# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestCompanies(WhatsappCase):
    """The number tells which company serves a citizen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.water = cls.env["res.company"].create({"name": "Águas Municipais"})

    def test_conversation_belongs_to_the_numbers_company(self):
        self.queue.company_id = False
        self.account.company_id = self.water
        conversation = self.say("oi").conversation_id
        self.assertEqual(conversation.company_id, self.water)
        self.assertFalse(conversation.with_user(self.supervisor)._filtered_access("read"))

    def test_queue_and_flow_are_of_the_numbers_company(self):
        with self.assertRaises(UserError):
            self.account.company_id = self.water
        with self.assertRaises(UserError):
            self.account.flow_id = self.env["chatbot.flow"].create(
                {"name": "Outro", "company_id": self.water.id}
            )

    def test_others_do_not_see_the_number_nor_write_from_it(self):
        self.queue.company_id = False
        self.account.company_id = self.water
        accounts = self.env["whatsapp.account"]
        self.assertNotIn(self.account, accounts.with_user(self.administrator).search([]))
        self.env["whatsapp.account"].search([("id", "!=", self.account.id)]).active = False
        with self.assertRaisesRegex(UserError, "no WhatsApp number"):
            self.citizen.with_user(self.supervisor)._whatsapp_account()
