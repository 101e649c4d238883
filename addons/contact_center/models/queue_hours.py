from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from ..core import schedule
from ..core.hours import opening_text

# How far ahead an opening is looked for, in days: longer than any recess.
HORIZON_DAYS = 90
STEP_DAYS = 7
# What citizens read where nobody wrote a reason
NO_REASON = "sem expediente"
DEFAULT_TIMEZONE = "America/Sao_Paulo"


@dataclass(frozen=True)
class SpecialDay:
    """A day on which a queue does not keep its usual hours.

    `kind` is holiday, closed or hours; `ranges` are minutes since midnight, none when it is closed.
    """

    kind: str
    reason: str
    ranges: tuple = ()


class Queue(models.Model):
    """Service hours of a queue: the calendar's ranges less its leaves and the public holidays,
    and single days with hours of their own."""

    _inherit = "contact_center.queue"

    exception_ids = fields.One2many(
        "contact_center.queue.exception", "queue_id", string="Days with other hours"
    )

    def _timezone(self):
        """The time zone in which this queue lives."""
        # sudo: resource.calendar, res.company - the time zone is no secret and bots need it
        name = self.calendar_id.sudo().tz or self.env.company.sudo().partner_id.tz
        return ZoneInfo(name or DEFAULT_TIMEZONE)

    def _at_utc(self, at):
        """`at` (naive UTC, aware, or None for now) as an aware UTC time."""
        at = at or fields.Datetime.now()
        return at.replace(tzinfo=timezone.utc) if at.tzinfo is None else at.astimezone(timezone.utc)

    # ------------------------------------------------------------
    # Days with hours of their own
    # ------------------------------------------------------------

    @api.model
    def _holidays(self, start: date, end: date):
        """Public holidays of the city from one local day to another: {date: name}."""
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
        """Days from `start` to `end` (local, both included) without the usual hours.

        A day of the queue's own list goes before a holiday. A queue without service hours is
        always open, also on holidays: only its own list closes it.
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
        """Ranges (aware UTC start, end) in which people serve, between two aware UTC times."""
        self.ensure_one()
        zone = self._timezone()
        days = self._special_days(start.astimezone(zone).date(), end.astimezone(zone).date())
        usual = [(start, end)]
        if self.calendar_id:
            # sudo: resource.calendar - hours are no secret and bots need them
            intervals = self.calendar_id.sudo()._work_intervals_batch(start, end)[False]
            usual = [(opens, closes) for opens, closes, _records in intervals]
        instead = {day: special.ranges for day, special in days.items()}
        return schedule.apply_days(usual, instead, zone, start, end)

    def _is_open(self, at=None):
        """Whether people serve this queue at `at` (UTC, now by default)."""
        self.ensure_one()
        at = self._at_utc(at)
        return any(
            opens <= at < closes
            for opens, closes in self._open_ranges(at, at + timedelta(seconds=1))
        )

    def _next_opening(self, at=None) -> datetime | None:
        """When people serve this queue next: naive UTC, `at` itself when it is open.

        None when there is no opening in the next months.
        """
        self.ensure_one()
        at = self._at_utc(at)
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

    def _special_day(self, at=None):
        """The `SpecialDay` on which `at` (UTC, now by default) falls, or None."""
        self.ensure_one()
        day = self._at_utc(at).astimezone(self._timezone()).date()
        return self._special_days(day, day).get(day)

    def _is_holiday(self, at=None):
        """Whether this queue is closed at `at` (UTC, now by default) for a public holiday."""
        special = self._special_day(at)
        return bool(special) and special.kind == "holiday"

    def _closed_message(self, at=None):
        """Which automatic message says that the queue is closed at `at`; "" when it is open.

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
        """Why the queue does not keep its usual hours today: the holiday's name, or the reason
        on its own list; "" on a usual day."""
        special = self._special_day(at)
        return special.reason if special else ""
