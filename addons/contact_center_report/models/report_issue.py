# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

SCHEDULED, WAITING, RUNNING, ISSUED, FAILED, REMOVED = (
    "scheduled",
    "waiting",
    "running",
    "issued",
    "failed",
    "removed",
)
# Days for which files are kept, and those of them that show citizens' data
KEEP_PARAMETER, KEEP_DAYS = "contact_center_report.keep_days", 400
KEEP_PERSONAL_PARAMETER, KEEP_PERSONAL_DAYS = "contact_center_report.keep_personal_days", 30
TAKE_OFF_BATCH = 100
# An issue that nothing touched for so long should have a job
LOST_AFTER = timedelta(minutes=10)


class ReportIssue(models.Model):
    """A report as it was, is being or will be issued, or could not be (RP3).

    Written by the system only. The row stays as a record of who got what; its files go when the
    policy says so.
    """

    _name = "contact_center.report.issue"
    _inherit = ["contact_center.machine.row", "contact_center.background.work"]
    _description = "Issued Report"
    _order = "due_at desc, id desc"

    name = fields.Char(string="Report", required=True, readonly=True)
    kind = fields.Char(required=True, readonly=True)
    personal = fields.Boolean(string="Citizens' data", readonly=True)
    state = fields.Selection(
        [
            (SCHEDULED, "Scheduled"),
            (WAITING, "Waiting to be made"),
            (RUNNING, "Being made"),
            (ISSUED, "Issued"),
            (FAILED, "Failed"),
            (REMOVED, "Files removed"),
        ],
        required=True,
        readonly=True,
        default=WAITING,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Asked for by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one("res.company", readonly=True)
    recipient_ids = fields.Many2many("res.users", string="Recipients", readonly=True)
    email_to = fields.Char(string="Other addresses", readonly=True)
    schedule_id = fields.Many2one(
        "contact_center.report.schedule",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    due_at = fields.Datetime(
        string="Due", required=True, readonly=True, default=fields.Datetime.now
    )
    first = fields.Date(string="First day", required=True, readonly=True)
    last = fields.Date(string="Last day", required=True, readonly=True)
    choices = fields.Json(readonly=True)
    formats = fields.Char(readonly=True, help="With blanks between them.")
    row_count = fields.Integer(
        string="Rows", readonly=True, aggregator="sum", help="Written so far while it is made."
    )
    started_at = fields.Datetime(readonly=True)
    finished_at = fields.Datetime(string="Issued at", readonly=True)
    expires_at = fields.Datetime(string="Files kept until", readonly=True)
    mailed_at = fields.Datetime(string="E-mailed at", readonly=True)
    error = fields.Text(string="What went wrong", readonly=True)
    tries = fields.Integer(readonly=True, aggregator=None)
    file_ids = fields.One2many("contact_center.report.file", "issue_id", readonly=True)

    # However often the clock is set back or a job is killed: one issue for each date.
    _due_once = models.UniqueIndex("(schedule_id, due_at) WHERE schedule_id IS NOT NULL")
    _scheduled_idx = models.Index("(due_at) WHERE state = 'scheduled'")
    _expires_idx = models.Index("(expires_at) WHERE state = 'issued'")

    @api.model
    def _new(self, kind, first, last, choices, formats, **values):
        """Create an issue that waits to be made.

        :param kind: `Kind`
        :param choices: see `contact_center.report.kind._scope`
        :param formats: list of formats
        :param values: further values
        """
        # sudo: contact_center.report.issue - written by the system; the callers check the right
        return self.sudo().create(
            {
                "name": kind.name,
                "kind": kind.code,
                "personal": kind.personal,
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
                "first": first,
                "last": last,
                "choices": choices,
                "formats": " ".join(formats),
                **values,
            }
        )

    def _note_personal(self, kind, what=None):
        """Log that the current user exports or downloads reports with citizens' data."""
        for issue in self.filtered("personal"):
            self.env["contact_center.access.logged"]._note_access(
                kind,
                what=what or issue.name,
                first=fields.Date.to_string(issue.first),
                last=fields.Date.to_string(issue.last),
            )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_again(self):
        """Issue a report once more that failed, or whose files were removed."""
        for issue in self:
            issue.check_access("read")
            issue._check_is_own()
            if issue.state not in (FAILED, REMOVED):
                raise UserError(self.env._("Only a report that failed can be issued again."))
            # sudo: contact_center.report.issue - written by the system; the right was checked
            issue.sudo().write({"state": WAITING, "error": False, "row_count": 0})
            issue._run_later()

    def _check_is_own(self):
        """Raise UserError unless it is the user's own report, or an administrator's business."""
        administrator = self.env.user.has_group("contact_center.group_administrator")
        if not self.env.su and not administrator and self.user_id != self.env.user:
            raise UserError(
                self.env._("Only %s can issue this report again.", self.user_id.display_name)
            )

    @api.model
    def _fail_lost(self):
        """Record as failed what no job will make any more: its job was given up or deleted."""
        before = fields.Datetime.now() - LOST_AFTER
        states = ("wait_dependencies", "pending", "enqueued", "started")
        # sudo: queue.job - whether there is one
        jobs = self.env["queue.job"].sudo()
        domain = [("state", "in", (WAITING, RUNNING)), ("write_date", "<", before)]
        for issue in self.search(domain, order="id", limit=TAKE_OFF_BATCH):
            key = [("identity_key", "=", issue._job_key()), ("state", "in", states)]
            if not jobs.search_count(key, limit=1):
                words = self.env._("Its job ended without a result. Press “Issue again”.")
                issue._fail(UserError(words))

    def _job_key(self):
        """Return the key by which jobs of this issue are found: there is one at a time."""
        return f"contact_center.report.issue:{self.id}"

    def _run_later(self):
        """Make the report in the background, one job for each issue."""
        self.ensure_one()
        # sudo: queue.job - the job belongs to the system
        self.sudo().with_delay(
            channel="root.background",
            identity_key=self._job_key(),
            description=f"Report {self.id}: {self.kind}",
        )._run()

    # ------------------------------------------------------------
    # Retention
    # ------------------------------------------------------------

    def _keep_until(self):
        """Return until when the files of this issue are kept."""
        names = (KEEP_PERSONAL_PARAMETER, KEEP_PERSONAL_DAYS)
        parameter, usual = names if self.personal else (KEEP_PARAMETER, KEEP_DAYS)
        # sudo: ir.config_parameter - a number of days
        stored = self.env["ir.config_parameter"].sudo().get_param(parameter)
        days = int(stored) if stored and stored.isdecimal() and int(stored) else usual
        return fields.Datetime.now() + timedelta(days=days)

    @api.model
    def _cron_take_off(self):
        """Remove the files that were kept long enough (scheduled action)."""
        old = self.search(
            [("state", "=", ISSUED), ("expires_at", "<=", fields.Datetime.now())],
            order="expires_at, id",
            limit=TAKE_OFF_BATCH,
        )
        old.file_ids.unlink()
        old.write({"state": REMOVED})
        if len(old) == TAKE_OFF_BATCH:
            self.env.ref("contact_center_report.report_issue_cron_take_off")._trigger()
