# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import email_normalize, email_split

from ..sheet import WRITERS, periods
from .report_issue import SCHEDULED, WAITING

# Due reports taken up by one run
BATCH = 50
# Changes of these make the next date, or what it will be, another one
_PLANNED = {
    *("active", "kind", "grouping", "queue_ids", "agent_ids", "channel", "period"),
    *("every", "first_at", "recipient_ids", "email_to"),
    *(f"as_{suffix}" for suffix in WRITERS),
}


class ReportSchedule(models.Model):
    """A report that is issued at set times, once or again and again.

    Its next date is a row of `contact_center.report.issue`; when that is due, it is made and the
    date after it is planned, in one transaction. Dates that were missed while the system was down
    are made up for, each with the period as seen from that date.
    """

    _name = "contact_center.report.schedule"
    _inherit = ["contact_center.report.choice"]
    _description = "Scheduled Report"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    user_id = fields.Many2one(
        "res.users",
        string="Made for",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
        help="The report shows what this person and its recipients may see.",
    )
    period = fields.Selection(
        selection="_period_selection",
        required=True,
        default=periods.YESTERDAY,
        help="As seen from the day on which it is issued.",
    )
    every = fields.Selection(
        [
            (periods.ONCE, "Once"),
            (periods.DAILY, "Every day"),
            (periods.WEEKLY, "Every week"),
            (periods.MONTHLY, "Every month"),
            (periods.HALF_YEARLY, "Every six months"),
            (periods.YEARLY, "Every year"),
        ],
        string="Repeated",
        required=True,
        default=periods.DAILY,
    )
    first_at = fields.Datetime(
        string="First issue",
        required=True,
        default=lambda self: self._tomorrow_morning(),
        help="Date and time; those after it follow at the same time of the city's day.",
    )
    recipient_ids = fields.Many2many(
        "res.users",
        "contact_center_report_schedule_recipient_rel",
        string="Recipients",
        domain="[('share', '=', False)]",
        help="They get an e-mail and see the report in the list of issued ones.",
    )
    email_to = fields.Char(
        string="Other addresses", help="Addresses of e-mail, with commas between them."
    )
    as_pdf = fields.Boolean("PDF", default=True)
    as_xlsx = fields.Boolean("Excel (xlsx)", default=True)
    as_xls = fields.Boolean("Excel 97-2003 (xls)")
    as_txt = fields.Boolean("Text (txt)")
    as_rtf = fields.Boolean("Rich text (rtf)")
    as_csv = fields.Boolean("CSV")
    issue_ids = fields.One2many("contact_center.report.issue", "schedule_id", readonly=True)
    next_at = fields.Datetime(compute="_compute_next_at", string="Next issue")

    @api.model
    def _period_selection(self):
        return self.env["contact_center.report.kind"]._period_names()

    @api.model
    def _zone(self):
        return self.env["contact_center.queue"]._default_queue()._timezone().key

    @api.model
    def _tomorrow_morning(self):
        """Return tomorrow at six in the city (naive UTC)."""
        tomorrow = fields.Date.add(self.env["contact_center.queue"]._city_today(), days=1)
        return periods.midnight(tomorrow, self._zone()) + timedelta(hours=6)

    @api.depends("issue_ids.state", "issue_ids.due_at")
    def _compute_next_at(self):
        for schedule in self:
            planned = schedule.issue_ids.filtered(lambda one: one.state == SCHEDULED)
            schedule.next_at = planned[:1].due_at

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    @api.constrains("kind", "grouping")
    def _check_divided(self):
        self._check_grouping()

    @api.constrains(*(f"as_{suffix}" for suffix in WRITERS))
    def _check_formats(self):
        for schedule in self:
            if not schedule._formats():
                raise ValidationError(self.env._("Choose at least one format."))

    @api.constrains("email_to", "recipient_ids")
    def _check_addresses(self):
        for schedule in self:
            parts = (schedule.email_to or "").replace(";", ",").split(",")
            typed = [one.strip() for one in parts if one.strip()]
            wrong = [one for one in typed if not email_split(one) or not email_normalize(one)]
            if wrong:
                raise ValidationError(
                    self.env._("This is no address of e-mail: %s", ", ".join(wrong))
                )
            silent = schedule.recipient_ids.filtered(lambda user: not user.email)
            if silent:
                names = ", ".join(silent.mapped("display_name"))
                raise ValidationError(self.env._("These people have no e-mail: %s", names))

    @api.constrains("kind", "recipient_ids", "user_id")
    def _check_rights(self):
        """Check that everybody who gets it may see it."""
        kinds = self.env["contact_center.report.kind"]
        for schedule in self:
            kind = kinds._kind(schedule.kind)
            try:
                kinds._check_may_see(kind, schedule.user_id | schedule.recipient_ids)
            except AccessError as error:
                raise ValidationError(str(error)) from error

    def _formats(self):
        """Return the chosen formats."""
        return [suffix for suffix in WRITERS if self[f"as_{suffix}"]]

    # ------------------------------------------------------------
    # Dates
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Plan the first date."""
        for vals in vals_list:
            if not self.env.su:
                vals.pop("user_id", None)
        created = super().create(vals_list)
        created._plan(fields.Datetime.now())
        return created

    def write(self, vals):
        """Plan the next date anew when something about it changes."""
        if "user_id" in vals and not self.env.su:
            raise AccessError(self.env._("A schedule stays with the person who made it."))
        result = super().write(vals)
        if _PLANNED & vals.keys():
            self._plan(fields.Datetime.now())
        return result

    def unlink(self):
        """Take the planned dates away too; what was issued stays."""
        # sudo: contact_center.report.issue - written by the system
        self.sudo().issue_ids.filtered(lambda one: one.state == SCHEDULED).unlink()
        return super().unlink()

    def _plan(self, after):
        """Plan the first date after a moment (naive UTC) at which this was not issued yet."""
        zone = self._zone()
        # sudo: contact_center.report.issue - written by the system
        for schedule in self.sudo().with_context(active_test=False):
            issues = self.env["contact_center.report.issue"].sudo()
            own = issues.search([("schedule_id", "=", schedule.id)], order="due_at")
            planned = own.filtered(lambda one: one.state == SCHEDULED)
            done = own - planned
            planned.unlink()
            if not schedule.active:
                continue
            latest = max([after, *done.mapped("due_at")])
            local = periods.following(
                periods.to_local(schedule.first_at, zone),
                schedule.every,
                periods.to_local(latest, zone),
            )
            if local:
                schedule._plan_on(periods.to_utc(local, zone), local.date())

    def _plan_on(self, due_at, today):
        """Write down that this is due at a moment, which is `today` in the city."""
        kinds = self.env["contact_center.report.kind"]._in_portuguese()
        kind = kinds._kind(self.kind)
        first, last = kinds._days(self.period, today)
        issues = self.env["contact_center.report.issue"].with_user(self.user_id)
        # The screen's companies are those of whoever edits the schedule
        issues.with_context(allowed_company_ids=[])._new(
            kind,
            first,
            last,
            self._choices(),
            self._formats(),
            name=self.name,
            state=SCHEDULED,
            schedule_id=self.id,
            due_at=due_at,
            recipient_ids=[fields.Command.set(self.recipient_ids.ids)],
            email_to=self.email_to,
        )
        self.env.ref("contact_center_report.report_schedule_cron_due").sudo()._trigger(at=due_at)

    @api.model
    def _cron_due(self):
        """Make what is due (scheduled action), each date once.

        The row of the date, its job and the row of the next date are on record together: whoever is
        killed leaves nothing half done, and a clock that is set back finds the date taken.
        """
        # sudo: contact_center.report.issue - written by the system
        issues = self.env["contact_center.report.issue"].sudo()
        issues._in_portuguese()._fail_lost()
        due = issues.search(
            [("state", "=", SCHEDULED), ("due_at", "<=", fields.Datetime.now())],
            order="due_at, id",
            limit=BATCH,
        ).try_lock_for_update()
        for issue in due.filtered(lambda one: one.state == SCHEDULED):
            schedule, due_at = issue.schedule_id, issue.due_at
            issue.state = WAITING
            issue._run_later()
            schedule._plan(due_at)
        if due:
            # sudo: ir.cron - dates that were missed are due at once
            self.env.ref("contact_center_report.report_schedule_cron_due").sudo()._trigger()
