# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta

from odoo import Command
from odoo.tests import tagged

from odoo.addons.contact_center_indicator.tests.common import IndicatorMixin
from odoo.addons.contact_center_workforce import workforce
from odoo.addons.contact_center_workforce.tests.common import WorkforceCase

DAY = date(2026, 11, 19)
MONTH = date(2026, 11, 1)
LONG_AGO = DAY - timedelta(days=400)


@tagged("post_install", "-at_install")
class TestSimulationPenalty(IndicatorMixin, WorkforceCase):
    """What the contract makes of a simulated day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inspector = cls._inspector()
        cls.simulation = (
            cls.env["contact_center.simulation"]
            .with_user(cls.supervisor)
            .create({"name": "Teste", "day": DAY, "queue_ids": [Command.set(cls.queue.ids)]})
        )

    def _expected(self, offered=400, kept=90, wait=10, abandoned=1, handling=180):
        values = {
            "offered": offered,
            "level": 50,
            "wait": wait,
            "abandoned": abandoned,
            "handling": handling,
            "kept": kept,
        }
        return workforce.Expected(
            **{name: workforce.Estimate(value, 0.5) for name, value in values.items()}
        )

    def _percents(self, queues=None, **values):
        """Return {code or "total": percent} of a day."""
        queues = queues or {self.queue.id: self._expected(**values)}
        lines = self.simulation._expected_penalties("day", queues)
        return {
            label.split()[0].strip(","): value for label, value, unit in lines if unit == "percent"
        }

    def _words(self, **values):
        expected = self._expected(**values)
        result = workforce.Result(expected, {self.queue.id: expected}, {})
        return "\n".join(self.simulation._penalties_in_words({"day": result}))

    def _answers(self, *pairs):
        """Let a reading begin that answers questions of the contract."""
        answers = self.env["contact_center.indicator.answer"]
        lines = [
            Command.create(
                {"answer_id": answers.search([("key", "=", key), ("value", "=", value)]).id}
            )
            for key, value in pairs
        ]
        version = (
            self.env["contact_center.indicator.version"]
            .with_user(self.administrator)
            .create({"start": date(2026, 12, 1), "document": "Ata 7", "line_ids": lines})
        )
        version.action_request()
        version.with_user(self.inspector).action_approve()
        self.simulation.day = date(2026, 12, 14)

    def test_nothing_without_a_contract(self):
        expected = self._expected(kept=10)
        self.assertEqual(self._percents(kept=10), {})
        self.assertEqual(self._words(kept=10), "")
        queues = {self.queue.id: expected}
        self.assertIsNone(self.simulation._expected_penalty({"scope": "total"}, queues))
        self.assertIsNone(self.simulation._promised_seconds(self.queue, "internal"))

    def test_each_edge_of_the_bands(self):
        self._contract(self.inspector, LONG_AGO)
        edges = (
            ("INS", "kept", ((80, 0), (79.9999, 0.5), (70, 0.5), (69.9999, 1), (59.9999, 2))),
            ("TME", "wait", ((20, 0), (20.0001, 0.5), (29.9999, 0.5), (30, 1), (35, 2))),
            ("IAL", "abandoned", ((4, 0), (4.0001, 0.5), (4.9999, 0.5), (5, 1), (6, 2))),
        )
        for code, name, table in edges:
            for value, percent in table:
                with self.subTest(code, value=value):
                    found = self._percents(**{name: value})
                    self.assertEqual(found[code], percent)
                    self.assertEqual(found["total"], percent)
                    self.assertNotIn("TMA", found, "its goal comes of the first three months")

    def test_a_goal_of_a_queue_and_its_seconds(self):
        """The goal of the month holds, and its seconds are those that are counted."""
        self._contract(self.inspector, LONG_AGO)
        self.assertEqual(self.simulation._promised_seconds(self.queue, "internal"), 300)
        definition = self.env["contact_center.indicator.definition"]
        self._approved(
            "contact_center.indicator.goal",
            self.inspector,
            definition_id=definition.search([("code", "=", "INS")]).id,
            start=date(2026, 12, 1),
            goal=95,
            medium_from=92,
            high_from=91,
            text_seconds=60,
            document="Aditivo 1",
        )
        self.assertEqual(self._percents(kept=90)["INS"], 0)
        self.simulation.day = date(2026, 12, 14)
        self.assertEqual(self._percents(kept=90)["INS"], 2)
        self.assertEqual(self.simulation._promised_seconds(self.queue, "internal"), 60)

    def test_in_grace_nothing_is_fined(self):
        """The 91st day of the contract is the first that counts; one day of the month is enough."""
        self._contract(self.inspector, date(2026, 9, 2))
        self.assertEqual(self._percents(kept=10), {})
        self.assertIn("grace", self._words(kept=10))
        self.simulation.day = date(2026, 12, 3)
        self.assertEqual(self._percents(kept=10)["total"], 2)

    def test_a_queue_in_grace_is_left_out(self):
        contract = self._contract(self.inspector, LONG_AGO)
        self._approved(
            "contact_center.contract.service",
            self.inspector,
            name="Zoonoses",
            contract_id=contract.id,
            start=MONTH,
            document="Ofício 9",
            queue_ids=self.other_queue.ids,
        )
        queues = {
            self.queue.id: self._expected(),
            self.other_queue.id: self._expected(kept=10, wait=90, abandoned=50),
        }
        self.assertEqual(self._percents(queues)["total"], 0)

    def test_queues_are_weighed_by_their_contacts(self):
        """300 of 400 and 80 of 100: 76 %."""
        self._contract(self.inspector, LONG_AGO)
        queues = {
            self.queue.id: self._expected(offered=400, kept=75),
            self.other_queue.id: self._expected(offered=100, kept=80),
        }
        lines = self.simulation._expected_penalties("plan", queues)
        label, percent, unit = lines[0]
        self.assertRegex(label, r"^INS 76\D00 % \(Low\):$")
        self.assertEqual((percent, unit), (0.5, "percent"))

    def test_by_queue_up_to_the_ceiling(self):
        """Four queues that miss three goals by far: 24 %, of which 20 are charged."""
        contract = self._contract(self.inspector, LONG_AGO)
        self._invoice(contract, 100000)
        self._answers(("fine_scope", "queue"))
        queues = self.queue | self.other_queue
        queues |= queues.create([{"name": "Tributos"}, {"name": "Iluminação"}])
        bad = {queue.id: self._expected(kept=10, wait=90, abandoned=50) for queue in queues[:4]}
        lines = self.simulation._expected_penalties("day", bad)
        fines = [value for _label, value, unit in lines if unit == "percent"]
        self.assertEqual(fines, [2.0] * 12 + [20.0])
        self.assertEqual(lines[-1][1:], (20000, "amount"))
        one = {self.queue.id: bad[self.queue.id]}
        self.assertEqual(self.simulation._expected_penalty({"scope": "total"}, one), 6000)

    def _invoice(self, contract, amount, month=MONTH):
        return self.env["contact_center.contract.invoice"].create(
            {"contract_id": contract.id, "month": month, "amount": amount, "document": "NF 1"}
        )

    def test_money_is_of_the_newest_invoice_until_then(self):
        contract = self._contract(self.inspector, LONG_AGO)
        queues = {self.queue.id: self._expected(kept=75)}
        self.assertIsNone(self.simulation._expected_penalty({"scope": "total"}, queues))
        self._invoice(contract, 200000, date(2026, 9, 1))
        self._invoice(contract, 900000, date(2026, 12, 1))
        label, amount, unit = self.simulation._expected_penalties("day", queues)[-1]
        self.assertEqual((amount, unit), (1000, "amount"))
        self.assertIn("09/2026", label)
        self.assertEqual(self.simulation._expected_penalty({"scope": "total"}, queues), 1000)
        self.assertIsNone(self.simulation._expected_penalty({"scope": "queue"}, queues))

    def test_the_handling_time_is_judged_by_its_first_three_months(self):
        """Their mean is 100 seconds: 105 are above it, 110 are in the medium band."""
        self._contract(self.inspector, LONG_AGO)
        for month, served in ((7, 80), (8, 100), (9, 120)):
            day = date(2026, month, 10)
            moment = self.env["contact_center.indicator.source"]._period(day).start
            at = moment + timedelta(hours=9)
            self._contact(answered=5, replied=0, served=served, at=at)
            self._freeze(day)
        for handling, percent in ((100, 0), (105, 0.5), (110, 1), (120, 2)):
            with self.subTest(handling):
                self.assertEqual(self._percents(handling=handling)["TMA"], percent)

    def test_what_averages_do_not_say_is_not_judged(self):
        """How many of the abandoned were short, for instance; the text says so."""
        self._contract(self.inspector, LONG_AGO)
        self._answers(("short_abandon", "5"), ("wait_population", "answered"))
        self.assertEqual(self._percents(abandoned=50, wait=90), {"INS": 0, "total": 0})
        words = self._words()
        self.assertIn("IAL is not judged: Abandonos curtos são retirados?", words)
        self.assertIn("TME is not judged", words)
        self.assertIn("TMA is not judged", words)

    def test_a_simulation_says_what_such_a_month_costs(self):
        """The whole way: a day from the ledgers, two people more, money beside the figures."""
        self.patch(self.env.cr, "commit", self.env.flush_all)
        contract = self._contract(self.inspector, LONG_AGO)
        self._invoice(contract, 100000)
        self._play_day(contacts=560)
        closed = self.env["contact_center.indicator.day"].search_count([])
        statements = self.env["contact_center.indicator.statement"].search_count([])
        self.simulation.move_ids = [
            Command.create(
                {"start_slot": "16", "end_slot": "26", "count": 3, "target_id": self.queue.id}
            )
        ]
        self.simulation.action_simulate()
        self.simulation.sudo()._run()
        self.assertEqual(self.simulation.state, "done", self.simulation.error)
        words = self.simulation.words
        self.assertIn("Expected penalties without the changes: INS", words)
        self.assertIn("Expected penalties with the changes: INS", words)
        self.assertIn("if all of its days were like this one", words)
        self.assertIn("Only the queues of this simulation", words)
        real, day, plan = self.simulation.total_ids.sorted("sequence")
        self.assertTrue(real.has_penalty and day.has_penalty and plan.has_penalty)
        self.assertEqual(real.penalty, day.penalty, "the day is played as it was")
        self.assertGreater(day.penalty, plan.penalty, "more people, less abandonment")
        self.assertFalse(any(self.simulation.by_queue_ids.mapped("has_penalty")))
        self.assertEqual(self.env["contact_center.indicator.day"].search_count([]), closed)
        found = self.env["contact_center.indicator.statement"].search_count([])
        self.assertEqual(found, statements)
