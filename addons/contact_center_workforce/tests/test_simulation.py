# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import WorkforceCase

DAY = date(2026, 11, 19)


@tagged("post_install", "-at_install")
class TestSimulation(WorkforceCase):
    def setUp(self):
        super().setUp()
        # The job commits to show its progress; a test keeps everything in its own transaction.
        self.patch(self.env.cr, "commit", self.env.flush_all)

    def _simulation(self, user=None, **values):
        return (
            self.env["contact_center.simulation"]
            .with_user(user or self.supervisor)
            .create(
                {
                    "name": "Teste",
                    "day": DAY,
                    "queue_ids": [Command.set(self.queue.ids)],
                    **values,
                }
            )
        )

    def _run(self, simulation):
        simulation.action_simulate()
        simulation.sudo()._run()
        return simulation

    def _total(self, simulation, kind):
        return simulation.total_ids.filtered(lambda one: one.kind == kind)

    def test_a_real_day_is_reproduced_within_two_points(self):
        """Arrivals, handling times, patience and presence come from the ledgers."""
        rows = self._play_day()
        simulation = self._run(self._simulation())
        self.assertEqual((simulation.state, simulation.progress), ("done", 100))
        real, day = self._total(simulation, "real"), self._total(simulation, "day")
        self.assertEqual(real.offered, len(rows))
        within = sum(
            how == "accepted" and left - entered <= 60_000_000
            for _talk, _queue, entered, left, how, _agent in rows
        )
        self.assertAlmostEqual(real.level, 100 * within / len(rows), places=6)
        self.assertTrue(20 < real.level < 98, "a day on which something happens")
        self.assertGreater(real.abandoned, 0.5)
        self.assertEqual(simulation.fit, "fits", simulation.words)
        self.assertAlmostEqual(day.level, real.level, delta=2)
        self.assertAlmostEqual(day.occupancy, real.occupancy, delta=3)
        self.assertLess(day.level_margin, 1, "what is known is not drawn")
        self.assertFalse(self._total(simulation, "plan"), "nothing was changed")

    def test_a_day_that_the_model_does_not_explain_is_said_to_be_one(self):
        """Agents who were there, but served nobody for hours: no rule of the queue does that."""
        rows = [
            (talk.id, self.queue.id, self._at(9), self._at(9 + 0.1 * number), "accepted", user.id)
            for number, (talk, user) in enumerate(
                zip(self.conversations[:5], self.team, strict=True), start=1
            )
        ]
        self._write_stays(rows)
        self.env["contact_center.event"].sudo().create(
            [
                {
                    "conversation_id": talk.id,
                    "kind": "closed",
                    "at": fields.Datetime.to_datetime("2026-11-19 18:00:00"),
                }
                for talk in self.conversations[:5]
            ]
        )
        for user in self.team:
            self._write_state(user, "available", 8, 13)
        simulation = self._run(self._simulation())
        self.assertEqual(simulation.fit, "differs")
        self.assertIn("does not fit", simulation.words)

    def test_more_people_answer_sooner_and_results_stay_with_their_inputs(self):
        """The move is by half hour; the copy can be changed, what has run cannot."""
        self._play_day(contacts=560)
        moves = [
            Command.create(
                {
                    "start_slot": "16",
                    "end_slot": "26",
                    "count": 2,
                    "target_id": self.queue.id,
                }
            )
        ]
        simulation = self._run(self._simulation(move_ids=moves))
        day, plan = self._total(simulation, "day"), self._total(simulation, "plan")
        self.assertGreater(plan.level - plan.level_margin, day.level + day.level_margin)
        self.assertLess(plan.wait, day.wait)
        self.assertGreater(plan.wait_margin, 0)
        self.assertLess(plan.occupancy, day.occupancy)
        self.assertIn("With the changes", simulation.words)
        with self.assertRaises(UserError):
            simulation.shrinkage = 10
        with self.assertRaises(UserError):
            simulation.move_ids.count = 5
        with self.assertRaises(UserError):
            simulation.action_simulate()
        simulation.note = "Decidido na reunião."
        twin = simulation.copy()
        self.assertEqual((twin.state, twin.result_ids.ids), ("draft", []))
        twin.move_ids.count = 1
        twin.shrinkage = 10

    def test_each_change_does_what_it_says(self):
        """More absence, longer contacts, less patience."""
        self._play_day()
        before = self._total(self._run(self._simulation()), "day")
        for values, check in (
            ({"shrinkage": 25}, lambda one: one.level < before.level - 2),
            ({"handling_percent": 130}, lambda one: one.level < before.level - 2),
            ({"patience_seconds": 20}, lambda one: one.abandoned > before.abandoned + 2),
        ):
            with self.subTest(values):
                found = self._total(self._run(self._simulation(**values)), "plan")
                self.assertTrue(check(found), found.level)

    def test_people_who_were_not_there_to_be_moved_are_named(self):
        """The screen says how many were missing."""
        self._play_day(contacts=60)
        move = {
            "start_slot": "18",
            "end_slot": "20",
            "count": 9,
            "source_id": self.queue.id,
        }
        simulation = self._run(self._simulation(move_ids=[Command.create(move)]))
        self.assertEqual(simulation.move_ids.missing, 9 - len(self.team))
        self.assertIn(self.queue.name, simulation.words)

    def test_pauses_are_no_presence_and_after_contact_work_belongs_to_contacts(self):
        """What the simulation reads of the agents' states."""
        self._write_state(self.agent, "available", 8, 9)
        self._write_state(self.agent, "break", 9, 9.5)
        self._write_state(self.agent, "in_service", 9.5, 10)
        self._write_state(self.agent, "after_work", 10, 10.25)
        talk = self.conversations[:1]
        self._write_stays(
            [(talk.id, self.queue.id, self._at(9.4), self._at(9.5), "accepted", self.agent.id)]
        )
        self.env["contact_center.event"].sudo().create(
            {"conversation_id": talk.id, "kind": "closed", "at": "2026-11-19 13:00:00"}
        )
        day, real = self._simulation().sudo()._read_day()
        (person,) = [one for one in day.people if one.id == self.agent.id]
        hours = [
            ((one.start - day.start) / 3600, (one.end - day.start) / 3600) for one in person.spells
        ]
        self.assertEqual(hours, [(8, 9), (9.5, 10.25)])
        traffic = day.traffic[self.queue.id]
        self.assertEqual((traffic.handling, traffic.after_work), ((1800.0,), 900.0))
        self.assertAlmostEqual(real["total"].wait, 360)
        self.assertAlmostEqual(real["total"].occupancy, 0, msg="no accepted event: no service")

    def test_a_citizen_who_is_passed_on_while_waiting_is_one_contact_since_the_first_queue(self):
        """Overflow and transfers of waiting citizens."""
        one = self.conversations[:1]
        self._write_stays(
            [
                (one.id, self.other_queue.id, self._at(9), self._at(9.1), "overflowed", None),
                (one.id, self.queue.id, self._at(9.1), self._at(9.2), "accepted", self.agent.id),
            ]
        )
        bounds = self._simulation().sudo()._bounds()
        (arrival,) = self.env["contact_center.stay"]._arrivals(
            self.queue | self.other_queue, *bounds
        )
        self.assertEqual(arrival["queue"], self.queue.id)
        self.assertEqual(arrival["entered_us"], self._at(9))

    def test_an_empty_day_fails_with_words(self):
        """Nothing to play."""
        simulation = self._simulation()
        simulation.action_simulate()
        with patch.object(self.env.cr, "rollback"):
            simulation.sudo()._run()
        self.assertEqual(simulation.state, "failed")
        self.assertEqual(simulation.error, "No contact came to these queues on that day.")
        self._play_day(contacts=30)
        self.assertEqual(self._run(simulation).state, "done")

    def test_an_error_is_kept_and_logged(self):
        """What goes wrong in the job is shown, not lost."""
        simulation = self._simulation()
        simulation.action_simulate()
        broken = patch.object(type(simulation), "_simulate", side_effect=ValueError("kaputt"))
        logger = "odoo.addons.contact_center_workforce.models.simulation_run"
        with broken, patch.object(self.env.cr, "rollback"), mute_logger(logger):
            simulation.sudo()._run()
        self.assertEqual((simulation.state, simulation.error), ("failed", "kaputt"))

    def test_it_runs_as_one_job_in_the_background(self):
        """Pressing the button twice in two browsers makes no second run."""
        jobs = self.env["queue.job"].sudo()
        before = jobs.search_count([])
        simulation = self._simulation()
        simulation.action_simulate()
        with self.assertRaises(UserError):
            simulation.action_simulate()
        job = jobs.search([], order="id desc", limit=1)
        self.assertEqual(jobs.search_count([]), before + 1)
        self.assertEqual((job.channel, job.method_name), ("root.background", "_run"))
        with self.assertRaises(UserError):
            simulation.unlink()

    def test_the_penalty_is_what_the_hook_says(self):
        """Nothing without a contract; a higher addon fills it."""
        self._play_day(contacts=60)
        without = self._run(self._simulation())
        self.assertFalse(any(without.result_ids.mapped("has_penalty")))
        hook = patch.object(
            type(without), "_expected_penalty", lambda _self, vals, _queues: vals["level"]
        )
        with hook:
            found = self._run(self._simulation())
        total = self._total(found, "day")
        self.assertTrue(total.has_penalty)
        self.assertAlmostEqual(total.penalty, total.level, places=2)

    def test_only_sensible_moves(self):
        """Refused with words."""
        for move in (
            {"start_slot": "20", "end_slot": "20", "target_id": self.queue.id},
            {"start_slot": "20", "end_slot": "21"},
            {"source_id": self.queue.id, "target_id": self.queue.id},
        ):
            with self.subTest(move), self.assertRaises(ValidationError):
                self._simulation(move_ids=[Command.create(move)])

    def test_results_are_not_written_by_hand(self):
        """Neither the figures nor the state, not even by administrators."""
        simulation = self._simulation(self.administrator)
        with self.assertRaises(UserError):
            simulation.state = "done"
        with self.assertRaises(AccessError):
            self.env["contact_center.simulation.result"].with_user(self.administrator).create(
                {"simulation_id": simulation.id, "kind": "plan", "scope": "total", "level": 100}
            )

    def test_managers_of_the_city_simulate_too(self):
        """As requirement B16 asks."""
        self._play_day(contacts=60)
        simulation = self._run(self._simulation(self.manager))
        self.assertEqual(simulation.state, "done")
        self.assertTrue(simulation.total_ids)
        action = simulation.action_charts()
        slots = self.env[action["res_model"]].with_user(self.manager).search(action["domain"])
        self.assertIn("08:00", slots.mapped("slot"))
        action = simulation.action_compare()
        self.assertEqual(
            self.env[action["res_model"]].with_user(self.manager).search(action["domain"]),
            simulation.total_ids,
        )
