# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestHours(ContactCenterCase):
    """Times are UTC: São Paulo is three hours behind. The 20th of November 2026 is a Friday."""

    def test_open_and_closed(self):
        for at, is_open in (
            ("2026-11-20 09:59:59", False),
            ("2026-11-20 10:00:00", True),
            ("2026-11-20 13:59:59", True),
            ("2026-11-20 14:00:00", False),
            ("2026-11-20 16:00:00", True),
            ("2026-11-20 19:59:59", True),
            ("2026-11-20 20:00:00", False),
            ("2026-11-21 13:00:00", False),
        ):
            at = datetime.fromisoformat(at)
            self.assertEqual(self.queue._is_open(at), is_open, at)

    def test_next_opening(self):
        for at, opening, text in (
            ("2026-11-20 14:30:00", "2026-11-20 16:00:00", "hoje às 13h"),
            ("2026-11-19 22:00:00", "2026-11-20 10:00:00", "amanhã às 7h"),
            ("2026-11-20 22:00:00", "2026-11-23 10:00:00", "segunda-feira, 23/11, às 7h"),
            ("2026-11-20 13:00:00", "2026-11-20 13:00:00", "hoje às 10h"),
        ):
            at = datetime.fromisoformat(at)
            self.assertEqual(self.queue._next_opening(at), datetime.fromisoformat(opening))
            self.assertEqual(self.queue.with_context(lang="pt_BR")._next_opening_text(at), text)

    def test_next_opening_in_the_readers_language(self):
        queue = self.queue.with_context(lang="en_US")
        friday = datetime(2026, 11, 20, 22)
        self.assertEqual(queue._next_opening_text(friday), "Monday, 11/23, at 7:00")

    def test_without_hours_always_open(self):
        self.queue.calendar_id = False
        self.assertTrue(self.queue._is_open(datetime(2026, 11, 22, 3)))

    def test_calendar_without_ranges_never_opens(self):
        self.queue.calendar_id = self.env["resource.calendar"].create(
            {"name": "Vazio", "attendance_ids": [Command.clear()], "tz": "America/Sao_Paulo"}
        )
        self.assertIsNone(self.queue._next_opening())
        self.assertEqual(self.queue.with_context(lang="pt_BR")._next_opening_text(), "em breve")

    def test_leave_of_the_calendar(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Recesso",
                "calendar_id": self.queue.calendar_id.id,
                "date_from": "2026-11-23 03:00:00",
                "date_to": "2026-11-24 02:59:59",
            }
        )
        at = datetime(2026, 11, 20, 22)
        self.assertEqual(
            self.queue.with_context(lang="pt_BR")._next_opening_text(at),
            "terça-feira, 24/11, às 7h",
        )

    def test_a_holiday_in_between_is_said(self):
        self.env["calendar.public.holiday"].create(
            {
                "year": 2026,
                "line_ids": [Command.create({"name": "Feriado", "date": "2026-11-23"})],
            }
        )
        friday = datetime(2026, 11, 20, 22)
        text = "terça-feira, 24/11, às 7h, depois do feriado"
        self.assertEqual(self.queue.with_context(lang="pt_BR")._next_opening_text(friday), text)
        with freeze_time(friday):
            conversation = self._waiting()
            for _time in range(3):
                conversation._receive(self._text("alguém aí?"))
        said = [body for body in self._said(conversation) if text in body]
        self.assertEqual(len(said), 1, "once for the whole time, not at each message")
        self.assertNotIn("logo", " ".join(self._said(conversation)))

    def test_public_holiday(self):
        self.env["calendar.public.holiday"].create(
            {
                "year": 2026,
                "line_ids": [Command.create({"name": "Feriado", "date": "2026-11-20"})],
            }
        )
        at = datetime(2026, 11, 20, 13)
        self.assertEqual(self.queue._special_day(at).kind, "holiday")
        self.assertFalse(self.queue._is_open(at))
        self.assertEqual(
            self.queue.with_context(lang="pt_BR")._next_opening_text(at),
            "segunda-feira, 23/11, às 7h",
        )
        self.assertEqual(self._automatic_kinds(self._waiting()), ["holiday"])

    @freeze_time("2026-11-20 22:00:00")
    def test_hand_over_outside_hours_still_queues(self):
        conversation = self._waiting()
        self.assertEqual(conversation.state, "queued")
        self.assertFalse(conversation.outcome)
        self.assertEqual(self._automatic_kinds(conversation), ["out_of_hours"])
        self.assertIn("segunda-feira, 23/11, às 7h", self._said(conversation)[-1])
        queued = conversation.event_ids.filtered(lambda event: event.kind == "queued")
        self.assertEqual(queued.data["hours"], "out_of_hours")
