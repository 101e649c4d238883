# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..core import outage as clocks

_logger = logging.getLogger(__name__)

# Reports that were worked through are kept so long.
KEEP_REPORTS = timedelta(days=90)


class Outage(models.Model):
    """Something that the center needs did not work: when, who was told, and why.

    Begin, end and clocks are the system's, made of what it noticed
    (`contact_center.outage.report`); people add notes and the cause, and nobody changes what is
    written.
    """

    _name = "contact_center.outage"
    _inherit = ["contact_center.machine.row"]
    _description = "Outage"
    _order = "began_at desc, id desc"

    name = fields.Char(string="Number", required=True, readonly=True, default="/")
    kind = fields.Selection(
        [
            ("channel", "Channel"),
            ("integration", "Integration"),
            ("worker", "Work in the background"),
            ("node", "One of the servers"),
            ("database", "Database"),
            ("platform", "The whole platform"),
        ],
        string="What",
        required=True,
        readonly=True,
    )
    key = fields.Char(required=True, readonly=True)
    subject = fields.Char(string="Which", required=True, readonly=True)
    reason = fields.Text(string="What the system saw", readonly=True)
    state = fields.Selection(
        [("open", "Going on"), ("over", "Works again"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="open",
        group_expand=True,
    )
    began_at = fields.Datetime(string="Began", required=True, readonly=True, index=True)
    ended_at = fields.Datetime(string="Ended", readonly=True)
    minutes = fields.Float(
        string="Duration (minutes)",
        compute="_compute_minutes",
        store=True,
        aggregator="sum",
        help="Counted when it is over.",
    )
    duration = fields.Char(compute="_compute_clocks")
    interruptions = fields.Integer(
        readonly=True,
        default=1,
        help="How often it stopped; what stops again within ten minutes is one outage.",
    )
    maintenance_window_id = fields.Many2one(
        "contact_center.maintenance.window",
        string="Announced as",
        readonly=True,
        ondelete="restrict",
        help="It began within a maintenance window that was announced: no clock runs.",
    )
    repair_hours = fields.Float(string="To be mended within (hours)", readonly=True)
    repair_state = fields.Selection(
        selection="_clock_states", compute="_compute_clocks", string="Repair clock"
    )
    repair_clock = fields.Char(compute="_compute_clocks", string="Repair")
    told_at = fields.Datetime(
        string="City told at", readonly=True, help="When the e-mail left, or when people told it."
    )
    notice_state = fields.Selection(
        selection="_clock_states", compute="_compute_clocks", string="24-hour clock"
    )
    notice_clock = fields.Char(compute="_compute_clocks", string="Notice to the city")
    mail_id = fields.Many2one("mail.mail", readonly=True, ondelete="set null")
    end_mailed = fields.Boolean(readonly=True)
    reminders = fields.Json(readonly=True)
    repair_missed = fields.Boolean(readonly=True)
    cause = fields.Text(readonly=True)
    fact_ids = fields.One2many("contact_center.outage.fact", "outage_id", readonly=True)

    _name_unique = models.Constraint("UNIQUE(name)", "The number must be unique.")
    _one_open = models.UniqueIndex("(kind, key) WHERE state IN ('open', 'over')")
    _end_after_begin = models.Constraint(
        "CHECK(ended_at IS NULL OR ended_at >= began_at)", "An outage ends after its begin."
    )

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for outage in self:
            outage.display_name = f"{outage.name} · {outage.subject}"

    @api.model
    def _clock_states(self):
        _ = self.env._
        words = {
            "ok": _("In time"),
            "soon": _("Soon"),
            "late": _("Overdue"),
            "met": _("Done in time"),
            "missed": _("Done too late"),
        }
        return list(words.items())

    @api.depends("began_at", "ended_at")
    def _compute_minutes(self):
        for outage in self:
            ended = outage.ended_at or outage.began_at
            outage.minutes = (ended - outage.began_at).total_seconds() / 60 if ended else 0

    @api.depends("began_at", "ended_at", "told_at", "repair_hours", "maintenance_window_id")
    @api.depends_context("lang")
    def _compute_clocks(self):
        """Compute the duration and the rest of both clocks, anew at each reading."""
        now = fields.Datetime.now()
        for outage in self:
            began = outage.began_at or now
            outage.duration = self._span((outage.ended_at or now) - began)
            for name, hours, stopped in (
                ("repair", outage.repair_hours, outage.ended_at),
                ("notice", clocks.NOTICE_HOURS, outage.told_at),
            ):
                clock = clocks.clock(began, hours, now, stopped or None)
                announced = bool(outage.maintenance_window_id)
                outage[f"{name}_state"] = False if announced else clock.state
                outage[f"{name}_clock"] = False if announced else self._clock_words(clock)

    @api.model
    def _span(self, length):
        """Return a length of time in words."""
        minutes = max(int(length.total_seconds()), 0) // 60
        values = {"hours": minutes // 60, "minutes": minutes % 60}
        return self.env._("%(hours)s h %(minutes)s min", **values)

    @api.model
    def _clock_words(self, clock):
        _ = self.env._
        span = self._span(abs(clock.left))
        return {
            "late": _("Overdue by %s", span),
            "met": _("Done in time"),
            "missed": _("Done %s too late", span),
        }.get(clock.state) or _("%s left", span)

    # ------------------------------------------------------------
    # From reports to outages
    # ------------------------------------------------------------

    @api.model
    def _take_reports(self):
        """Make outages of what was reported since the last time, in its order."""
        reports = self.env["contact_center.outage.report"].search([("processed", "!=", True)])
        for report in reports:
            current = self.search(
                [
                    ("kind", "=", report.kind),
                    ("key", "=", report.key),
                    ("state", "in", ("open", "over")),
                ]
            )
            if report.begins:
                current._begin_or_go_on(report)
            elif current.state == "open":
                current._end(report.at)
        reports.write({"processed": True})

    def _begin_or_go_on(self, report):
        """Open an outage, or let `self`, which is not closed yet, go on."""
        if self.state == "open":
            return
        if self and report.at - self.ended_at < clocks.AGAIN:
            self.write(
                {
                    "state": "open",
                    "ended_at": False,
                    "end_mailed": False,
                    "interruptions": self.interruptions + 1,
                }
            )
            self._note("again", report.reason, report.at)
            return
        self._close()
        outage = self.create(
            {
                # sudo: ir.sequence - the system numbers its records
                "name": self.env["ir.sequence"].sudo().next_by_code(self._name),
                "kind": report.kind,
                "key": report.key,
                "subject": report.subject,
                "reason": report.reason,
                "began_at": report.at,
                "repair_hours": clocks.REPAIR_HOURS.get(report.kind, 2),
                "maintenance_window_id": self._announced_at(report.at).id,
            }
        )
        outage._note("began", report.reason, report.at)

    @api.model
    def _announced_at(self, at):
        """Return the maintenance window that was published and within which `at` is."""
        return self.env["contact_center.maintenance.window"].search(
            [
                ("state", "=", "published"),
                ("published_at", "<=", at),
                ("date_start", "<=", at),
                ("date_end", ">", at),
            ],
            limit=1,
        )

    def _end(self, at):
        """Record that it works again since then."""
        self.ensure_one()
        self.write({"state": "over", "ended_at": max(at, self.began_at)})
        self._note("ended", self._portuguese()._span(self.ended_at - self.began_at), at)

    def _close(self):
        """Close it: it has worked long enough, what stops from now on is another outage."""
        for outage in self.filtered(lambda outage: outage.state == "over"):
            outage.state = "closed"
            # The next outage of the same thing may be inserted before this is written.
            outage.flush_recordset(["state"])
            outage._note("closed")

    def _note(self, kind, text="", at=None, user=None):
        """Add a fact."""
        self.ensure_one()
        self.env["contact_center.outage.fact"].create(
            {
                "outage_id": self.id,
                "kind": kind,
                "text": text or False,
                "at": at or fields.Datetime.now(),
                "user_id": user and user.id,
            }
        )

    @api.model
    def _portuguese(self):
        """Return the model in the language in which the city is written to."""
        known = self.env["contact_center.health"]._speaks_portuguese()
        return self.with_context(lang="pt_BR" if known else "en_US")

    # ------------------------------------------------------------
    # Notes and causes by people
    # ------------------------------------------------------------

    def _add_entry(self, kind, text):
        """Add what a person wrote: a note, the cause, or how the city was told.

        :raise AccessError: only leaders of the center write here
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("contact_center.group_supervisor"):
            raise AccessError(self.env._("Only supervisors and administrators write here."))
        # sudo: contact_center.outage - rows are the system's, who writes was checked
        outage = self.sudo()
        outage._note(kind, text, user=self.env.user)
        if kind == "cause":
            outage.cause = text
        elif kind == "told" and not outage.told_at:
            outage.told_at = fields.Datetime.now()

    def action_add(self):
        """Open the dialog for an entry; its kind is in the context."""
        self.ensure_one()
        names = {
            "cause": self.env._("State the cause"),
            "told": self.env._("The city was told otherwise"),
        }
        kind = self.env.context.get("entry_kind", "note")
        return {
            "type": "ir.actions.act_window",
            "name": names.get(kind) or self.env._("Add a note"),
            "res_model": "contact_center.outage.entry",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_outage_id": self.id, "default_kind": kind},
        }

    @api.autovacuum
    def _gc_reports(self):
        """Delete old reports; the outages that were made of them stay."""
        self.env["contact_center.outage.report"].search(
            [("processed", "=", True), ("at", "<", fields.Datetime.now() - KEEP_REPORTS)]
        ).unlink()
