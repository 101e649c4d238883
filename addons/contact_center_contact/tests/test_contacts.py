# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io

from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.contact_center.tests.common import ContactCenterCase

CPF = "529.982.247-25"


@tagged("post_install", "-at_install")
class TestContacts(ContactCenterCase):
    """The registry of citizens: found, written, imported, merged and deleted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Partner = cls.env["res.partner"]
        cls.citizen.write({"email": "maria@example.com", "vat": CPF, "ref": "M-4711"})

    def find(self, text, user=None):
        """Contacts that the search field of the screen finds."""
        partners = self.Partner.with_user(user or self.agent)
        return partners.search([("contact_center_find", "ilike", text)])

    # ------------------------------------------------------------
    # Search
    # ------------------------------------------------------------

    def test_found_by_any_part_of_what_is_known(self):
        for text in (
            "maria",
            "silva MARIA",
            "Sílva",
            "88887777",
            "988887777",
            "(31) 8888-7777",
            "(31) 98888-7777",
            "+55 31 98888-7777",
            "5531 8888 7777",
            "031 98888-7777",
            "8887",
            "maria@exa",
            "529.982",
            "52998224725",
            "m-4711",
        ):
            with self.subTest(text=text):
                self.assertIn(self.citizen, self.find(text))

    def test_number_stored_without_the_ninth_digit_is_found_with_it(self):
        old = self.Partner.create({"name": "Número antigo", "phone": "553188776655"})
        for text in ("98877-6655", "8877-6655", "31 98877", "+5531988776655"):
            self.assertIn(old, self.find(text))

    def test_land_line_gets_no_ninth_digit(self):
        office = self.Partner.create({"name": "Posto", "phone": "(31) 3333-4444"})
        self.assertIn(office, self.find("3133334444"))
        self.assertNotIn(office, self.find("31933334444"))

    def test_wildcards_are_plain_characters(self):
        odd = self.Partner.create({"name": "Cem 100% certo"})
        self.assertEqual(self.find("100%"), odd)
        self.assertFalse(self.find("mari_"))

    def test_what_is_not_there_is_not_found(self):
        self.assertNotIn(self.citizen, self.find("maria souza"))
        self.assertNotIn(self.citizen, self.find("77778888"))

    def test_choosing_a_citizen_by_number(self):
        found = self.Partner.with_user(self.agent).name_search("8888-7777")
        self.assertIn(self.citizen.id, [partner_id for partner_id, _name in found])

    def test_conversations_are_found_by_protocol_name_and_number(self):
        conversation = self._in_service()
        conversation._close("resolved")
        mine = self.Conversation.with_user(self.agent)
        first = etree.fromstring(mine.get_view(view_type="search")["arch"]).find("field")
        for words in (conversation.protocol, "maria da", "8888-7777", "(31) 8888 7777"):
            domain = safe_eval(first.get("filter_domain"), {"self": words})
            self.assertIn(conversation, mine.search(domain), words)

    def test_search_is_two_queries_by_an_index(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'res_partner' "
            "AND indexdef LIKE '%%contact_center_search%%'"
        )
        self.assertIn("gin_trgm_ops", self.env.cr.fetchone()[0])
        partners = self.Partner.with_user(self.supervisor)
        partners.search([("contact_center_find", "ilike", "3198888")])
        # One for the contacts, one of a channel that knows people under further numbers
        with self.assertQueryCount(2):
            partners.search([("contact_center_find", "ilike", "3198887")])

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------

    def test_technician_adds_and_edits_citizens(self):
        with Form(
            self.Partner.with_user(self.agent), view="contact_center_contact.contact_view_form"
        ) as form:
            form.name = "José Souza"
            form.phone = "31 8777-6666"
            form.vat = "11144477735"
            form.contact_center_department = "Secretaria de Obras"
        jose = form.record
        self.assertEqual(jose.phone, "+55 31 98777-6666")
        self.assertEqual(jose.vat, "111.444.777-35")
        jose.with_user(self.colleague).city = "João Monlevade"

    def test_wrong_document_is_refused_in_words(self):
        with self.assertRaisesRegex(ValidationError, "neither a CPF nor a CNPJ"):
            self.citizen.with_user(self.agent).vat = "529.982.247-26"
        self.citizen.write({"country_id": self.env.ref("base.pt").id, "vat": "PT123"})

    def test_rights_of_each_role(self):
        for user in (self.agent, self.supervisor, self.administrator):
            self.citizen.with_user(user).city = user.name
        for user in (self.manager, self.employee):
            with self.assertRaises(AccessError):
                self.citizen.with_user(user).city = "x"
            with self.assertRaises(AccessError):
                self.Partner.with_user(user).create({"name": "x"})
        for user in (self.agent, self.supervisor, self.manager, self.employee):
            fresh = self.Partner.create({"name": "Sem conversa"})
            with self.assertRaises(AccessError):
                fresh.with_user(user).unlink()
            with self.assertRaises(AccessError):
                fresh.with_user(user).action_archive()
        fresh.with_user(self.administrator).unlink()

    def test_nobody_edits_a_colleague_or_the_city_by_the_contacts(self):
        for partner in (
            self.administrator.partner_id,
            self.env.ref("base.partner_admin"),
            self.env.company.partner_id,
        ):
            for user in (self.agent, self.supervisor, self.administrator):
                with self.assertRaises(AccessError):
                    partner.with_user(user).email = "evil@example.com"

    def test_only_administrators_export(self):
        for user in (self.agent, self.supervisor, self.manager):
            with self.assertRaises(UserError):
                self.citizen.with_user(user).export_data(["name", "phone"])
        rows = self.citizen.with_user(self.administrator).export_data(["name", "phone", "vat"])
        self.assertEqual(rows["datas"], [["Maria da Silva", "+5531988887777", CPF]])

    # ------------------------------------------------------------
    # Deleting
    # ------------------------------------------------------------

    def delete(self, partners, user=None):
        """Confirm the dialog, as far as `user` may; return it."""
        dialog = (
            self.env["contact_center.contact.delete"]
            .with_user(user or self.administrator)
            .create({"partner_ids": partners.ids})
        )
        dialog.action_confirm()
        return dialog

    def test_deletion_names_what_is_kept_and_archives(self):
        conversation = self._waiting()
        fresh = self.Partner.create({"name": "Sem conversa"})
        dialog = (
            self.env["contact_center.contact.delete"]
            .with_user(self.administrator)
            .create({"partner_ids": (self.citizen | fresh).ids})
        )
        self.assertIn("Maria da Silva", dialog.kept)
        self.assertIn("1 conversations, with their protocol numbers", dialog.kept)
        self.assertEqual(dialog.deleted_count, 1)
        dialog.action_confirm()
        self.assertFalse(fresh.exists())
        self.assertFalse(self.citizen.active)
        self.assertTrue(conversation.exists())

    def test_a_contact_with_conversations_is_never_deleted(self):
        self._waiting()
        with self.assertRaisesRegex(UserError, "the law wants this kept: 1 conversations"):
            self.citizen.with_user(self.administrator).unlink()

    def test_only_administrators_delete(self):
        fresh = self.Partner.create({"name": "Sem conversa"})
        for user in (self.agent, self.supervisor, self.manager):
            with self.assertRaises(AccessError):
                self.delete(fresh, user)
        self.assertTrue(fresh.exists())

    # ------------------------------------------------------------
    # Import
    # ------------------------------------------------------------

    def load_file(self, content, file_type, columns):
        """Import a file as the screen does; return the answer."""
        wizard = (
            self.env["base_import.import"]
            .with_user(self.agent)
            .create(
                {
                    "res_model": "res.partner",
                    "file": content,
                    "file_name": "contatos",
                    "file_type": file_type,
                }
            )
        )
        options = {
            "quoting": '"',
            "separator": ",",
            "has_headers": True,
            "advanced": True,
            "keep_matches": False,
            "encoding": "utf-8",
        }
        wizard.parse_preview(options)
        return wizard.execute_import(columns, columns, options)

    COLUMNS = ("name", "phone", "email", "vat")

    def test_import_csv_normalises_and_names_duplicates(self):
        content = (
            b"Nome,Telefone,E-mail,CPF\n"
            b"Rita Lima,(31) 8777-1111,rita@example.com,11144477735\n"
            b"Maria S.,31 8888-7777,,\n"
        )
        answer = self.load_file(content, "text/csv", list(self.COLUMNS))
        self.assertFalse(answer.get("ids"))
        words = " ".join(message["message"] for message in answer["messages"])
        self.assertIn("Maria S.", words)
        self.assertIn(f"Maria da Silva (ID {self.citizen.id})", words)
        good = content.decode().rsplit("\n", 2)[0].encode()
        answer = self.load_file(good, "text/csv", list(self.COLUMNS))
        self.assertFalse(answer["messages"])
        rita = self.Partner.browse(answer["ids"])
        self.assertEqual(rita.phone, "+55 31 98777-1111")
        self.assertEqual(rita.vat, "111.444.777-35")

    def test_import_xlsx(self):
        from openpyxl import Workbook

        book = Workbook()
        book.active.append(list(self.COLUMNS))
        book.active.append(["Rita Lima", "31987771111", "rita@example.com", "11144477735"])
        file = io.BytesIO()
        book.save(file)
        answer = self.load_file(
            file.getvalue(),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            list(self.COLUMNS),
        )
        self.assertFalse(answer["messages"])
        self.assertEqual(self.Partner.browse(answer["ids"]).phone, "+55 31 98777-1111")

    def test_import_reads_telephones_as_people_write_them(self):
        content = (
            "Nome,Telefone\n"
            "A,(31) 9 8765-4321 / 3333-4444\n"
            "B,+55 (031) 98888-2293\n"
            "C,31 98888-2290 (recado com a Ana)\n"
            "D,0 31 31 98888-1111\n"
        )
        answer = self.load_file(content.encode(), "text/csv", ["name", "phone"])
        self.assertFalse(answer["messages"])
        partners = self.Partner.browse(answer["ids"])
        self.assertEqual(
            partners.mapped("phone"),
            ["+55 31 98765-4321", "+55 31 98888-2293", "+55 31 98888-2290", "+55 31 98888-1111"],
        )
        self.assertIn("3333-4444", partners[0].comment)
        self.assertFalse(partners[1].comment)
        self.assertIn("recado com a Ana", partners[2].comment)

    def test_import_refuses_what_is_no_telephone_and_says_why(self):
        for text, reason in (
            ('"5,53199E+12"', "dropped its last digits"),
            ("98888-2277", "area code is missing"),
            ("não tem", "no telephone number in it"),
            ("31 98888-777", "nobody can have this number"),
        ):
            with self.subTest(text=text):
                content = f"Nome,Telefone\nBom,31 98888-2290\nRuim,{text}\n".encode()
                answer = self.load_file(content, "text/csv", ["name", "phone"])
                self.assertFalse(answer.get("ids"))
                refused = [one for one in answer["messages"] if reason in one["message"]]
                # Odoo names the batch's first row as well
                self.assertEqual(refused[-1]["rows"], {"from": 1, "to": 1})

    def test_local_numbers_get_the_citys_area_code(self):
        self.env["res.config.settings"].create({"contact_center_area_code": "31"}).execute()
        jose = self.Partner.with_user(self.agent).create({"name": "José", "phone": "8777-6666"})
        self.assertEqual(jose.phone, "+55 31 98777-6666")
        with self.assertRaisesRegex(ValidationError, "not a Brazilian area code"):
            self.env["res.config.settings"].create({"contact_center_area_code": "20"})

    def test_the_form_says_why_and_keeps_what_else_was_written(self):
        partner = self.Partner.with_user(self.agent).create({"name": "José", "comment": "Antes."})
        for text in ("98888-7777", "não tem", "123", "(00) 98888-7777", "31 99999-9999"):
            with self.assertRaisesRegex(ValidationError, "is not a telephone number"):
                partner.phone = text
        partner.phone = "31 98888-7777, ramal 12"
        self.assertEqual(partner.phone, "+55 31 98888-7777")
        self.assertIn("Antes.", partner.comment)
        self.assertIn("ramal 12", partner.comment)
        partner.phone = "+351 912 345 678"
        self.assertEqual(partner.phone, "+351 912 345 678")
        partner.phone = "0800 283 2289"
        self.assertEqual(partner.phone, "0800 283 2289")
        self.assertFalse(partner.contact_center_phone_key)

    def test_template_of_the_import_is_offered_and_there(self):
        template = self.Partner.with_user(self.agent).get_import_templates()[0]
        self.assertEqual(
            template["template"], "/contact_center_contact/static/xls/modelo_contatos.xlsx"
        )

    # ------------------------------------------------------------
    # Duplicates
    # ------------------------------------------------------------

    def duplicates(self, partner):
        """Return the suggestions about a contact."""
        self.env["contact_center.contact.duplicate"]._refresh()
        return self.env["contact_center.contact.duplicate"].search(
            ["|", ("partner_id", "=", partner.id), ("other_id", "=", partner.id)]
        )

    def test_duplicates_are_suggested_with_their_reasons(self):
        twin = self.Partner.create({"name": "Maria Silva", "phone": "31 8888-7777"})
        pair = self.duplicates(self.citizen)
        self.assertEqual(pair.other_id, twin)
        self.assertEqual(pair.kinds, ["name", "phone"])
        self.assertIn("ninth digit", pair.reasons)
        self.assertTrue(self.citizen.exists() and twin.exists())

    def test_people_of_a_company_share_its_document(self):
        company = self.Partner.create(
            {"name": "Papelaria Central", "is_company": True, "vat": "11144477735"}
        )
        worker = self.Partner.create({"name": "Rui Costa", "parent_id": company.id})
        self.assertEqual(worker.vat, company.vat)
        self.assertFalse(self.duplicates(company))

    def test_not_the_same_person_is_remembered(self):
        self.Partner.create({"name": "João", "email": "maria@example.com"})
        pair = self.duplicates(self.citizen)
        for user in (self.agent, self.manager):
            with self.assertRaises(AccessError):
                pair.with_user(user).action_different()
        pair.with_user(self.supervisor).action_different()
        self.assertEqual(self.duplicates(self.citizen).state, "different")

    def test_a_key_of_a_whole_department_says_nothing(self):
        self.Partner.create([{"name": f"P{i}", "phone": "31 3851-1000"} for i in range(12)])
        some = self.Partner.search([("name", "=", "P1")], limit=1)
        self.assertFalse(self.duplicates(some))

    def test_merge_keeps_conversations_and_leaves_a_note(self):
        twin = self.Partner.create({"name": "Maria Silva", "phone": "31 8888-7777", "city": "BH"})
        conversation = self._waiting()
        pair = self.duplicates(self.citizen)
        for user in (self.agent, self.manager):
            with self.assertRaises(AccessError):
                pair.with_user(user).action_merge()
        dialog = (
            self.env["contact_center.contact.merge"]
            .with_user(self.supervisor)
            .create({"duplicate_id": pair.id, "keep": "other"})
        )
        dialog.action_merge()
        self.assertFalse(self.citizen.exists())
        self.assertEqual(conversation.partner_id, twin)
        self.assertEqual(twin.email, "maria@example.com")
        self.assertIn("Merged with the contact Maria da Silva", twin.message_ids[0].body)

    def test_merge_never_touches_users(self):
        self.citizen.email = "cc_colleague@example.com"
        pair = self.env["contact_center.contact.duplicate"].create(
            {"partner_id": self.citizen.id, "other_id": self.colleague.partner_id.id}
        )
        dialog = (
            self.env["contact_center.contact.merge"]
            .with_user(self.supervisor)
            .create({"duplicate_id": pair.id})
        )
        with self.assertRaises(UserError):
            dialog.action_merge()
