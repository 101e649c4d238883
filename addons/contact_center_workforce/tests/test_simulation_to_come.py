# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.core.microseconds import from_us, to_us

from .common import MIDNIGHT, WorkforceCase

# The Monday after the tests' Friday, from eight to two in the city
MONDAY = date(2026, 11, 23)
BEGIN = datetime(2026, 11, 23, 11, 0, 0)


@tagged("post_install", "-at_install")
class TestSimulationToCome(WorkforceCase):
    """A day of next week: contacts from four weeks of history, people from planned shifts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rnd = random.Random(6)
        cls.rows, events = [], []
        for number in range(28):
            day = MIDNIGHT - timedelta(days=number)
            for _contact in range(40):
                at = to_us(day + timedelta(hours=rnd.uniform(8, 13)))
                cls.rows.append(
                    (cls.past.id, cls.queue.id, at, at + 5_000_000, "accepted", cls.agent.id)
                )
                events.append(
                    {
                        "conversation_id": cls.past.id,
                        "kind": "closed",
                        "at": from_us(at + 300_000_000),
                    }
                )
        cls.events = events

    def setUp(self):
        super().setUp()
        self.patch(self.env.cr, "commit", self.env.flush_all)

    def _write_history(self):
        self._write_stays(self.rows)
        self.env["contact_center.event"].sudo()._insert(self.events)

    def _plan(self, users, **values):
        return (
            self.env["contact_center.shift"]
            .with_user(self.supervisor)
            .create(
                [
                    {
                        "user_id": user.id,
                        "start": BEGIN,
                        "end": BEGIN + timedelta(hours=6),
                        **values,
                    }
                    for user in users
                ]
            )
        )

    def _simulate(self, **values):
        simulation = (
            self.env["contact_center.simulation"]
            .with_user(self.supervisor)
            .create(
                {
                    "name": "Semana que vem",
                    "day": MONDAY,
                    "queue_ids": [Command.set(self.queue.ids)],
                    **values,
                }
            )
        )
        simulation.action_simulate()
        with patch.object(self.env.cr, "rollback"):
            simulation.sudo()._run()
        return simulation

    def test_contacts_of_the_forecast_meet_the_planned_people(self):
        """About as many as usual come, and nobody compares it with a day that has not been."""
        self._write_history()
        self._plan(self.team[:2])
        simulation = self._simulate()
        self.assertEqual((simulation.state, simulation.fit), ("done", "forecast"))
        (day,) = simulation.total_ids
        self.assertEqual(day.kind, "day")
        self.assertAlmostEqual(day.offered, 40, delta=6)
        self.assertGreater(day.level_margin, 0)
        self.assertIn("by the forecast and the planned shifts", simulation.words)

    def test_another_plan_for_it_can_be_tried(self):
        """One person less from the same shifts."""
        self._write_history()
        self._plan(self.team[:2])
        move = {"start_slot": "16", "end_slot": "28", "count": 1, "source_id": self.queue.id}
        simulation = self._simulate(move_ids=[Command.create(move)])
        day, plan = simulation.total_ids.sorted("sequence")
        self.assertEqual((day.kind, plan.kind), ("day", "plan"))
        self.assertLess(plan.level, day.level - 3)
        self.assertEqual(plan.offered, day.offered, "the same citizens come to both")

    def test_shifts_without_their_pauses_are_when_people_are_there(self):
        """Only agents of these queues, and only within the day."""
        self._write_history()
        (shift,) = self._plan(self.team[:1])
        self._plan(self.outsider)
        simulation = self.env["contact_center.simulation"].new(
            {"day": MONDAY, "queue_ids": [Command.set(self.queue.ids)]}
        )
        (person,) = simulation._planned_people(self.queue)
        self.assertEqual(person.id, self.team[0].id)
        minutes = sum(spell.end - spell.start for spell in person.spells) / 60
        self.assertEqual(minutes, 360 - sum(shift.pause_ids.mapped("minutes")))
        self.assertEqual(len(person.spells), 4)

    def test_without_shifts_or_history_it_says_what_to_do(self):
        self._plan(self.team[:2])
        self.assertIn("too little to forecast", self._simulate().error)
        self._write_history()
        self.env["contact_center.shift"].search([]).with_user(self.supervisor).unlink()
        self.assertIn("enter the shifts first", self._simulate().error)

    def test_a_forecast_has_an_end(self):
        with self.assertRaises(ValidationError):
            self._simulate(day=date(2027, 3, 1))

    def test_penalties_are_what_the_hook_says(self):
        """Nothing without a contract; a higher addon names indicators, and they are shown."""
        self._write_history()
        self._plan(self.team[:2])
        self.assertNotIn("penalties", self._simulate().words)

        def penalties(_self, kind, queues):
            level = queues[self.queue.id].level.mean
            return [("INS", 100 - level, "percent"), ("Multa", 1500, "amount")]

        simulations = type(self.env["contact_center.simulation"])
        with patch.object(simulations, "_expected_penalties", penalties):
            words = self._simulate().words
        self.assertIn("Expected penalties without the changes: INS", words)
        self.assertRegex(words, r"Multa .*1\D500\D00")
