from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import fields, models

from ..core.hours import opening_text

# How far ahead an opening is looked for, in days: longer than any recess.
HORIZON_DAYS = 90
STEP_DAYS = 7


class Queue(models.Model):
    """Service hours of a queue: the calendar's ranges less its leaves and the public holidays."""

    _inherit = "contact_center.queue"

    def _timezone(self):
        """The time zone in which this queue lives."""
        return ZoneInfo(self.calendar_id.tz or self.env.user.tz or "America/Sao_Paulo")

    def _at_utc(self, at):
        """`at` (naive UTC, aware, or None for now) as an aware UTC time."""
        at = at or fields.Datetime.now()
        return at.replace(tzinfo=timezone.utc) if at.tzinfo is None else at.astimezone(timezone.utc)

    def _holiday_dates(self, start, end):
        """Dates of public holidays between the local dates `start` and `end`, both included."""
        # sudo: calendar.public.holiday - holidays are public
        lines = (
            self.env["calendar.public.holiday"]
            .sudo()
            .get_holidays_list(
                start_dt=start, end_dt=end, partner_id=self.env.company.partner_id.id
            )
        )
        return set(lines.mapped("date"))

    def _is_holiday(self, at=None):
        """Whether `at` (UTC, now by default) falls on a public holiday."""
        self.ensure_one()
        day = self._at_utc(at).astimezone(self._timezone()).date()
        return day in self._holiday_dates(day, day)

    def _open_ranges(self, start, end):
        """Ranges (aware UTC start, end) in which people serve, between two aware UTC times."""
        self.ensure_one()
        # sudo: resource.calendar - hours are no secret and bots need them
        calendar = self.calendar_id.sudo()
        zone = self._timezone()
        holidays = self._holiday_dates(start.astimezone(zone).date(), end.astimezone(zone).date())
        ranges = []
        for opens, closes, _records in calendar._work_intervals_batch(start, end)[False]:
            if opens.astimezone(zone).date() not in holidays:
                ranges.append((opens.astimezone(timezone.utc), closes.astimezone(timezone.utc)))
        return ranges

    def _is_open(self, at=None):
        """Whether people serve this queue at `at` (UTC, now by default)."""
        self.ensure_one()
        if not self.calendar_id:
            return True
        at = self._at_utc(at)
        return any(
            opens <= at < closes
            for opens, closes in self._open_ranges(at, at + timedelta(seconds=1))
        )

    def _next_opening(self, at=None) -> datetime | None:
        """When people serve this queue next: naive UTC, `at` itself when it is open.

        None when the calendar has no opening in the next months.
        """
        self.ensure_one()
        at = self._at_utc(at)
        if self._is_open(at):
            return at.replace(tzinfo=None)
        for day in range(0, HORIZON_DAYS, STEP_DAYS):
            start = at + timedelta(days=day)
            for opens, _closes in self._open_ranges(start, start + timedelta(days=STEP_DAYS)):
                return opens.replace(tzinfo=None)
        return None

    def _next_opening_text(self, at=None) -> str:
        """When people are back, in Portuguese: "amanhã às 7h", "segunda-feira, 23/11, às 7h"."""
        self.ensure_one()
        zone = self._timezone()
        opening = self._next_opening(at)
        local = opening and opening.replace(tzinfo=timezone.utc).astimezone(zone)
        return opening_text(self._at_utc(at).astimezone(zone), local)
