# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core import holiday_calendar, movable_feasts

MAX_YEARS = 5


class HolidayImport(models.TransientModel):
    """Import national and state holidays, and the city's own from a file."""

    _name = "contact_center.holiday.import"
    _description = "Contact Center Holiday Import"

    year_from = fields.Integer(
        string="From the year", required=True, default=lambda self: self._this_year()
    )
    year_to = fields.Integer(
        string="To the year", required=True, default=lambda self: self._this_year() + 1
    )
    state_id = fields.Many2one(
        "res.country.state",
        string="Federal state",
        domain="[('country_id.code', '=', 'BR')]",
        default=lambda self: self._default_state(),
        help="Its own holidays come along with the national ones.",
    )
    file = fields.Binary(
        string="The city's holidays (CSV, XLSX, XLS or ICS)",
        help="Two columns: the day (08/12, 08/12/2027 or 8 de dezembro) and its name.",
    )
    warning = fields.Text(compute="_compute_warning")
    filename = fields.Char()
    line_ids = fields.One2many(
        "contact_center.holiday.import.line",
        "import_id",
        string="Holidays",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    def _this_year(self):
        """Return the current year in the city."""
        return self.env["contact_center.queue"]._city_today().year

    @api.model
    def _default_state(self):
        """Return the company's state, if it is in Brazil."""
        state = self.env.company.state_id
        return state if state.country_id.code == "BR" else state.browse()

    def _years(self):
        """Return the requested years; UserError if they make no sense."""
        self.ensure_one()
        years = range(self.year_from, self.year_to + 1)
        if not 1 <= len(years) <= MAX_YEARS or not 2000 <= self.year_from <= 2100:
            raise UserError(
                self.env._(
                    "Choose one to %s years, the first one first.",
                    MAX_YEARS,
                )
            )
        return years

    def _file_days(self):
        """Return the holidays in the file; UserError naming a row that was not understood."""
        if not self.file:
            return []
        try:
            return holiday_calendar.read_file(base64.b64decode(self.file), self._years())
        except holiday_calendar.HolidayFileError as error:
            raise UserError(self._why_no_holidays(error)) from error

    def _why_no_holidays(self, error):
        """Return what is wrong with a file, in words.

        :param error: `core.holiday_files.HolidayFileError`
        """
        reasons = {
            "file": self.env._("This file is neither CSV, XLSX, XLS nor ICS."),
            "empty": self.env._("There is no holiday in this file."),
            "many": self.env._("This file has more rows than a list of holidays has."),
            "sheets": self.env._(
                "More than one sheet of this file has rows: leave only the one with the holidays."
            ),
            "name": self.env._(
                "Row %(row)s of the file has no name: “%(value)s”.",
                row=error.row,
                value=error.value,
            ),
        }
        return reasons.get(error.reason) or self.env._(
            "Row %(row)s of the file is no holiday: “%(value)s”. Each row has the day "
            "(08/12 or 08/12/2027) and the name.",
            row=error.row,
            value=error.value,
        )

    @api.depends("line_ids.date", "line_ids.name", "line_ids.level")
    def _compute_warning(self):
        for wizard in self:
            wrong = wizard.line_ids.filtered("right_date")
            wizard.warning = "\n".join(
                self.env._(
                    "%(name)s is on %(right)s in %(year)s, not on %(date)s: check it before "
                    "bringing it in.",
                    name=line.name,
                    right=f"{line.right_date:%d/%m}",
                    year=line.date.year,
                    date=f"{line.date:%d/%m}",
                )
                for line in wrong
            )

    @api.depends("year_from", "year_to", "state_id", "file")
    def _compute_line_ids(self):
        holidays = self.env["calendar.public.holiday"]
        for wizard in self:
            commands = [fields.Command.clear()]
            by_date = {day.date: (day, True) for day in wizard._file_days()}
            for year in wizard._years():
                days, chosen = holidays._days_of_year(year, wizard.state_id)
                for day in days:
                    by_date.setdefault(day.date, (day, day.date in chosen))
            known = wizard._known(by_date)
            for date, (day, is_chosen) in sorted(by_date.items()):
                commands.append(
                    fields.Command.create(
                        {
                            "date": date,
                            "name": day.name,
                            "level": day.level,
                            "optional": day.optional,
                            "known": date in known,
                            "chosen": is_chosen or date in known,
                        }
                    )
                )
            wizard.line_ids = commands

    def _known(self, dates):
        """Return those of `dates` that already exist."""
        if not dates:
            return set()
        return set(self.env["contact_center.queue"]._holidays(min(dates), max(dates)))

    def action_import(self):
        """Add the chosen days that are missing, and show the holidays."""
        self.ensure_one()
        self._check_company()
        lines = self.line_ids.filtered(lambda line: line.chosen and not line.known)
        self.env["calendar.public.holiday"]._import_days(
            [
                holiday_calendar.Holiday(line.date, line.name, line.level, line.optional)
                for line in lines
            ],
            self.state_id,
        )
        if self.env.context.get("from_first_steps"):
            return {"type": "ir.actions.act_window_close"}
        return self.env["ir.actions.act_window"]._for_xml_id(
            "calendar_public_holiday.open_calendar_public_holiday_view"
        )

    def _check_company(self):
        """Holidays apply in the company's state: store it if missing, refuse a different one."""
        if not self.state_id:
            return
        # sudo: res.company - its state, without which a state's holidays would not apply
        company = self.env.company.sudo()
        if not company.state_id and company.country_id in (
            self.state_id.country_id,
            self.env["res.country"],
        ):
            company.write({"state_id": self.state_id.id, "country_id": self.state_id.country_id.id})
        if company.state_id != self.state_id:
            raise UserError(
                self.env._(
                    "%(company)s is in %(own)s: holidays of %(other)s would not hold there.",
                    company=company.name,
                    own=company.state_id.name or company.country_id.name,
                    other=self.state_id.name,
                )
            )


class HolidayImportLine(models.TransientModel):
    """A day that may be imported."""

    _name = "contact_center.holiday.import.line"
    _description = "Contact Center Holiday to Import"
    _order = "date, id"

    import_id = fields.Many2one("contact_center.holiday.import", required=True, ondelete="cascade")
    chosen = fields.Boolean(string="Bring in")
    date = fields.Date(required=True)
    name = fields.Char(required=True)
    level = fields.Selection(
        [("national", "National"), ("state", "Federal state"), ("city", "City")],
        required=True,
        string="Holiday of",
    )
    optional = fields.Boolean(string="By decree")
    known = fields.Boolean(string="Already there", readonly=True)
    right_date = fields.Date(
        string="Usually on",
        compute="_compute_right_date",
        help="On which day a feast that follows Easter is in that year.",
    )

    @api.depends("date", "name", "level")
    def _compute_right_date(self):
        for line in self:
            city = line.level == holiday_calendar.CITY and line.date and line.name
            line.right_date = movable_feasts.right_day(line.date, line.name) if city else False
