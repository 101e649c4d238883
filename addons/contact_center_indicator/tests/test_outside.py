# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

from .. import measure
from .common import DAY, IndicatorMixin

LATER = datetime(2026, 12, 2, 13)


@tagged("post_install", "-at_install")
class TestOutside(IndicatorMixin, ContactCenterCase):
    """Figures that only somebody outside knows are added to their days, and to nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        freezer = freeze_time(LATER)
        freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.inspector = cls._inspector()

    def _outside(self, text=None, code="ILNR", **values):
        definitions = self.env["contact_center.indicator.definition"]
        return (
            self.env["contact_center.indicator.outside"]
            .with_user(self.administrator)
            .create(
                {
                    "definition_id": definitions.search([("code", "=", code)]).id,
                    "document": "Relatório da operadora, 11/2026",
                    "table": text and base64.b64encode(text.encode()),
                    **values,
                }
            )
        )

    def _carrier(self, lost=41):
        """Return a file in which three days miss the goal of 0.5 %."""
        return "dia;não entregues;oferecidas\n" + "".join(
            f"{day:%d/%m/%Y};{lost if day.day <= 3 else 40};8.000\n"
            for day in measure.days_of_month(2026, 11)
        )

    def _november(self):
        for day in measure.days_of_month(2026, 11):
            self._freeze(day)

    def test_a_carriers_file_becomes_figures_and_fines(self):
        self._contact(lost=3)
        self._november()
        seals = self.env["contact_center.indicator.seal"].sudo()
        before = {one.id: one.hash for one in seals.search([])}
        outside = self._outside(self._carrier())
        self.assertEqual((outside.start, outside.day_count), (date(2026, 11, 1), 30))
        outside.action_request()
        outside.with_user(self.inspector).action_approve()
        self.env.invalidate_all()
        self.assertEqual({one.id: one.hash for one in seals.browse(before)}, before)
        self.assertEqual(len(seals.search([("kind", "=", "added")])), 30)
        self.assertEqual(seals._faults(), [])
        month = self.env["contact_center.indicator.month"].search(
            [("definition_id.code", "=", "ILNR"), ("scope", "=", "overall")]
        )
        self.assertEqual((month.numerator, month.denominator), (3 * 41 + 27 * 40, 240_000))
        contract = self._contract(self.inspector, date(2025, 1, 1))
        self.env["contact_center.contract.invoice"].create(
            {
                "contract_id": contract.id,
                "month": "2026-11-01",
                "amount": 100_000,
                "document": "NF 77",
            }
        )
        statement = self.env["contact_center.indicator.statement"].create({"start": "2026-11-01"})
        statement.action_work_out()
        fines = statement.line_ids.filtered(lambda line: line.kind == "fine")
        self.assertEqual(fines.filtered(lambda line: line.code == "ILNR").amount, 150)

    def test_a_day_is_told_once(self):
        self._freeze()
        text = f"{DAY:%d/%m/%Y};1;2\n"
        for repeated in (False, True):
            outside = self._outside(text)
            outside.action_request()
            if repeated:
                with self.assertRaisesRegex(UserError, "2026-11-19"), self.env.cr.savepoint():
                    outside.with_user(self.inspector).action_approve()
            else:
                outside.with_user(self.inspector).action_approve()
        # Other indicators of the day are another matter, by queue where known
        quality = self._outside(f"{DAY:%Y-%m-%d};912;1000;{self.queue.name}", code="IQA")
        quality.action_request()
        quality.with_user(self.inspector).action_approve()
        row = self.env["contact_center.indicator.day"].search([("definition_id.code", "=", "IQA")])
        self.assertEqual((row.queue_id, row.value, row.is_frozen), (self.queue, 91.2, True))
        self.assertEqual(row.action_contacts()["domain"], [("indicator_day_id", "=", row.id)])
        self.assertEqual(row._contact_ids(), [])

    def test_only_days_that_are_closed(self):
        outside = self._outside("01/11/2026;1;2\n")
        outside.action_request()
        with self.assertRaisesRegex(UserError, "not closed"):
            outside.with_user(self.inspector).action_approve()
        with self.assertRaises(UserError):
            self._outside("02/12/2026;1;2\n").action_request()
        with self.assertRaises(UserError):
            self._outside().action_request()

    def test_a_file_that_cannot_be_read_is_refused_whole(self):
        for text, words in (
            ("01/11/2026;1;2\n31/11/2026;1;2\n", "line 2"),
            ("\x00\x01", "line 1"),
            ("01/11/2026;1;2;Fila que não há\n", "Fila que não há"),
        ):
            with self.assertRaisesRegex(ValidationError, words), self.env.cr.savepoint():
                self._outside(text)

    def test_what_was_asked_for_is_not_changed(self):
        self._freeze()
        outside = self._outside(f"{DAY:%d/%m/%Y};1;2\n")
        outside.action_request()
        for records in (outside, outside.sudo()):
            with self.assertRaises(UserError):
                records.line_ids.numerator = 0
            with self.assertRaises(UserError):
                records.line_ids.unlink()
            with self.assertRaises(UserError):
                records.write({"table": base64.b64encode(b"01/11/2026;1;2")})
