# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

from .. import measure
from .common import MORNING, IndicatorMixin

# After the end of November
LATER = datetime(2026, 12, 2, 13)


@tagged("post_install", "-at_install")
class TestStatement(IndicatorMixin, ContactCenterCase):
    """November, settled by both parties."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        freezer = freeze_time(LATER)
        freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.second = cls._user("cc_second", "Sara Segunda", "contact_center.group_administrator")
        cls.inspector = cls._inspector()
        cls.Occurrence = cls.env["contact_center.indicator.occurrence"]

    def _november(self):
        """All days closed; on one of them three of four contacts were lost."""
        for _ in range(3):
            self._contact(lost=3)
        self._contact(answered=5, replied=1)
        for day in measure.days_of_month(2026, 11):
            self._freeze(day)

    def _statement(self, invoice=100_000, start="2025-01-01"):
        """Return the draft of November, under a contract that began on `start`."""
        contract = self._contract(self.inspector, fields.Date.to_date(start))
        self._invoice(contract, invoice)
        return self._draft()

    def _ask(self, statement):
        """Ask for approval with a reason for all that was not met."""
        statement.action_work_out()
        statement.reason_ids.text = "Faltaram atendentes"
        statement.action_request()

    def _draft(self):
        statements = self.env["contact_center.indicator.statement"]
        return statements.with_user(self.administrator).create({"start": "2026-11-01"})

    def _invoice(self, contract, amount, **values):
        return (
            self.env["contact_center.contract.invoice"]
            .with_user(self.administrator)
            .create(
                {
                    "contract_id": contract.id,
                    "month": "2026-11-01",
                    "amount": amount,
                    "document": "NF 77",
                    **values,
                }
            )
        )

    def _occurrence(self, kind, hours=None, at=MORNING, confirmed=True, seconds=0, **values):
        mended = at + timedelta(hours=hours, seconds=seconds) if hours is not None else False
        occurrence = self.Occurrence.with_user(self.supervisor).create(
            {
                "kind": kind,
                "description": "O que houve",
                "document": "Chamado 5",
                "happened_at": at,
                "mended_at": mended,
                **values,
            }
        )
        occurrence.action_request()
        if confirmed:
            occurrence.with_user(self.inspector).ruling = "Procede"
            occurrence.with_user(self.inspector).action_approve()
        return occurrence

    def _fines(self, statement):
        lines = statement.line_ids.filtered(lambda line: line.kind == "fine")
        return {line.code: line.amount for line in lines}

    def test_indicators_bands_penalties_and_the_total(self):
        self._november()
        statement = self._statement()
        self._ask(statement)
        # Abandonment 75 %, service level 25 %: both high
        self.assertEqual(self._fines(statement), {"IAL": 2000, "INS": 2000})
        self.assertEqual((statement.total, statement.cut), (4000, 0))
        self.assertEqual(statement.ceiling, 20_000)
        lines = statement.line_ids.filtered(lambda line: line.kind == "indicator")
        self.assertLessEqual(set(measure.FOURTEEN), set(lines.mapped("code")))
        lost = lines.filtered(lambda line: line.code == "IAL")
        self.assertEqual((lost.mean, lost.ratio, lost.band), ("75,00", "75,00", "high"))
        unknown = lines.filtered(lambda line: line.code == "IQA")
        self.assertEqual(unknown.why, "sem dados no mês")

    def test_repairs_duties_news_and_complaints(self):
        self._november()
        self._occurrence("central", hours=2)
        self._occurrence("equipment", hours=2, seconds=1)
        self._occurrence("equipment", hours=9)
        self._occurrence("duty")
        self._occurrence("media")
        for _ in range(6):
            self._occurrence("complaint")
        self._occurrence("link", hours=5)
        self._occurrence("flow", hours=25, confirmed=False)
        statement = self._statement()
        self._ask(statement)
        fines = self._fines(statement)
        self.assertEqual(fines.pop("equipment"), 1000)
        self.assertEqual(fines.pop("duty"), 500)
        self.assertEqual((fines.pop("IMN"), fines.pop("IRM")), (500, 1000))
        self.assertEqual(set(fines), {"IAL", "INS"})
        outside = statement.line_ids.filtered("outside")
        self.assertEqual(outside.code, "duty")
        self.assertEqual(statement.total, 7000)

    def test_occurrences_in_grace_are_not_fined(self):
        self._november()
        self._occurrence("central", hours=3)
        statement = self._statement(start="2026-11-01")
        self._ask(statement)
        self.assertEqual((self._fines(statement), statement.total), ({}, 0))

    def test_days_that_miss_a_daily_goal(self):
        source = type(self.env["contact_center.indicator.source"])
        own = source._sources

        def losses(period, tallies):
            lost = 41 if period.day.day <= 3 else 40
            tallies.add("IPL", None, None, measure.Tally(lost, 8000))

        with patch.object(source, "_sources", lambda self: [*own(self), losses]):
            for day in measure.days_of_month(2026, 11):
                self._freeze(day)
        statement = self._statement()
        self._ask(statement)
        self.assertEqual(self._fines(statement), {"IPL": 150})

    def test_it_is_approved_by_another_person_and_then_stays(self):
        self._november()
        statement = self._statement()
        self._ask(statement)
        for user in (self.administrator, self.second):
            with self.assertRaises(AccessError):
                statement.with_user(user).action_approve()
        statement.with_user(self.inspector).action_approve()
        self._occurrence("central", hours=3)
        self.assertEqual(statement.total, 4000)
        for records in (statement, statement.sudo()):
            with self.assertRaises(UserError):
                records.invoice = 5
        self._invoice(statement.contract_id, 1, document="NF 78", reason="Correção")
        self.assertEqual((statement.invoice, statement.document), (100_000, "NF 77"))
        with self.assertRaises(AccessError):
            statement.line_ids.write({"amount": 0})

    def test_withdrawn_it_is_worked_out_again(self):
        self._november()
        statement = self._statement()
        self._ask(statement)
        statement.action_withdraw()
        self.assertFalse(statement.line_ids)
        self._occurrence("central", hours=3)
        self._ask(statement)
        self.assertEqual(statement.total, 5000)

    def test_it_needs_all_days_of_its_month(self):
        statement = self._statement()
        with self.assertRaises(UserError):
            statement.action_request()
        with self.assertRaises(ValidationError):
            statement.start = "2026-11-02"

    def test_what_was_not_met_has_its_reason(self):
        self._november()
        self._occurrence("central", hours=3)
        statement = self._statement()
        with self.assertRaisesRegex(UserError, "IAL"):
            statement.action_request()
        statement.action_work_out()
        self.assertEqual(set(statement.reason_ids.mapped("code")), {"INS", "IAL", "central"})
        with self.assertRaises(AccessError):
            statement.with_user(self.inspector).reason_ids[:1].text = "x"
        with self.assertRaises(AccessError):
            statement.reason_ids[:1].words = "x"
        with self.assertRaises(AccessError):
            statement.reason_ids[:1].unlink()
        for reason in statement.reason_ids:
            reason.text = f"Por causa de {reason.code}"
        statement.action_request()
        # What was said stays when the month is worked out again
        statement.action_withdraw()
        self.assertIn("Por causa de IAL", statement.reason_ids.mapped("text"))
        statement.action_request()
        for records in (statement, statement.sudo()):
            with self.assertRaises(UserError):
                records.reason_ids.text = "y"

    def test_from_a_line_to_what_is_behind_it(self):
        self._november()
        self._occurrence("duty")
        self._occurrence("complaint")
        self._occurrence("equipment", hours=3)
        statement = self._statement()
        self._ask(statement)
        lines = {line.code: line for line in statement.line_ids}
        days = self.env["contact_center.indicator.day"].search(
            lines["IAL"].action_behind()["domain"]
        )
        self.assertEqual((sum(days.mapped("numerator")), sum(days.mapped("denominator"))), (3, 4))
        for code, kind in (("duty", "duty"), ("IRM", "complaint"), ("equipment", "equipment")):
            found = self.Occurrence.search(lines[code].action_behind()["domain"])
            self.assertEqual(found.mapped("kind"), [kind])

    def test_duties_of_different_clauses_are_fined_by_themselves(self):
        self._november()
        for clause in ("A3 5.8", "A3 5.8", "TR 13.24"):
            occurrence = self._occurrence("duty", confirmed=False, clause=clause)
            occurrence.with_user(self.inspector).ruling = "Procede"
            occurrence.with_user(self.inspector).action_approve()
        statement = self._statement()
        self._ask(statement)
        fines = self._fines(statement)
        self.assertEqual((fines["A3 5.8"], fines["TR 13.24"]), (500, 500))
        words = statement.line_ids.filtered(lambda line: line.code == "A3 5.8").words
        self.assertEqual(words, "outra obrigação (A3 5.8): 2 ocorrência(s)")
        found = self.Occurrence.search(
            statement.line_ids.filtered(lambda one: one.code == "A3 5.8").action_behind()["domain"]
        )
        self.assertEqual(len(found), 2)

    def test_it_needs_the_invoice_of_the_contract(self):
        self._november()
        contract = self._contract(self.inspector, fields.Date.to_date("2025-01-01"))
        statement = self._draft()
        with self.assertRaisesRegex(UserError, "invoice"):
            statement.action_request()
        self._invoice(contract, 100)
        with self.assertRaisesRegex(UserError, "corrected"), self.env.cr.savepoint():
            self._invoice(contract, 200)
        corrected = self._invoice(contract, 200, reason="Erro de digitação")
        self._ask(statement)
        self.assertEqual(statement.invoice, 200)
        with self.assertRaises(UserError):
            corrected.sudo().write({"amount": 1})
        with self.assertRaises(UserError):
            corrected.sudo().unlink()
        self.assertEqual(len(contract.invoice_ids), 2)

    def test_what_others_measured_is_printed_beside_the_penalties(self):
        self._november()
        statement = self._statement()
        measured = [{"words": "Horas logadas", "value": "100 h", "amount": 5000}]
        with patch.object(type(statement), "_measured", lambda self: measured):
            self._ask(statement)
        line = statement.line_ids.filtered(lambda line: line.kind == "measured")
        self.assertEqual((line.words, line.amount), ("Horas logadas", 5000))
        self.assertEqual(statement.total, 4000)

    def test_it_is_printed_with_formulas_and_readings(self):
        self._november()
        self._occurrence("central", hours=3)
        statement = self._statement()
        self._ask(statement)
        statement.with_user(self.inspector).action_approve()
        report = self.env["ir.actions.report"].with_user(self.manager)
        html, kind = report._render_qweb_html(
            "contact_center_indicator.indicator_statement_report", statement.ids
        )
        self.assertEqual(kind, "html")
        text = html.decode()
        for words in (
            "Extrato do mês",
            measure.INDICATORS["IAL"].numerator,
            measure.SWITCHES["billed_value"].question,
            "a média dos dias trabalhados",
            "central telefônica ou atendimento eletrônico parados: 1 ocorrência(s)",
            "Ines Fiscal",
            "Faltaram atendentes",
            "Atende Ltda.",
            "Pela prefeitura",
        ):
            self.assertIn(words, text)
        self.assertNotIn("Ainda não aprovado", text)

    def test_supervisors_record_and_do_not_decide(self):
        occurrence = self._occurrence("central", hours=3, confirmed=False)
        self.assertTrue(occurrence.is_late)
        other = self._user("cc_other", "Olga Outra", "contact_center.group_supervisor")
        with self.assertRaises(AccessError):
            occurrence.with_user(other).action_approve()
        with self.assertRaises(AccessError):
            self.Occurrence.with_user(self.manager).create(
                {"kind": "duty", "description": "x", "happened_at": MORNING}
            )

    def test_a_stop_that_lasts_is_late_by_now(self):
        self.assertFalse(self._occurrence("link", hours=4).is_late)
        self.assertTrue(self._occurrence("link").is_late)
        self.assertFalse(self._occurrence("media").is_late)
