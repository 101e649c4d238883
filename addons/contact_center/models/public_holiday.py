# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import api, fields, models

from ..core import holiday_calendar

_logger = logging.getLogger(__name__)

# The month from which next year's holidays are filled in: their laws are known by then.
FILL_FROM_MONTH = 10


class PublicHolidayLine(models.Model):
    """Adds to a holiday whether it is national, the state's or the city's."""

    _inherit = "calendar.public.holiday.line"

    level = fields.Selection(
        [
            (holiday_calendar.NATIONAL, "National"),
            (holiday_calendar.STATE, "Federal state"),
            (holiday_calendar.CITY, "City"),
        ],
        string="Holiday of",
    )
    optional = fields.Boolean(
        string="By decree", help="A decree decides each year whether there is service on this day."
    )


class PublicHoliday(models.Model):
    """Imports holidays by year."""

    _inherit = "calendar.public.holiday"

    @api.model
    def _import_days(self, days, state):
        """Add the missing ones of `days` (`core.holiday_calendar.Holiday`).

        :param state: res.country.state to which the state's holidays apply
        :return: how many were added
        """
        added = 0
        for year in sorted({day.date.year for day in days}):
            record = self._of_year(year)
            known = set(record.line_ids.mapped("date"))
            vals_list = [
                {
                    "public_holiday_id": record.id,
                    "date": day.date,
                    "name": day.name,
                    "level": day.level,
                    "optional": day.optional,
                    "variable_date": day.optional,
                    "state_ids": [(6, 0, state.ids if day.level == holiday_calendar.STATE else [])],
                }
                for day in days
                if day.date.year == year and day.date not in known
            ]
            self.env["calendar.public.holiday.line"].create(vals_list)
            added += len(vals_list)
        return added

    @api.model
    def _of_year(self, year):
        """Return the company's list for this year, created if missing."""
        country = self.env.company.country_id
        record = self.search([("year", "=", year), ("country_id", "in", [False, country.id])])
        return record[:1] or self.create({"year": year, "country_id": country.id})

    @api.model
    def _days_of_year(self, year, state):
        """Return holidays of `year` as the administrator wants them: (days, chosen dates).

        Legal holidays are chosen. Days decided by decree are chosen if they were in the last
        import; for the first import, if they are customary.
        """
        days = holiday_calendar.brazilian(year, state.code or "")
        before = self.env["calendar.public.holiday.line"].search(
            [
                ("date", "<", f"{year}-01-01"),
                ("date", ">=", f"{year - 1}-01-01"),
                ("level", "!=", False),
            ]
        )
        customary = set(before.mapped("name")) if before else holiday_calendar.CUSTOMARY
        chosen = {day.date for day in days if not day.optional or day.name in customary}
        return days, chosen

    @api.model
    def _cron_fill_next_year(self):
        """Fill in next year's holidays for centers that imported this year's, and report it."""
        today = self.env["contact_center.queue"]._city_today()
        lines = self.env["calendar.public.holiday.line"]

        def imported(year):
            return lines.search_count(
                [("public_holiday_id.year", "=", year), ("level", "!=", False)], limit=1
            )

        if today.month < FILL_FROM_MONTH or not imported(today.year) or imported(today.year + 1):
            return
        state = self.env.company.state_id
        days, chosen = self._days_of_year(today.year + 1, state)
        added = self._import_days([day for day in days if day.date in chosen], state)
        _logger.info("%s holidays of %s were filled in", added, today.year + 1)
        self._tell_administrators(today.year + 1, added)

    def _tell_administrators(self, year, added):
        """Tell the administrators' inboxes what was filled in and what is left to do."""
        administrators = self.env.ref("contact_center.group_administrator").all_user_ids
        for user in administrators.filtered(lambda user: user.active and not user.share):
            _ = self.with_context(lang=user.lang).env._
            self.env["mail.thread"].message_notify(
                partner_ids=user.partner_id.ids,
                subject=_("Holidays of %s", year),
                body=_(
                    "%(added)s holidays of %(year)s were filled in. Check the days that depend on "
                    "a decree and add those of the city.",
                    added=added,
                    year=year,
                ),
            )
