# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GlpiCase


@tagged("post_install", "-at_install")
class TestCompanies(GlpiCase):
    """Tickets go to the GLPI of the company that serves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.water = cls.env["res.company"].create({"name": "Águas Municipais"})
        cls.water_server = cls.server.copy(
            {
                "name": "GLPI das Águas",
                "url": "https://aguas.example.test",
                "company_id": cls.water.id,
                "sequence": 1,
            }
        )

    def test_the_first_server_is_one_of_the_company(self):
        servers = self.env["glpi.server"]
        self.assertEqual(servers._first_of(self.env.company), self.server)
        self.assertEqual(servers._first_of(self.water), self.water_server)
        self.assertEqual(self._ticket(category_id=False, location_id=False).server_id, self.server)
        self.server.active = False
        with self.assertRaises(UserError):
            self._ticket(category_id=False, location_id=False)

    def test_a_queue_names_a_server_of_its_company(self):
        with self.assertRaises(UserError):
            self.queue.glpi_server_id = self.water_server

    def test_others_see_neither_the_server_nor_its_lists(self):
        category = self.env["glpi.category"].create(
            {
                "server_id": self.water_server.id,
                "glpi_id": 5,
                "name": "Vazamento",
                "complete_name": "V",
            }
        )
        for record in (self.water_server, category):
            found = record.with_user(self.administrator).search([("id", "=", record.id)])
            self.assertFalse(found)
