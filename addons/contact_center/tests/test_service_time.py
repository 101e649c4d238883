# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .common import ContactCenterCase


class HoursCase(ContactCenterCase):
    """Queues with hours of a test's own; times are given with their offset."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(type(cls.env["ir.cron"]), "_commit_progress", lambda *_args, **_values: 60)

    def _hours(self, *ranges, zone="America/Sao_Paulo", days=range(5), queue=None):
        """Give the queue these hours: (from, to) of each of `days`."""
        (queue or self.queue).calendar_id = self.env["resource.calendar"].create(
            {
                "name": f"Horário de {zone}",
                "tz": zone,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": "Expediente",
                            "dayofweek": str(day),
                            "day_period": "morning",
                            "hour_from": start,
                            "hour_to": end,
                        }
                    )
                    for day in days
                    for start, end in ranges
                ],
            }
        )

    def _at(self, text):
        """Let it be this moment."""
        return freeze_time(datetime.fromisoformat(text))

    def _state_at(self, conversation, text):
        """Return the state after the scheduled action ran at this moment."""
        with self._at(text):
            self.Conversation._cron_inactivity()
        return conversation.state


@tagged("post_install", "-at_install")
class TestSilenceInServiceTime(HoursCase):
    """Duties of agents and patience of citizens count service hours only."""

    def test_waiting_over_the_night(self):
        self._hours((8, 18))
        self.queue.write({"waiting_warning_minutes": 0, "waiting_close_minutes": 120})
        with self._at("2026-11-18T17:30-03:00"):
            conversation = self._waiting()
        for at in ("2026-11-18T18:30-03:00", "2026-11-19T08:00-03:00", "2026-11-19T09:29-03:00"):
            self.assertEqual(self._state_at(conversation, at), "queued", at)
        self.assertEqual(self._state_at(conversation, "2026-11-19T09:30-03:00"), "closed")
        self.assertEqual(conversation.outcome, "abandoned")

    def test_the_citizen_owes_over_the_night(self):
        self._hours((8, 18))
        self.queue.write({"service_warning_minutes": 0, "service_close_minutes": 120})
        with self._at("2026-11-18T17:30-03:00"):
            conversation = self._in_service()
            self._answer(conversation)
        for at in ("2026-11-19T08:00-03:00", "2026-11-19T09:29-03:00"):
            self.assertEqual(self._state_at(conversation, at), "in_service", at)
        self.assertEqual(self._state_at(conversation, "2026-11-19T09:30-03:00"), "closed")

    def test_lunch(self):
        self._hours((8, 12), (14, 18))
        self.queue.write({"service_warning_minutes": 30, "service_close_minutes": 60})
        with self._at("2026-11-25T11:50-03:00"):
            conversation = self._in_service()
            self._answer(conversation)
        for at in ("2026-11-25T12:20-03:00", "2026-11-25T14:00-03:00", "2026-11-25T14:19-03:00"):
            self._state_at(conversation, at)
            self.assertNotIn("inactivity_warning", self._automatic_kinds(conversation), at)
        self._state_at(conversation, "2026-11-25T14:20-03:00")
        self.assertIn("inactivity_warning", self._automatic_kinds(conversation))
        self.assertEqual(self._state_at(conversation, "2026-11-25T14:49-03:00"), "in_service")
        self.assertEqual(self._state_at(conversation, "2026-11-25T14:50-03:00"), "closed")

    def test_warned_at_the_end_of_the_day(self):
        """Citizens warned at 17:50 have the morning to answer."""
        self._hours((8, 18))
        self.queue.write({"service_warning_minutes": 20, "service_close_minutes": 50})
        with self._at("2026-11-18T17:30-03:00"):
            conversation = self._in_service()
            self._answer(conversation)
        self._state_at(conversation, "2026-11-18T17:50-03:00")
        self.assertIn("inactivity_warning", self._automatic_kinds(conversation))
        self.assertEqual(self._state_at(conversation, "2026-11-19T08:19-03:00"), "in_service")
        self.assertEqual(self._state_at(conversation, "2026-11-19T08:20-03:00"), "closed")

    def test_holiday_and_weekend(self):
        self._hours((8, 18))
        self.queue.write({"waiting_warning_minutes": 0, "waiting_close_minutes": 60})
        self.queue.exception_ids = [
            Command.create({"date": "2026-11-20", "kind": "closed", "reason": "Feriado"})
        ]
        with self._at("2026-11-19T17:30-03:00"):
            conversation = self._waiting()
        self.assertEqual(self._state_at(conversation, "2026-11-20T10:00-03:00"), "queued")
        self.assertEqual(self._state_at(conversation, "2026-11-23T08:29-03:00"), "queued")
        self.assertEqual(self._state_at(conversation, "2026-11-23T08:30-03:00"), "closed")

    def test_a_clock_that_was_set_back_closes_nobody(self):
        self._hours((8, 18))
        self.queue.write({"waiting_warning_minutes": 5, "waiting_close_minutes": 30})
        with self._at("2026-11-18T15:00-03:00"):
            conversation = self._waiting()
        self.assertEqual(self._state_at(conversation, "2026-11-18T12:00-03:00"), "queued")
        with self._at("2026-11-18T12:00-03:00"):
            self.assertEqual(conversation.waiting_seconds, 0)
            self.assertEqual(self.queue._estimated_wait_minutes(), 0)
            self.assertEqual(conversation._waiting_words(), "1 minuto")
            conversation.with_user(self.agent).action_take()
            self._answer(conversation)
        self.assertGreaterEqual(conversation.waiting_seconds, 0)
        states = self.env["contact_center.agent.state"].search([("user_id", "=", self.agent.id)])
        self.assertTrue(all(state.duration >= 0 for state in states))


@tagged("post_install", "-at_install")
class TestWaitTold(HoursCase):
    """The wait that citizens are told is one of service time."""

    def test_over_a_weekend(self):
        self._hours((8, 18))
        with self._at("2026-11-20T17:50-03:00"):
            conversation = self._waiting()
        with self._at("2026-11-23T08:05-03:00"):
            self.assertEqual(self.queue._estimated_wait_minutes(), 15)
            self.assertEqual(conversation._waiting_words(), "15 minutos")
        with self._at("2026-11-23T08:10-03:00"):
            conversation.with_user(self.agent).action_take()
        with self._at("2026-11-23T08:20-03:00"):
            self.assertEqual(self.queue._estimated_wait_minutes(), 20)

    def test_over_lunch(self):
        self._hours((8, 12), (14, 18))
        with self._at("2026-11-25T11:55-03:00"):
            conversation = self._waiting()
        with self._at("2026-11-25T14:10-03:00"):
            self.assertEqual(self.queue._estimated_wait_minutes(), 15)
            self.assertEqual(conversation._waiting_words(), "15 minutos")

    def test_without_hours_every_minute_counts(self):
        self.queue.calendar_id = False
        with self._at("2026-11-21T23:00-03:00"):
            self._waiting()
        with self._at("2026-11-22T01:00-03:00"):
            self.assertEqual(self.queue._estimated_wait_minutes(), 120)

    def test_a_clock_that_was_set_back_does_not_turn_the_order_round(self):
        with self._at("2026-11-25T15:00-03:00"):
            first = self._waiting()
        with self._at("2026-11-25T12:00-03:00"):
            second = self._waiting()
            self.assertEqual(second.waiting_seconds, 0)
        rows = self.Conversation.with_user(self.agent).get_waiting()
        self.assertEqual([row["id"] for row in rows], [first.id, second.id])
        self.assertEqual((first._waiting_position(), second._waiting_position()), (1, 2))

    def test_who_came_in_the_same_second_is_behind(self):
        first, second = self._waiting(), self._waiting()
        self.assertEqual((first._waiting_position(), second._waiting_position()), (1, 2))


@tagged("post_install", "-at_install")
class TestLocalTime(HoursCase):
    """Days, years and greetings are those of the queue's clocks."""

    def test_a_calendar_that_ends_at_2359_has_no_closed_minute(self):
        for end in (23 + 59 / 60, 23.99, 24):
            self._hours((0, end), days=range(7))
            for at in (
                "2026-11-25T23:58:59-03:00",
                "2026-11-25T23:59:00-03:00",
                "2026-11-25T23:59:30-03:00",
                "2026-11-25T23:59:59.500-03:00",
                "2026-11-26T00:00:00-03:00",
            ):
                self.assertTrue(self.queue._is_open(datetime.fromisoformat(at)), (end, at))
        self._hours((8, 23 + 59 / 60), days=range(7))
        midnight = datetime.fromisoformat("2026-11-26T00:00:00-03:00")
        self.assertTrue(self.queue._is_open(midnight - timedelta(seconds=1)))
        self.assertFalse(self.queue._is_open(midnight))

    def test_the_protocols_year_is_the_queues(self):
        self._hours((8, 18), zone="America/Rio_Branco")
        self._hours((8, 18), zone="America/Noronha", queue=self.other_queue)
        # 02:30 in Noronha, 01:30 at sea level elsewhere: 23:30 of the old year in Acre
        with self._at("2030-01-01T02:30-02:00"):
            self.assertTrue(self._open(self.queue).protocol.startswith("2029"))
            self.assertTrue(self._open(self.other_queue).protocol.startswith("2030"))
            nobody = self.env["contact_center.queue"]
            with patch.object(type(nobody), "_default_queue", lambda *_args: self.queue):
                citizen = self.citizen.copy({"phone": False})
                protocol = self.Conversation._open(citizen, "internal").protocol
            self.assertTrue(protocol.startswith("2029"))

    def test_the_citys_day(self):
        queues = self.env["contact_center.queue"]
        for zone, at, day in (
            ("America/Sao_Paulo", "2026-11-25T22:30-03:00", "2026-11-25"),
            ("America/Manaus", "2026-11-25T23:30-04:00", "2026-11-25"),
            ("America/Rio_Branco", "2026-12-31T22:00-05:00", "2026-12-31"),
            ("America/Noronha", "2026-11-26T00:10-02:00", "2026-11-26"),
            ("Europe/Lisbon", "2026-07-01T00:30+01:00", "2026-07-01"),
        ):
            self._hours((8, 18), zone=zone)
            with (
                self._at(at),
                patch.object(type(queues), "_default_queue", lambda *_args: self.queue),
            ):
                self.assertEqual(str(queues._city_today()), day, zone)
                self.assertEqual(str(self._open()._local_time().date()), day, zone)

    def test_opening_words_are_those_of_the_queues_zone(self):
        at = datetime.fromisoformat("2026-11-25T20:30-05:00")  # already Thursday in Brasília
        self._hours((8, 18), zone="America/Rio_Branco")
        self.assertEqual(
            self.queue.with_context(lang="pt_BR")._next_opening_text(at), "amanhã às 8h"
        )
        at = datetime.fromisoformat("2026-11-26T06:30-05:00")
        self.assertEqual(self.queue.with_context(lang="pt_BR")._next_opening_text(at), "hoje às 8h")
