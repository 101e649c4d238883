# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from ..core import schedule, service_time
from ..core.hours import opening_text

# How far ahead to search for an opening, in days: longer than any recess.
HORIZON_DAYS = 90
STEP_DAYS = 7
# How far back to compute service time, in days: more than any silence that a queue allows.
BACK_DAYS = 120
# Shown to citizens if nobody entered a reason
NO_REASON = "sem expediente"
DEFAULT_TIMEZONE = "America/Sao_Paulo"


@dataclass(frozen=True)
class SpecialDay:
    """A day on which a queue does not keep its usual hours.

    `kind` is holiday, closed or hours; `ranges` are minutes since midnight, empty if it is closed.
    """

    kind: str
    reason: str
    ranges: tuple = ()


class Queue(models.Model):
    """Service hours: the calendar's ranges without leaves and public holidays.

    Plus single days with special hours.
    """

    _inherit = "contact_center.queue"

    exception_ids = fields.One2many(
        "contact_center.queue.exception", "queue_id", string="Days with other hours"
    )

    def _timezone(self):
        """Return this queue's time zone."""
        # sudo: contact_center.queue, resource.calendar, res.company - the time zone is no secret
        # and bots need it
        name = self.sudo().calendar_id.tz or self.env.company.sudo().partner_id.tz
        return ZoneInfo(name or DEFAULT_TIMEZONE)

    def _local_time(self, at=None):
        """Return a moment in this queue's local time, aware.

        Naive UTC, now by default; without a queue, in the usual one's.
        """
        return self._at_utc(at).astimezone((self or self._default_queue())._timezone())

    def _at_utc(self, at):
        """`at` (naive UTC, aware, or None for now) as an aware UTC time."""
        at = at or fields.Datetime.now()
        return at.replace(tzinfo=timezone.utc) if at.tzinfo is None else at.astimezone(timezone.utc)

    # ------------------------------------------------------------
    # Days with hours of their own
    # ------------------------------------------------------------

    @api.model
    def _city_today(self) -> date:
        """Return today's date in the city (in the usual queue's time zone), not in UTC."""
        return self.browse()._local_time().date()

    @api.model
    def _city_midnight(self) -> datetime:
        """Return when today began in the city, as naive UTC."""
        local = self.browse()._local_time().replace(hour=0, minute=0, second=0, microsecond=0)
        return local.astimezone(timezone.utc).replace(tzinfo=None)

    @api.model
    def _holidays(self, start: date, end: date):
        """Return the city's public holidays between two local days: {date: name}."""
        # sudo: calendar.public.holiday - holidays are public
        lines = (
            self.env["calendar.public.holiday"]
            .sudo()
            .get_holidays_list(
                start_dt=start, end_dt=end, partner_id=self.env.company.partner_id.id
            )
        )
        return {line.date: line.name for line in lines}

    def _special_days(self, start: date, end: date) -> dict[date, SpecialDay]:
        """Return days from `start` to `end` (local, inclusive) without the usual hours.

        A day on the queue's own list takes precedence over a holiday. A queue without service hours
        is always open, even on holidays: only its own list closes it.
        """
        self.ensure_one()
        days = {}
        if self.calendar_id:
            for day, name in self._holidays(start, end).items():
                days[day] = SpecialDay("holiday", name)
        # sudo: contact_center.queue.exception - hours are no secret and bots need them
        exceptions = (
            self.env["contact_center.queue.exception"]
            .sudo()
            .search([("queue_id", "=", self.id), ("date", ">=", start), ("date", "<=", end)])
        )
        for exception in exceptions:
            ranges = exception._ranges()
            if ranges is None:
                days.pop(exception.date, None)
            else:
                days[exception.date] = SpecialDay(
                    exception.kind, exception.reason or ("" if ranges else NO_REASON), ranges
                )
        return days

    # ------------------------------------------------------------
    # Open or closed
    # ------------------------------------------------------------

    def _open_ranges(self, start, end):
        """Return the service ranges (aware UTC start, end) between two aware UTC times.

        A demonstration that acts as open is open all the time, see `demo_hours.py`.
        """
        self.ensure_one()
        if self.env["contact_center.demo"]._open_until():
            return [(start, end)]
        zone = self._timezone()
        days = self._special_days(start.astimezone(zone).date(), end.astimezone(zone).date())
        usual = [(start, end)]
        if self.calendar_id:
            # sudo: resource.calendar - hours are no secret and bots need them Start a little
            # earlier: a range ending at 23:59 ends at midnight, see `schedule`.
            intervals = self.calendar_id.sudo()._work_intervals_batch(
                start - timedelta(minutes=2), end
            )[False]
            usual = [(opens, closes) for opens, closes, _records in intervals]
        instead = {day: special.ranges for day, special in days.items()}
        return schedule.apply_days(usual, instead, zone, start, end)

    def _is_open(self, at=None):
        """Return whether this queue is open at `at` (UTC, now by default)."""
        self.ensure_one()
        at = self._at_utc(at)
        return any(
            opens <= at < closes
            for opens, closes in self._open_ranges(at, at + timedelta(seconds=1))
        )

    # ------------------------------------------------------------
    # Service time
    # ------------------------------------------------------------

    def _service_time(self, start, end) -> timedelta:
        """Return the service time between two moments, zero if `end` is before `start`.

        Naive UTC; without nights, lunch and holidays, see `core.service_time`.
        """
        self.ensure_one()
        start, end = self._at_utc(start), self._at_utc(end)
        start = max(start, end - timedelta(days=BACK_DAYS))
        if start >= end:
            return timedelta()
        return service_time.service_time(self._open_ranges(start, end), start, end)

    def _service_start(self, end, amount: timedelta) -> datetime | None:
        """Return the last moment from which `amount` of service time passed until `end`.

        Naive UTC.

        None if there was less service time than that in the last months.
        """
        self.ensure_one()
        end = self._at_utc(end)
        days = amount.days + 1
        while True:
            days = min(days * 4, BACK_DAYS)
            ranges = self._open_ranges(end - timedelta(days=days), end)
            start = service_time.subtract_service_time(ranges, end, amount)
            if start or days == BACK_DAYS:
                return start and start.replace(tzinfo=None)

    def _next_opening(self, at=None) -> datetime | None:
        """Return when this queue opens next: naive UTC, `at` itself if it is open.

        None if there is no opening in the next months.
        """
        self.ensure_one()
        at = self._at_utc(at)
        for day in range(0, HORIZON_DAYS, STEP_DAYS):
            start = at + timedelta(days=day)
            for opens, _closes in self._open_ranges(start, start + timedelta(days=STEP_DAYS)):
                return opens.replace(tzinfo=None)
        return None

    def _next_opening_text(self, at=None) -> str:
        """Return when people will be back, in the environment's language: "tomorrow at 7:00"."""
        self.ensure_one()
        zone = self._timezone()
        opening = self._next_opening(at)
        local = opening and opening.replace(tzinfo=timezone.utc).astimezone(zone)
        now = self._at_utc(at).astimezone(zone)
        after_holiday = bool(local) and self._holiday_between(now, local)
        return opening_text(now, local, self.env._, after_holiday)

    def _holiday_between(self, now, opening) -> bool:
        """Return whether a holiday lies between today and the day of the opening (both local)."""
        first, last = now.date() + timedelta(days=1), opening.date() - timedelta(days=1)
        if first > last:
            return False
        return any(day.kind == "holiday" for day in self._special_days(first, last).values())

    def _special_day(self, at=None):
        """Return the `SpecialDay` on which `at` (UTC, now by default) falls, or None."""
        self.ensure_one()
        day = self._at_utc(at).astimezone(self._timezone()).date()
        return self._special_days(day, day).get(day)

    def _closed_message(self, at=None):
        """Return the automatic message for a queue closed at `at`; "" if it is open.

        :return: holiday, day_closed (by the queue's own list) or out_of_hours
        """
        self.ensure_one()
        if self._is_open(at):
            return ""
        special = self._special_day(at)
        if special and not special.ranges:
            return "holiday" if special.kind == "holiday" else "day_closed"
        return "out_of_hours"

    def _closed_reason(self, at=None) -> str:
        """Return why the queue does not have its usual hours today, or "".

        The holiday's name, or the reason on its own list; "" on an ordinary day.
        """
        special = self._special_day(at)
        return special.reason if special else ""
