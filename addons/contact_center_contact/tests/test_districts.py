# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import io

import openpyxl
from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.contact_center.tests.common import ContactCenterCase

CSV = "Regional;Bairro\r\nCentro-Sul;Savassi\r\nLeste;Santa Efigênia\r\nLeste;São Lucas\r\n"


@tagged("post_install", "-at_install")
class TestDistricts(ContactCenterCase):
    """Where citizens live: chosen or found by what they typed, which nothing changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Partner = cls.env["res.partner"]
        cls.District = cls.env["contact_center.district"]
        cls.south, cls.east = cls.env["contact_center.region"].create(
            [{"name": "Centro-Sul"}, {"name": "Leste"}]
        )
        cls.savassi, cls.efigenia = cls.District.create(
            [
                {"name": "Savassi", "region_id": cls.south.id},
                {"name": "Santa Efigênia", "region_id": cls.east.id, "other_names": "Hospitais"},
            ]
        )

    def _import(self, content, user=None):
        wizards = self.env["contact_center.district.import"].with_user(user or self.administrator)
        return wizards.create({"file": base64.b64encode(content), "filename": "bairros"})

    # ------------------------------------------------------------
    # Found
    # ------------------------------------------------------------

    def test_found_by_what_was_typed(self):
        for typed, district in (
            ("SAVASSI", self.savassi),
            ("Bairro Savassi - MG", self.savassi),
            ("sta. efigenia", self.efigenia),
            ("hospitais", self.efigenia),
            ("perto do parque", self.District),
        ):
            with self.subTest(typed=typed):
                partner = self.Partner.create({"name": "Zé", "street2": typed})
                self.assertEqual(partner.contact_center_district_id, district)
                self.assertEqual(partner.contact_center_region_id, district.region_id)
                self.assertEqual(partner.street2, typed)

    def test_follows_who_moves_and_keeps_what_was_chosen(self):
        self.citizen.street2 = "Savassi"
        self.citizen.street2 = "Lugar nenhum"
        self.assertFalse(self.citizen.contact_center_district_id)
        self.citizen.contact_center_district_id = self.efigenia
        self.assertEqual(self.citizen.street2, "Lugar nenhum")
        self.citizen.write({"street": "Rua A, 10"})
        self.assertEqual(self.citizen.contact_center_district_id, self.efigenia)
        self.citizen.street2 = False
        self.assertEqual(self.citizen.contact_center_region_id, self.east)

    def test_another_city_has_other_districts(self):
        self.env.company.city = "Belo Horizonte"
        self.citizen.write({"street2": "Savassi", "city": "Contagem"})
        self.assertFalse(self.citizen.contact_center_district_id)
        self.citizen.city = "BELO HORIZONTE"
        self.assertEqual(self.citizen.contact_center_district_id, self.savassi)

    def test_choosing_fills_an_empty_address(self):
        with Form(
            self.citizen.with_user(self.agent), "contact_center_contact.contact_view_form"
        ) as form:
            form.contact_center_district_id = self.savassi
            self.assertEqual(form.street2, "Savassi")
        self.assertEqual(self.citizen.contact_center_region_id, self.south)

    def test_a_new_name_finds_who_named_it_before(self):
        self.citizen.street2 = "Floresta"
        self.assertFalse(self.citizen.contact_center_district_id)
        floresta = self.District.create({"name": "Floresta", "region_id": self.east.id})
        self.assertEqual(self.citizen.contact_center_district_id, floresta)
        self.assertEqual(self.citizen.contact_center_region_id, self.east)
        self.assertEqual(self.citizen.street2, "Floresta")

    def test_the_region_is_that_of_the_district(self):
        self.citizen.contact_center_district_id = self.savassi
        self.savassi.region_id = self.east
        self.assertEqual(self.citizen.contact_center_region_id, self.east)

    def test_reports_count_by_the_list_and_else_by_what_was_typed(self):
        self.efigenia.region_id = False
        values = (
            ({"street2": "B. Savassi", "city": "BH"}, ("Savassi", "Centro-Sul")),
            ({"street2": "Hospitais", "city": "BH"}, ("Santa Efigênia", "BH")),
            ({"street2": " Eldorado ", "city": "Contagem"}, ("Eldorado", "Contagem")),
            ({"name": "Ninguém sabe onde"}, (None, None)),
        )
        partners = [self.Partner.create({"name": "João", **vals}) for vals, _place in values]
        self.env.flush_all()
        district, region = self.env["contact_center.report.kind"]._place_sql()
        query = SQL("SELECT p.id, %s, %s FROM res_partner p", district, region)
        found = {number: place for number, *place in self.env.execute_query(query)}
        for partner, (vals, place) in zip(partners, values, strict=True):
            with self.subTest(vals=vals):
                self.assertEqual(tuple(found[partner.id]), place)

    def test_names_are_there_once(self):
        with self.assertRaises(ValidationError):
            self.District.create({"name": "..."})
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            self.District.create({"name": "SAVASSI"})

    # ------------------------------------------------------------
    # Merged
    # ------------------------------------------------------------

    def _merge(self, kept, gone):
        pair = self.env["contact_center.contact.duplicate"].create(
            {"partner_id": kept.id, "other_id": gone.id, "kinds": ["phone"], "score": 4}
        )
        wizard = self.env["contact_center.contact.merge"].with_user(self.supervisor)
        wizard.create({"duplicate_id": pair.id}).action_merge()

    def test_merging_keeps_a_chosen_district(self):
        gone = self.Partner.create({"name": "Maria", "street2": "perto da praça"})
        gone.contact_center_district_id = self.efigenia
        self._merge(self.citizen, gone)
        self.assertEqual(self.citizen.contact_center_district_id, self.efigenia)
        self.assertEqual(self.citizen.contact_center_region_id, self.east)
        self.assertEqual(self.citizen.street2, "perto da praça")

    def test_merging_keeps_the_address_of_who_goes_in_the_note(self):
        self.citizen.street2 = "Savassi"
        gone = self.Partner.create({"name": "Maria", "street": "Rua B", "street2": "Hospitais"})
        self._merge(self.citizen, gone)
        self.assertEqual(self.citizen.contact_center_district_id, self.savassi)
        note = self.citizen.message_ids[:1].body
        self.assertIn("Rua B", note)
        self.assertIn("Hospitais", note)

    # ------------------------------------------------------------
    # Imported
    # ------------------------------------------------------------

    def test_a_list_in_any_encoding(self):
        for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
            with self.subTest(encoding=encoding), self.cr.savepoint() as point:
                self.citizen.street2 = "S. Lucas"
                wizard = self._import(CSV.encode(encoding))
                self.assertIn("3 districts in 2 regions", wizard.preview)
                wizard.action_import()
                lucas = self.District.search([("name", "=", "São Lucas")])
                self.assertEqual(lucas.region_id, self.east)
                self.assertEqual(self.citizen.contact_center_district_id, lucas)
                self.assertEqual(self.District.search_count([]), 3)
                point.rollback()
                self.env.invalidate_all()
                self.env.registry.clear_cache()

    def test_a_workbook_corrects_and_deletes_nothing(self):
        book = openpyxl.Workbook()
        for row in (
            ["Lista de bairros"],
            ["Bairro", "Regional", "Outros nomes"],
            ["SAVASSI", "Leste", "Praça"],
            ["Lourdes", "Oeste", None],
        ):
            book.active.append(row)
        stream = io.BytesIO()
        book.save(stream)
        self._import(stream.getvalue()).action_import()
        self.assertEqual(self.savassi.name, "Savassi")
        self.assertEqual(self.savassi.region_id, self.east)
        self.assertEqual(self.savassi.other_names, "Praça")
        self.assertTrue(self.efigenia.exists())
        self.assertEqual(self.env["contact_center.region"].search_count([]), 3)

    def test_what_is_wrong_is_said_and_nothing_is_brought_in(self):
        before = self.District.search_count([])
        for content, words in (
            (b"\x00\x01\x02", "neither CSV"),
            (b"", "no district"),
            (b"Bairro;Regional\n;Leste\n", "Row 2 of the file has no district"),
            (b"Bairro;Regional\nSerra;Sul\nSerra;Leste\n", "row 2 of the file"),
            (b"a;b\nc;d\n", "which column"),
        ):
            with self.subTest(content=content):
                wizard = self._import(content or b" ")
                self.assertIn(words, wizard.preview)
                with self.assertRaisesRegex(UserError, words):
                    wizard.action_import()
        self.assertEqual(self.District.search_count([]), before)
