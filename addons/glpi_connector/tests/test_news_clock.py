from datetime import datetime, timedelta

from odoo.tests import tagged

from .test_news import NewsCase


@tagged("post_install", "-at_install")
class TestNewsClock(NewsCase):
    """Wherever the clocks stand, no news is missed and none is told twice."""

    def _at(self, moment, words):
        """A technician writes at `moment` of GLPI's wall clock; what the citizen hears then."""
        self._write(words, at=moment)
        heard = self._poll()
        self.assertEqual(len(heard), 1, f"{words} at {moment}: {heard}")
        self.assertIn(words, heard[0])
        self.assertFalse(self._poll(), "told twice")

    def test_end_of_summer_time(self):
        """The hour that comes twice: what is written in its second pass has an earlier date."""
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
                self.glpi.now = datetime(2026, 11, 21, 23, 0) + timedelta(minutes=minutes)
                self._at(f"2026-11-21 20:0{5 + minutes // 10}:00", f"desvio {minutes}")

    def test_clock_that_ran_a_day_ahead_leaves_no_gap(self):
        """The mark is never later than GLPI's present time."""
        self.glpi.now = datetime(2026, 11, 21, 23, 0, 0)
        self._at("2026-11-22 20:00:00", "do futuro")
        self.assertLessEqual(self.server.poll_mark, "2026-11-21 20:00:00")
        self._at("2026-11-21 20:01:00", "de hoje")

    def test_other_time_zone_of_glpi(self):
        for hours, moment in ((-3, "2026-11-22 00:00:00"), (0, "2026-11-22 03:00:00")):
            self.glpi.offset_hours = hours
            self._at(moment, f"fuso {hours}")
