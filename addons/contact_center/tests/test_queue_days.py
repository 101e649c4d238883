# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..core import schedule
from .common import ContactCenterCase

ZONES = ("America/Sao_Paulo", "America/Rio_Branco", "UTC", "Pacific/Auckland")
FIRST = date(2026, 11, 16)
DAYS = 16


@tagged("post_install", "-at_install")
class TestQueueDays(ContactCenterCase):
    """Days with other hours, and the hours of any calendar against a look at the clock."""

    def _except(self, day, kind="closed", hours=False, reason=False):
        return self.env["contact_center.queue.exception"].create(
            {
                "queue_id": self.queue.id,
                "date": day,
                "kind": kind,
                "hours": hours,
                "reason": reason,
            }
        )

    def _holiday(self, day, name="Feriado"):
        self.env["calendar.public.holiday"].create(
            {"year": 2026, "line_ids": [Command.create({"name": name, "date": day})]}
        )

    def test_closed_all_day_says_why(self):
        self._except("2026-11-20", reason="ponto facultativo")
        at = datetime(2026, 11, 20, 13)
        self.assertFalse(self.queue._is_open(at))
        self.assertEqual(self.queue._closed_message(at), "day_closed")
        self.assertEqual(
            self.queue.with_context(lang="pt_BR")._next_opening_text(at),
            "segunda-feira, 23/11, às 7h",
        )
        conversation = self._waiting()
        self.assertEqual(self._automatic_kinds(conversation), ["day_closed"])
        self.assertIn("(ponto facultativo)", self._said(conversation)[-1])

    def test_other_queues_are_not_touched(self):
        self._except("2026-11-20")
        self.assertTrue(self.other_queue._is_open(datetime(2026, 11, 20, 13)))

    def test_other_hours_on_one_day(self):
        self._except("2026-11-20", "hours", "9h-10h, 20h-24h")
        for hour, is_open in ((10, False), (12, True), (13, False), (23, True), (26, True)):
            at = datetime(2026, 11, 20) + timedelta(hours=hour)
            self.assertEqual(self.queue._is_open(at), is_open, hour)
        self.assertFalse(self.queue._is_open(datetime(2026, 11, 21, 3)))
        at = datetime(2026, 11, 20, 14)
        self.assertEqual(self.queue._closed_message(at), "out_of_hours")
        self.assertEqual(
            self.queue.with_context(lang="pt_BR")._next_opening_text(at), "hoje às 20h"
        )

    def test_open_on_a_holiday(self):
        self._holiday("2026-11-20")
        at = datetime(2026, 11, 20, 13)
        self.assertEqual(self.queue._closed_message(at), "holiday")
        self._except("2026-11-20", "usual")
        self.assertEqual(self.queue._closed_message(at), "")

    def test_holiday_is_named(self):
        self._holiday("2026-11-20", "Consciência Negra")
        self.assertIn("(Consciência Negra)", self._said(self._waiting())[-1])

    def test_queue_without_hours_may_close_for_a_day(self):
        self.queue.calendar_id = False
        self._except("2026-11-20")
        self.assertFalse(self.queue._is_open(datetime(2026, 11, 20, 13)))
        self.assertEqual(
            self.queue._next_opening(datetime(2026, 11, 20, 13)), datetime(2026, 11, 21, 3)
        )

    def test_hours_are_checked(self):
        with self.assertRaisesRegex(ValidationError, "manhã"):
            self._except("2026-11-20", "hours", "de manhã")
        with self.assertRaises(ValidationError):
            self._except("2026-11-21", "hours")

    def test_summary_shows_what_the_citizen_reads(self):
        self._except("2026-11-24", "hours", "8h-12h", "conferência")
        summary = str(self.queue.hours_summary)
        self.assertIn("11h", summary)
        self.assertIn("conferência", summary)
        self.assertIn("8h às 12h", summary)
        self.assertIn("fila de atendimento", summary)
        self._except("2026-11-20", reason="ponto facultativo")
        self.queue.invalidate_recordset()
        self.assertIn("ponto facultativo", str(self.queue.hours_summary))

    def test_queries_of_a_look_at_the_hours(self):
        at = datetime(2026, 11, 20, 13)
        self.queue._is_open(at)
        self.env.flush_all()
        with self.assertQueryCount(4):
            self.assertTrue(self.queue._is_open(at))
        self._holiday("2026-12-25")
        self.queue._is_open(at)
        with self.assertQueryCount(5):
            self.assertTrue(self.queue._is_open(at))

    # ------------------------------------------------------------
    # Against a look at the clock on the wall
    # ------------------------------------------------------------

    def test_hours_of_any_calendar(self):
        """Calendars by chance agree with looking at the clock minute by minute.

        One or two weeks, up to midnight, in several time zones, with holidays and days of their
        own.
        """
        for seed in range(24):
            rng = random.Random(seed)
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                self._check_calendar(rng)
                savepoint.rollback()
                self.env.invalidate_all()

    def _check_calendar(self, rng):
        zone = ZoneInfo(rng.choice(ZONES))
        calendar, weekly = self._random_calendar(rng, zone)
        self.queue.calendar_id = calendar
        special = self._random_days(rng)
        start = schedule.at_utc(FIRST, 0, zone)
        for _look in range(25):
            at = start + timedelta(minutes=rng.randrange(DAYS * 24 * 60))
            opening = self._opening_by_looking(at, zone, weekly, special)
            self.assertEqual(self.queue._is_open(at), opening == at, at)
            if opening and opening < start + timedelta(days=DAYS):
                self.assertEqual(self.queue._next_opening(at), opening.replace(tzinfo=None), at)

    def _random_calendar(self, rng, zone):
        """Return a calendar and its ranges in minutes by (week type, weekday)."""
        two_weeks = rng.random() < 0.4
        weekly = {
            (week, day): self._random_ranges(rng)
            for week in ((0, 1) if two_weeks else (0,))
            for day in range(7)
        }
        if not two_weeks:
            weekly.update({(1, day): weekly[0, day] for day in range(7)})
        calendar = self.env["resource.calendar"].create(
            {
                "name": "Acaso",
                "tz": zone.key,
                "company_id": False,
                "two_weeks_calendar": two_weeks,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": "Faixa",
                            "dayofweek": str(day),
                            "week_type": str(week) if two_weeks else False,
                            "day_period": "morning",
                            "hour_from": opens / 60,
                            "hour_to": closes / 60,
                        }
                    )
                    for (week, day), ranges in weekly.items()
                    if two_weeks or week == 0
                    for opens, closes in ranges
                ],
            }
        )
        return calendar, weekly

    def _random_ranges(self, rng):
        """Up to two ranges of a day that do not overlap, in quarters of an hour."""
        quarters = sorted(rng.sample(range(97), 2 * rng.choice((0, 1, 1, 2))))
        return [(quarters[i] * 15, quarters[i + 1] * 15) for i in range(0, len(quarters), 2)]

    def _random_days(self, rng):
        """Days with ranges of their own: {date: ranges}."""
        special = {}
        for offset in rng.sample(range(DAYS), 3):
            day = FIRST + timedelta(offset)
            ranges = self._random_ranges(rng)
            special[day] = ranges
            kind = "hours" if ranges else "closed"
            self._except(day, kind, schedule.ranges_text(ranges) or False)
        return special

    def _opening_by_looking(self, at, zone, weekly, special):
        """Return the first minute from `at` on whose wall clock stands in a range."""
        week_type = self.env["resource.calendar.attendance"].get_week_type
        for minute in range((DAYS + 2) * 24 * 60):
            look = at + timedelta(minutes=minute)
            local = look.astimezone(zone)
            day = local.date()
            ranges = special[day] if day in special else weekly[week_type(day), day.weekday()]
            now = local.hour * 60 + local.minute
            if any(opens <= now < closes for opens, closes in ranges):
                return look.astimezone(timezone.utc)
        return None
