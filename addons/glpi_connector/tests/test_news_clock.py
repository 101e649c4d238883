# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.tests import tagged

from .test_news import NewsCase


@tagged("post_install", "-at_install")
class TestNewsClock(NewsCase):
    """With any difference of clocks no news is missed and none is repeated."""

    def _at(self, moment, words):
        """Let a technician write at GLPI's `moment`; return the messages to the citizen."""
        self._write(words, at=moment)
        heard = self._poll()
        self.assertEqual(len(heard), 1, f"{words} at {moment}: {heard}")
        self.assertIn(words, heard[0])
        self.assertFalse(self._poll(), "told twice")

    def test_end_of_summer_time(self):
        """In the hour that comes twice, entries of the second pass have earlier dates."""
        self._at("2026-11-21 23:50:00", "antes")
        self._at("2026-11-21 23:05:00", "na hora repetida")
        self._at("2026-11-22 00:10:00", "depois")

    def test_start_of_summer_time(self):
        self._at("2026-11-21 23:59:30", "antes")
        self._at("2026-11-22 01:00:10", "uma hora a mais")

    def test_clock_corrected_by_ten_minutes_either_way(self):
        self._at("2026-11-21 20:10:00", "dez minutos adiantado")
        self._at("2026-11-21 20:00:30", "relógio acertado")
        self._at("2026-11-21 20:00:40", "agora certo")
        self._at("2026-11-21 20:11:00", "adiantado outra vez")

    def test_our_own_clock_does_not_matter(self):
        for minutes in (-10, 10):
            with self.subTest(minutes=minutes):
                now = datetime(2026, 11, 21, 23, 0) + timedelta(minutes=minutes)
                self.glpi.tell_time(now)
                self._at(f"2026-11-21 20:0{5 + minutes // 10}:00", f"desvio {minutes}")

    def test_clock_that_ran_a_day_ahead_leaves_no_gap(self):
        """The mark is never later than GLPI's present time."""
        self.glpi.tell_time(datetime(2026, 11, 21, 23, 0, 0))
        self._at("2026-11-22 20:00:00", "do futuro")
        self.assertLessEqual(self.server.poll_mark, "2026-11-21 20:00:00")
        self._at("2026-11-21 20:01:00", "de hoje")

    def test_other_time_zone_of_glpi(self):
        for hours, moment in ((-3, "2026-11-22 00:00:00"), (0, "2026-11-22 03:00:00")):
            self.glpi.settings(utc_offset_hours=hours)
            self._at(moment, f"fuso {hours}")

    def test_many_that_changed_in_one_second_are_read_run_by_run(self):
        """The next run reads the rest, and nothing is read for ever."""
        others = [self._ticket(title=f"Chamado {number}") for number in range(5)]
        for ticket in others:
            ticket._push()
        self._poll()
        moment = "2026-11-21 20:20:00"
        for row in self.glpi.tickets.values():
            row.update(status=2, date_mod=moment)
        everything = self.ticket.browse([self.ticket.id, *(one.id for one in others)])
        # each look at the clock takes 100 s: two tickets a run
        clock = iter(range(0, 100_000, 100))
        with patch("odoo.addons.glpi_connector.models.glpi_server_news.time") as time:
            time.monotonic = lambda: next(clock)
            runs = 0
            while set(everything.mapped("glpi_status")) != {"2"}:
                runs += 1
                self.assertLess(runs, 8, everything.mapped("glpi_status"))
                self.server._poll()
            self.assertGreater(runs, 2)
            while self.server.poll_mark != moment:
                runs += 1
                self.assertLess(runs, 12, "the mark does not move")
                self.server._poll()
            asked = self.glpi.attempts
            self.server._poll()
        self.assertLessEqual(self.glpi.attempts - asked, 4, "read again though nothing happened")

    def test_dates_that_are_none(self):
        """GLPI's database holds null and 0000-00-00, of imports and old versions."""
        for number, date in enumerate((None, "0000-00-00 00:00:00", "")):
            self._write(f"sem data {number}", at=f"2026-11-21 20:1{number}:00")
            self.glpi.followups[-1]["date"] = date
            (text,) = self._poll()
            self.assertIn(f"sem data {number}", text)
        for mark in ("0000-00-00 00:00:00", "ontem"):
            self.server.poll_mark = mark
            self._write(f"depois de {mark}", at=f"2026-11-21 20:2{len(mark) % 10}:00")
            (text,) = self._poll() + self._poll()
            self.assertIn(f"depois de {mark}", text)
