# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestHolidayImport(ContactCenterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.minas = cls.env["res.country.state"].search(
            [("country_id.code", "=", "BR"), ("code", "=", "MG")]
        )
        cls.sao_paulo = cls.minas.search([("country_id.code", "=", "BR"), ("code", "=", "SP")])
        cls.env.company.write({"country_id": cls.minas.country_id.id, "state_id": cls.minas.id})
        cls.Lines = cls.env["calendar.public.holiday.line"]
        cls.env["calendar.public.holiday"].search([]).unlink()

    def _wizard(self, **vals):
        return (
            self.env["contact_center.holiday.import"]
            .with_user(self.administrator)
            .create({"year_from": 2026, "year_to": 2026, **vals})
        )

    def _file(self, text):
        return base64.b64encode(text.encode())

    def test_brings_in_what_is_chosen_and_only_once(self):
        wizard = self._wizard()
        self.assertEqual(wizard.state_id, self.minas)
        chosen = wizard.line_ids.filtered("chosen")
        self.assertIn("Carnaval", chosen.mapped("name"))
        self.assertNotIn("Dia do Servidor Público", chosen.mapped("name"))
        wizard.line_ids.filtered(lambda line: line.name == "Corpus Christi").chosen = False
        wizard.action_import()
        lines = self.Lines.search([])
        self.assertEqual(len(lines), len(chosen) - 1)
        self.assertIn(date(2026, 2, 17), lines.mapped("date"))
        self.assertNotIn(date(2026, 6, 4), lines.mapped("date"))
        again = self._wizard()
        self.assertTrue(all(again.line_ids.filtered("known").mapped("chosen")))
        again.line_ids.filtered(lambda line: not line.known).chosen = False
        again.action_import()
        self.assertEqual(self.Lines.search([]), lines)

    def test_the_first_row_of_a_file_is_a_holiday_too(self):
        text = "01/01/26;Ano novo da cidade\n29/04/2026;Aniversário da cidade\n"
        for encoding in ("utf-8", "utf-16", "cp1252", "mac_roman"):
            content = text.replace("\n", "\r") if encoding == "mac_roman" else text
            wizard = self._wizard(file=base64.b64encode(content.encode(encoding)))
            own = wizard.line_ids.filtered(lambda line: line.level == "city")
            self.assertEqual(
                own.mapped(lambda line: (line.date, line.name)),
                [
                    (date(2026, 1, 1), "Ano novo da cidade"),
                    (date(2026, 4, 29), "Aniversário da cidade"),
                ],
            )
            self.assertTrue(all(own.mapped("chosen")))
            self.assertFalse(wizard.warning)

    def test_a_feast_on_last_years_day_is_warned_of(self):
        text = "04/03/2026;Carnaval\n29/04/2026;Aniversário da cidade\n"
        wizard = self._wizard(file=self._file(text))
        wrong = wizard.line_ids.filtered("right_date")
        self.assertEqual(wrong.mapped("name"), ["Carnaval"])
        self.assertEqual(wrong.right_date, date(2026, 2, 17))
        self.assertEqual(
            wizard.warning,
            "Carnaval is on 17/02 in 2026, not on 04/03: check it before bringing it in.",
        )

    def test_what_is_wrong_with_a_file_is_said(self):
        for content, words in (
            ("29/04;Festa\n30/04;\n", "Row 2 of the file has no name"),
            ("29/04;Festa\nontem;Nada\n", "Row 2 of the file is no holiday"),
            ("Data;Feriado\n", "There is no holiday in this file"),
            ("PK", "neither CSV, XLSX, XLS nor ICS"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self._wizard(file=self._file(content)).line_ids.mapped("name")

    def test_queues_are_closed_on_them(self):
        self._wizard().action_import()
        self.assertEqual(
            self.queue._holidays(date(2026, 4, 3), date(2026, 4, 3)),
            {date(2026, 4, 3): "Sexta-feira Santa"},
        )

    def test_citys_own_out_of_a_file(self):
        wizard = self._wizard(file=self._file("Data;Feriado\n29/04;Aniversário da cidade\n"))
        wizard.action_import()
        line = self.Lines.search([("date", "=", "2026-04-29")])
        self.assertEqual((line.name, line.level), ("Aniversário da cidade", "city"))

    def test_wrong_row_is_named(self):
        with self.assertRaisesRegex(UserError, "Row 2.*amanhã"):
            self._wizard(file=self._file("29/04;Festa\namanhã;Nada\n")).line_ids.mapped("name")

    def test_years_are_checked(self):
        with self.assertRaises(UserError):
            self._wizard(year_to=2025).line_ids.mapped("name")

    def test_holidays_of_the_state(self):
        self.env.company.state_id = self.sao_paulo
        self._wizard(state_id=self.sao_paulo.id).action_import()
        line = self.Lines.search([("level", "=", "state")])
        self.assertEqual((line.date, line.state_ids), (date(2026, 7, 9), self.sao_paulo))
        self.assertIn(date(2026, 7, 9), self.queue._holidays(date(2026, 7, 1), date(2026, 7, 31)))

    def test_another_state_is_refused_and_none_is_learned(self):
        with self.assertRaisesRegex(UserError, "São Paulo"):
            self._wizard(state_id=self.sao_paulo.id).action_import()
        self.env.company.state_id = False
        self._wizard(state_id=self.sao_paulo.id).action_import()
        self.assertEqual(self.env.company.state_id, self.sao_paulo)

    def test_next_year_is_filled_in_as_this_one_was(self):
        holidays = self.env["calendar.public.holiday"]
        wizard = self._wizard()
        wizard.line_ids.filtered(lambda line: line.name == "Corpus Christi").chosen = False
        wizard.action_import()
        with freeze_time("2026-09-30"):
            holidays._cron_fill_next_year()
        self.assertFalse(self.Lines.search([("date", ">", "2026-12-31")]))
        with freeze_time("2026-10-02"):
            holidays._cron_fill_next_year()
            added = self.Lines.search([("date", ">", "2026-12-31")])
            holidays._cron_fill_next_year()
        self.assertEqual(self.Lines.search([("date", ">", "2026-12-31")]), added)
        self.assertIn(date(2027, 2, 9), added.mapped("date"))
        self.assertNotIn("Corpus Christi", added.mapped("name"))
        told = self.env["mail.message"].search([("subject", "like", "Holidays of 2027")])
        self.assertIn(self.administrator.partner_id, told.notified_partner_ids)

    def test_who_never_brought_any_in_is_left_alone(self):
        self.env["calendar.public.holiday"].create(
            {"year": 2026, "line_ids": [Command.create({"name": "Natal", "date": "2026-12-25"})]}
        )
        with freeze_time("2026-10-02"):
            self.env["calendar.public.holiday"]._cron_fill_next_year()
        self.assertEqual(len(self.Lines.search([])), 1)
