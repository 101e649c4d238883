# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import MIDNIGHT, WorkforceCase, to_us

FIRST = date(2026, 11, 20)


@tagged("post_install", "-at_install")
class TestVolumeForecast(WorkforceCase):
    def _write_history(self, weeks=12, daily=40, seed=2, first=0):
        """Write contacts of the weeks before: mornings, fewer of them at weekends."""
        rnd, rows = random.Random(seed), []
        talk = self.past.id
        for number in range(first, 7 * weeks):
            day = MIDNIGHT - timedelta(days=number)
            weekend = (day - timedelta(hours=3)).weekday() >= 5
            for _contact in range(round(daily * (0.3 if weekend else 1) * rnd.uniform(0.85, 1.15))):
                at = to_us(day + timedelta(hours=rnd.triangular(8, 14, 10)))
                rows.append((talk, self.queue.id, at, at + 5_000_000, "accepted", self.agent.id))
        self._write_stays(rows)
        return len(rows)

    def _forecast(self, user=None, **values):
        return (
            self.env["contact_center.volume.forecast"]
            .with_user(user or self.supervisor)
            .create(
                {
                    "queue_id": self.queue.id,
                    "first_day": FIRST,
                    "handling_seconds": 180,
                    **values,
                }
            )
        )

    def test_each_half_hour_has_its_contacts_and_its_agents(self):
        """By weekday, in the city's time, with the errors of the last weeks."""
        self._write_history()
        forecast = self._forecast(shrinkage=20)
        forecast.action_calculate()
        self.assertEqual(len(forecast.line_ids), 7 * 48)
        by_day = {
            day: sum(
                forecast.line_ids.filtered(lambda one, day=day: one.day == day).mapped("expected")
            )
            for day in set(forecast.line_ids.mapped("day"))
        }
        self.assertAlmostEqual(by_day[date(2026, 11, 24)], 40, delta=6)
        self.assertAlmostEqual(by_day[date(2026, 11, 22)], 12, delta=4)
        busy = forecast.line_ids.filtered(lambda one: one.day == FIRST and one.slot == "10:00")
        self.assertGreater(busy.expected, 3)
        self.assertGreaterEqual(busy.agents, 1)
        self.assertGreater(busy.rostered, busy.agents)
        self.assertGreaterEqual(busy.agents_patient, busy.agents)
        self.assertGreaterEqual(busy.level, 80)
        night = forecast.line_ids.filtered(lambda one: one.day == FIRST and one.slot == "03:00")
        self.assertEqual((night.agents, night.rostered), (0, 0))
        self.assertEqual(forecast.history_days, 84)
        self.assertEqual(forecast.tried_weeks, 8)
        self.assertGreater(forecast.error, 0)
        self.assertLess(forecast.error, forecast.error_last_week)
        self.assertIn("8 weeks", forecast.words)

    def test_a_holiday_is_forecast_as_one(self):
        """The city's holidays count even where the queue is always open."""
        self._write_history()
        usual = self._forecast(days=1, first_day=date(2026, 11, 24))
        usual.action_calculate()
        year = self.env["calendar.public.holiday"].search([("year", "=", 2026)], limit=1)
        year = year or self.env["calendar.public.holiday"].create({"year": 2026})
        self.env["calendar.public.holiday.line"].create(
            {"public_holiday_id": year.id, "date": "2026-11-24", "name": "Feriado de teste"}
        )
        holiday = self._forecast(days=1, first_day=date(2026, 11, 24))
        holiday.action_calculate()
        total = sum(holiday.line_ids.mapped("expected"))
        self.assertLess(total, 0.5 * sum(usual.line_ids.mapped("expected")))

    def test_what_is_not_entered_comes_from_the_last_weeks(self):
        """Handling time and contacts at a time."""
        self._play_day()
        rows = self._write_history(weeks=3)
        self.assertTrue(rows)
        forecast = self._forecast(handling_seconds=0)
        usual = forecast.sudo()._usual(MIDNIGHT + timedelta(days=1))
        self.assertEqual(usual["at_once"], 1)
        self.assertAlmostEqual(usual["handling"], 135, delta=25)
        self.assertEqual(usual["goal"].seconds, 60)
        self.assertNotEqual(usual["patience"], 350)

    def test_too_little_history_is_said(self):
        """Two weeks at least; and a handling time from somewhere."""
        with self.assertRaises(UserError):
            self._forecast().action_calculate()
        self._write_history(weeks=3)
        with self.assertRaises(UserError):
            self._forecast(handling_seconds=0).action_calculate()
        forecast = self._forecast()
        forecast.action_calculate()
        self.assertTrue(forecast.line_ids)

    def test_changed_choices_forget_what_was_calculated(self):
        """Lines never stand beside numbers that they do not come from."""
        self._write_history(weeks=4)
        forecast = self._forecast()
        forecast.action_calculate()
        with Form(forecast) as form:
            form.shrinkage = 30
        self.assertFalse(forecast.line_ids)
        self.assertFalse(forecast.calculated_at)

    def test_managers_forecast_agents_do_not(self):
        """As the table of rights says, by the button."""
        self._write_history(weeks=4)
        forecast = self._forecast(self.manager)
        forecast.action_calculate()
        self.assertTrue(forecast.line_ids)
        with self.assertRaises(AccessError):
            forecast.with_user(self.agent).action_calculate()
        with self.assertRaises(UserError):
            forecast.words = "Tudo bem."
