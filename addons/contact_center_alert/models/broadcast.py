# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .banner import LEADERS
from .notice import TEXT_LENGTH

MOST_DAYS = 365
USUAL_RATE, MOST_RATE = 60, 1000


class AlertBroadcast(models.Model):
    """A message to many citizens: to each once, at a pace, and it can be stopped.

    Only people who wrote before are written to, in their last conversation; within the channel's
    window as free text, outside it by the template of the automatic message. Who opted out gets
    nothing.
    """

    _name = "contact_center.alert.broadcast"
    _inherit = ["contact_center.alert.logged", "contact_center.background.work"]
    _description = "Message to Many Citizens"
    _entry_field = "broadcast_id"
    _order = "id desc"

    name = fields.Char(
        required=True, string="What for", help="For the record; citizens do not read it."
    )
    text = fields.Text(required=True, string="What citizens read")
    audience = fields.Selection(
        [("asked", "Those who asked about the alarm"), ("chosen", "Chosen by district and time")],
        required=True,
        readonly=True,
        default="chosen",
    )
    days = fields.Integer(
        string="Wrote in the last (days)", default=30, help="Counted from the start of sending."
    )
    districts = fields.Text(help="Districts or regions, one in each line. Empty: the whole city.")
    rate = fields.Integer(
        string="At most per minute",
        default=USUAL_RATE,
        required=True,
        help="Citizens told in any minute. The number's own limit holds besides.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("running", "Sending"),
            ("stopped", "Stopped"),
            ("done", "Finished"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    alarm_id = fields.Many2one(
        "contact_center.alert.alarm", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    run_id = fields.Many2one(
        "contact_center.civil.run",
        string="Civil-defence mode",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    is_drill = fields.Boolean(
        string="Drill", readonly=True, help="Citizens are counted and nothing is sent."
    )
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, index=True, readonly=True
    )
    started_at = fields.Datetime(readonly=True, copy=False)
    ended_at = fields.Datetime(readonly=True, copy=False)
    started_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    recipient_ids = fields.One2many("contact_center.alert.recipient", "broadcast_id", readonly=True)
    total_count = fields.Integer(compute="_compute_counts", string="Citizens")
    pending_count = fields.Integer(compute="_compute_counts", string="To be told")
    sent_count = fields.Integer(compute="_compute_counts", string="Told")
    skipped_count = fields.Integer(compute="_compute_counts", string="Not told")
    progress = fields.Float(compute="_compute_counts", string="Progress (%)")
    preview = fields.Char(compute="_compute_preview", string="This reaches")
    entry_ids = fields.One2many("contact_center.alert.entry", "broadcast_id", readonly=True)

    _rate_valid = models.Constraint(
        f"CHECK(rate BETWEEN 1 AND {MOST_RATE})",
        "Between 1 and 1000 citizens are told in a minute.",
    )
    _running_idx = models.Index("(id) WHERE state = 'running'")

    @api.depends("recipient_ids.state")
    def _compute_counts(self):
        groups = self.env["contact_center.alert.recipient"]._read_group(
            [("broadcast_id", "in", self.ids)], ["broadcast_id", "state"], ["__count"]
        )
        for broadcast in self:
            own = {state: count for one, state, count in groups if one == broadcast}
            total = sum(own.values())
            broadcast.total_count = total
            broadcast.pending_count = own.get("pending", 0)
            broadcast.sent_count = own.get("sent", 0)
            broadcast.skipped_count = own.get("skipped", 0) + own.get("failed", 0)
            done = total - broadcast.pending_count
            broadcast.progress = 100.0 * done / total if total else 0.0

    @api.depends("audience", "days", "districts", "state")
    def _compute_preview(self):
        for broadcast in self:
            if broadcast.state != "draft":
                broadcast.preview = False
                continue
            count = broadcast._audience_count()
            broadcast.preview = self.env._("%s citizens who wrote before", count)

    @api.constrains("text", "days", "audience", "districts")
    def _check_content(self):
        for broadcast in self:
            if not broadcast.text.strip() or len(broadcast.text) > TEXT_LENGTH:
                raise ValidationError(
                    self.env._("Write what citizens read, in up to %s characters.", TEXT_LENGTH)
                )
            if broadcast.audience == "chosen" and not 1 <= broadcast.days <= MOST_DAYS:
                raise ValidationError(
                    self.env._("Choose citizens who wrote in the last 1 to %s days.", MOST_DAYS)
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Begin as drafts, whatever the caller asks for."""
        made = [{**vals, "state": "draft"} for vals in vals_list]
        if not self.env.su:
            given = self.env.context.get("default_run_id")
            for vals in made:
                run_id = self._checked_run(vals.get("run_id", given))
                vals.update(alarm_id=False, is_drill=False, audience="chosen", run_id=run_id)
        broadcasts = super().create(made)
        for broadcast in broadcasts.filtered("run_id.is_drill"):
            # sudo: contact_center.alert.broadcast - a drill's sendings are drills
            broadcast.sudo().is_drill = True
        return broadcasts

    @api.model
    def _checked_run(self, run_id):
        """Return the id of an active run, which its form names; False for anything else."""
        run = self.env["contact_center.civil.run"].browse(run_id or []).exists()
        return run.id if run.filtered(lambda one: one.state == "active") else False

    def write(self, vals):
        """Change drafts only; while it goes on people may change the pace."""
        if not self.env.su:
            fixed = {"state", "alarm_id", "run_id", "is_drill", "audience", "company_id"}
            if fixed & vals.keys():
                raise AccessError(self.env._("Start or stop a sending with its buttons."))
            if vals.keys() - {"rate"} and any(one.state != "draft" for one in self):
                raise UserError(
                    self.env._(
                        "This was started already: only its pace can be changed. Make another "
                        "one for another text or other people."
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(broadcast.state != "draft" for broadcast in self):
            raise UserError(self.env._("Sendings that were started are kept on record."))

    # ------------------------------------------------------------
    # Started, stopped
    # ------------------------------------------------------------

    def _check_leads(self):
        """Raise AccessError unless the user leads agents and may change these sendings."""
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(LEADERS):
            raise AccessError(self.env._("Only supervisors write to many citizens at once."))

    def action_start(self):
        """Fix who is told, and begin."""
        self._check_leads()
        for broadcast in self.filtered(lambda one: one.state == "draft"):
            broadcast._start()
        return True

    def _start(self):
        """Fix who is told, and begin; the right was checked.

        :raise UserError: nobody would be told
        """
        self.ensure_one()
        # sudo: contact_center.alert.broadcast - only its buttons change its state
        broadcast = self.sudo()
        count = broadcast._make_recipients()
        if not count:
            raise UserError(
                self.env._("Nobody would read this: choose more days or other districts.")
            )
        now = fields.Datetime.now()
        vals = {"state": "running", "started_at": now, "started_by_id": self.env.uid}
        if broadcast.is_drill:
            vals.update(state="done", ended_at=now)
        broadcast.write(vals)
        self._note("send_started", self._count_words(count), **self._alert_links())
        if broadcast.is_drill:
            self._note("checked", self.env._("Nothing was sent: a drill."), **self._alert_links())
        else:
            broadcast._send_later()

    def _count_words(self, count):
        """Return how many citizens it is for, and how fast, in words."""
        return self.env._("%(count)s citizens, %(rate)s a minute", count=count, rate=self.rate)

    def _alert_links(self):
        """Return the alarm and the run that this belongs to, for its entries."""
        links = {"alarm_id": self.alarm_id, "run_id": self.run_id}
        return {name: record for name, record in links.items() if record}

    def action_stop(self):
        """Stop: nobody else is told, from the next citizen on."""
        self._check_leads()
        self._stop()
        return True

    def _stop(self):
        """Stop those of these that go on; the right was checked."""
        for broadcast in self.filtered(lambda one: one.state == "running"):
            # sudo: contact_center.alert.broadcast - only its buttons change its state
            broadcast.sudo().state = "stopped"
            broadcast._note("send_stopped", broadcast._told_words(), **broadcast._alert_links())

    def _told_words(self):
        """Return how many were told so far, in words."""
        return self.env._(
            "%(sent)s told of %(total)s", sent=self.sent_count, total=self.total_count
        )

    def action_resume(self):
        """Go on with those who were not told yet."""
        self._check_leads()
        for broadcast in self.filtered(lambda one: one.state == "stopped"):
            if broadcast.run_id and broadcast.run_id.state != "active":
                raise UserError(
                    self.env._("The civil-defence mode is off: make another sending if needed.")
                )
            # sudo: contact_center.alert.broadcast - only its buttons change its state
            broadcast.sudo().state = "running"
            broadcast._note("send_resumed", **broadcast._alert_links())
            broadcast.sudo()._send_later()
        return True

    def action_view_recipients(self):
        """Open the list of citizens with what became of each."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center_alert.alert_recipient_action"
        )
        action.update(domain=[("broadcast_id", "=", self.id)], context={})
        return action
