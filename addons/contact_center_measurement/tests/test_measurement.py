# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

from .. import measurement as core
from ..models.source import DayCount
from .common import DAY, MeasurementMixin


@tagged("post_install", "-at_install")
class TestMeasurement(MeasurementMixin, ContactCenterCase):
    """November: measured, proposed, released, compared."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._contract(cls.inspector, "2026-01-01")
        cls._price("HL6", 4321.10)

    def _november(self):
        """One position from Monday to Friday, half of one at weekends: 25.5 days of 30."""
        for day in core.days_of_month(2026, 11):
            self._shift(self.agent, day, hours=3 if day.weekday() > 4 else 6)

    def test_quantity_price_and_amount_of_a_month(self):
        self._november()
        found = self._measure()
        line = self._line(found, "HL6")
        # 21 days with one position, 9 with half of one: 25.5 / 30
        self.assertEqual((line.quantity, line.price, line.amount), (0.85, 4321.10, 3672.94))
        self.assertEqual((found.total, found.state), (3672.94, "requested"))
        self.assertEqual(len(line.day_ids), 30)
        self.assertEqual(found.contract_id, self.contract)
        self.assertEqual(found.terms, {"basis": "month", "left_out": ["lost"]})

    def test_items_without_a_price_or_a_counter_say_so(self):
        source = type(self.env["contact_center.measurement.source"])
        own = source._counters

        def counters(model):
            return {item: count for item, count in own(model).items() if item != "SMS"}

        with patch.object(source, "_counters", counters):
            found = self._measure()
        self.assertEqual(set(found.line_ids.mapped("item")), set(core.ITEMS))
        sms, other = self._line(found, "SMS"), self._line(found, "HL24")
        self.assertIn("nenhum módulo instalado conta este item", sms.note)
        self.assertIn("sem preço unitário", other.note)
        self.assertEqual((sms.amount, other.amount), (0, 0))

    def test_time_of_people_without_an_assignment_is_told(self):
        self._shift(self.outsider, DAY)
        line = self._line(self._measure(), "HL6")
        self.assertEqual(line.quantity, 0)
        self.assertEqual(line.note, "sem lotação, não medido: 6,00 h de 1 pessoa(s)")

    def test_by_the_day_where_both_parties_agreed(self):
        self._approved(
            "contact_center.measurement.terms",
            self.inspector,
            start="2026-11-01",
            basis="day",
            break_snack=False,
            document="Aditivo 1",
        )
        at = [self.env.cr.now().replace(day=19, hour=hour) for hour in (12, 15, 18)]
        self._state(self.agent, "available", at[0], at[1])
        self._state(self.agent, "break", at[1], at[2], break_kind="snack", reason="Lanche")
        found = self._measure()
        self.assertEqual(self._line(found, "HL6").quantity, 0.5)
        self.assertIn(("Um posto é pago", "por dia: soma dos dias do mês"), found._terms_words())

    def test_only_after_the_month_and_only_with_a_price(self):
        with self.assertRaises(UserError):
            self._measure(start="2026-12-01")
        with self.assertRaisesRegex(UserError, "No unit price"):
            self._measure(start="2026-10-01")
        with self.assertRaises(ValidationError):
            self._measure(start="2026-11-02")

    def test_the_contractor_proposes_and_the_inspector_releases(self):
        found = self._measure(remarks="Mês sem quedas")
        with self.assertRaises(AccessError):
            found.with_user(self.administrator).action_approve()
        mine = found.with_user(self.inspector)
        self.assertTrue(mine.may_decide)
        context = mine.action_open_release()["context"]
        dialog = self.env["contact_center.measurement.release"].with_user(self.inspector)
        dialog.with_context(**context).create({"remarks": "Conferido"}).action_release()
        self.assertEqual((found.state, found.release_remarks), ("approved", "Conferido"))
        self.assertEqual(found.decided_by_id, self.inspector)
        with self.assertRaises(UserError):
            found.write({"remarks": "outra coisa"})
        with self.assertRaises(UserError):
            self._measure()
        own = self.env["contact_center.measurement"].with_user(self.inspector)
        own = own.create({"start": "2026-11-01", "document": "x"})
        with self.assertRaises(AccessError):
            own.action_request()

    def test_a_refused_one_leaves_room_for_another(self):
        first = self._measure()
        dialog = self.env["contact_center.measurement.release"].with_user(self.inspector)
        dialog.create({"measurement_id": first.id, "remarks": "Falta gente"}).action_refuse()
        self.assertEqual((first.state, first.release_remarks), ("refused", "Falta gente"))
        self._shift(self.agent, DAY)
        second = self._measure()
        self.assertEqual(self._line(second, "HL6").quantity, 0.0333)
        self.assertEqual(self._line(first, "HL6").quantity, 0)

    def test_withdrawn_it_has_no_figures(self):
        found = self._measure()
        found.action_withdraw()
        self.assertFalse(found.line_ids or found.hash or found.total or found.performance)

    def test_late_time_becomes_a_difference_and_changes_nothing(self):
        self._november()
        found = self._measure()
        found.with_user(self.inspector).action_approve()
        before = found.hash
        self._shift(self.colleague, DAY, hours=3)
        found.with_user(self.manager).action_recount()
        difference = found.difference_ids
        self.assertEqual((difference.day, difference.item), (DAY, "HL6"))
        self.assertEqual((difference.before, difference.after), (1, 1.5))
        self.assertEqual(difference.found_by_id, self.manager)
        found.action_recount()
        self.assertEqual(found.difference_ids, difference)
        self.assertEqual((found.hash, self._line(found, "HL6").quantity), (before, 0.85))
        self.assertEqual(found.action_verify()["params"]["type"], "success")

    def test_a_change_past_the_application_shows(self):
        self._november()
        found = self._measure()
        self.env.cr.execute(
            "UPDATE contact_center_measurement_line SET amount = amount + 1 WHERE item = 'HL6' "
            "AND measurement_id = %s",
            (found.id,),
        )
        found.line_ids.invalidate_recordset()
        self.assertEqual(found.action_verify()["params"]["type"], "danger")
        with self.assertRaisesRegex(UserError, "changed since it was proposed"):
            found.with_user(self.inspector).action_approve()

    def test_prices_begin_after_what_was_released(self):
        found = self._measure()
        found.with_user(self.inspector).action_approve()
        with self.assertRaisesRegex(UserError, "11/2026"):
            self._price("HL6", 5000, start="2026-10-01")
        self._price("HL6", 5000, start="2026-12-01")
        prices = self.env["contact_center.measurement.price"]._in_force(DAY)
        self.assertEqual(str(core.price_on("HL6", DAY, prices).price), "4321.1000")

    def test_prices_need_both_parties_and_a_first_of_a_month(self):
        prices = self.env["contact_center.measurement.price"].with_user(self.administrator)
        vals = {"item": "SMS", "price": 0.1, "start": "2026-12-01", "document": "x"}
        price = prices.create(vals)
        price.action_request()
        with self.assertRaises(AccessError):
            price.action_approve()
        with self.assertRaises(ValidationError):
            prices.create({**vals, "start": "2026-12-02"})
        with self.assertRaises(UserError):
            self._price("HL6", 4321.10)

    def test_contacts_and_messages_by_their_counters(self):
        self._price("AE24H", 0.3333)
        source = type(self.env["contact_center.measurement.source"])
        own = source._counters

        def counters(model):
            return {**own(model), "AE24H": lambda day: DayCount(1_667, 3, rows=(day.day,))}

        with patch.object(source, "_counters", counters):
            found = self._measure()
        line = self._line(found, "AE24H")
        self.assertEqual((line.quantity, line.amount), (50_010, 16_668.33))
        self.assertEqual(line.note, "não contados: 90")

    def test_down_to_the_days(self):
        self._november()
        line = self._line(self._measure(), "HL6").with_user(self.manager)
        days = self.env["contact_center.measurement.day"].with_user(self.manager)
        self.assertEqual(days.search(line.action_rows()["domain"]), line.day_ids)

    def test_the_performance_report_says_what_was_met_and_why_not(self):
        for _ in range(3):
            self._contact(lost=3)
        self._contact(answered=5, replied=1)
        self._freeze()
        occurrences = self.env["contact_center.indicator.occurrence"]
        occurrence = occurrences.with_user(self.supervisor).create(
            {
                "kind": "duty",
                "description": "Curso adiado",
                "document": "Ofício 3",
                "happened_at": "2026-11-19 12:00:00",
            }
        )
        occurrence.action_request()
        found = self._measure(remarks="Mês difícil")
        indicators = {one["code"]: one for one in found.performance["indicators"]}
        self.assertEqual(indicators["IAL"]["result"], "não cumprido (alta)")
        self.assertEqual(indicators["IQA"]["why"], "sem dados no mês")
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "contact_center_measurement.measurement_document", found.ids
        )
        text = html.decode()
        for words in (
            *("Desempenho do fornecedor", "Curso adiado", "em análise", "Mês difícil"),
            *("Ainda não liberado pelo fiscal", "4.321,1000", found.hash, "Atende Ltda."),
        ):
            self.assertIn(words, text)

    def test_the_statement_prints_what_was_released(self):
        self._november()
        found = self._measure()
        statements = self.env["contact_center.indicator.statement"]
        statement = statements.new({"start": "2026-11-01", "contract_id": self.contract.id})
        self.assertFalse(statement._measured())
        found.with_user(self.inspector).action_approve()
        lines = {line["code"]: line for line in statement._measured()}
        self.assertEqual(lines["HL6"]["value"], "0,8500 posto")
        self.assertEqual(lines["HL6"]["amount"], 3672.94)

    def test_the_release_authorises_the_invoice(self):
        self._november()
        found = self._measure()
        found.with_user(self.inspector).action_approve()
        action = found.with_user(self.administrator).action_add_invoice()
        invoices = self.env["contact_center.contract.invoice"].with_user(self.administrator)
        invoice = invoices.with_context(**action["context"]).create({"document": "NF 9"})
        self.assertEqual((invoice.amount, invoice.month), (3672.94, found.start))

    def test_a_month_of_years_back_costs_few_statements(self):
        """Counting a day takes a fixed number of statements, whatever happened on it."""
        self.Day._ensure([DAY])
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.Day._ensure([DAY + timedelta(days=1)])
        empty = self.env.cr.sql_log_count - before
        for user in (self.agent, self.colleague):
            for hour in range(6):
                self._shift(user, DAY + timedelta(days=2), first=9 + hour, hours=1)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.Day._ensure([DAY + timedelta(days=2)])
        self.assertLessEqual(self.env.cr.sql_log_count - before, empty + 10)
