# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import ormcache

from .banner import LEADERS, refresh_banners


class CivilRun(models.Model):
    """A time in which the civil-defence mode was on, or a drill of it.

    Entry flows are not changed anywhere: as long as the mode is on a new conversation is led to the
    prepared flow instead of its own (`_lead`), so that nothing has to be put back. Agents who were
    put into the emergency queue are remembered, and only they are taken out.
    """

    _name = "contact_center.civil.run"
    _inherit = ["contact_center.machine.row", "contact_center.alert.logged"]
    _description = "Civil-Defence Mode"
    _entry_field = "run_id"
    _order = "id desc"

    plan_id = fields.Many2one(
        "contact_center.civil.plan", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    is_drill = fields.Boolean(
        string="Drill", readonly=True, help="Everything is checked, nothing changes for citizens."
    )
    reason = fields.Text(required=True, readonly=True)
    state = fields.Selection(
        [("active", "On"), ("ended", "Off")], required=True, readonly=True, default="active"
    )
    started_at = fields.Datetime(
        string="Switched on", required=True, readonly=True, default=fields.Datetime.now
    )
    started_by_id = fields.Many2one(
        "res.users", string="Switched on by", required=True, readonly=True, ondelete="restrict"
    )
    ends_at = fields.Datetime(string="Ends by itself", required=True, readonly=True)
    ended_at = fields.Datetime(string="Switched off", readonly=True)
    ended_by_id = fields.Many2one(
        "res.users", string="Switched off by", readonly=True, ondelete="restrict"
    )
    end_reason = fields.Char(string="Why off", readonly=True)
    added_agent_ids = fields.Many2many(
        "res.users",
        "contact_center_civil_run_added_rel",
        string="Agents in the emergency queue for it",
        readonly=True,
    )
    notice_ids = fields.One2many("contact_center.alert.notice", "run_id", readonly=True)
    broadcast_ids = fields.One2many("contact_center.alert.broadcast", "run_id", readonly=True)
    entry_ids = fields.One2many("contact_center.alert.entry", "run_id", readonly=True)
    led_ids = fields.One2many("contact_center.civil.led", "run_id", readonly=True)
    led_count = fields.Integer(compute="_compute_led_count", string="Led to the prepared flow")

    _one_active = models.UniqueIndex(
        "(company_id) WHERE state = 'active'",
        "The civil-defence mode, or a drill of it, is on already.",
    )
    _ends_after_start = models.Constraint(
        "CHECK(ends_at > started_at)", "The mode ends after it began."
    )

    @api.depends("plan_id.name", "started_at", "is_drill")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for run in self:
            day = fields.Datetime.context_timestamp(run, run.started_at or fields.Datetime.now())
            name = f"{run.plan_id.name} · {day:%d/%m/%Y %H:%M}"
            run.display_name = self.env._("%s (drill)", name) if run.is_drill else name

    @api.depends("led_ids")
    def _compute_led_count(self):
        for run in self:
            run.led_count = self.env["contact_center.civil.led"].search_count(
                [("run_id", "=", run.id)]
            )

    # ------------------------------------------------------------
    # On
    # ------------------------------------------------------------

    @api.model
    def _check_leads(self):
        """Raise AccessError unless the user may switch the mode on and off."""
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(LEADERS):
            raise AccessError(self.env._("Only supervisors switch the civil-defence mode."))

    @api.model
    def _switch_on(self, plan, reason, is_drill=False):
        """Switch the mode on by a plan; return its run.

        :raise UserError: it is on already, the plan cannot be carried out, or no reason is given
        """
        self._check_leads()
        reason = " ".join((reason or "").split())
        if not reason:
            raise UserError(self.env._("Write why: it stays on record."))
        problems = plan._problems()
        if problems and not is_drill:
            raise UserError("\n".join([self.env._("The plan is not ready:"), *problems]))
        # sudo: contact_center.civil.run - written by its own actions, the right was checked
        runs = self.sudo()
        if runs.search_count([("company_id", "=", plan.company_id.id), ("state", "=", "active")]):
            raise UserError(self.env._("The civil-defence mode, or a drill of it, is on already."))
        now = fields.Datetime.now()
        run = runs.create(
            {
                "plan_id": plan.id,
                "company_id": plan.company_id.id,
                "is_drill": is_drill,
                "reason": reason,
                "started_at": now,
                "started_by_id": self.env.uid,
                "ends_at": now + timedelta(hours=plan.hours),
            }
        )
        run._note("civil_started", reason)
        if is_drill:
            run._check_drill(problems)
        else:
            run._carry_out()
        self.env.registry.clear_cache()
        refresh_banners(self.env)
        return run.with_env(self.env)

    def _carry_out(self):
        """Do what the plan says (sudo)."""
        plan = self.plan_id
        for entry in plan.entry_ids:
            self._note("flow_switched", f"{entry._place_words()}: {entry.flow_id.name}")
        if (plan.notice_text or "").strip():
            self._publish_notice()
        new = plan.agent_ids.filtered("active") - plan.queue_id.member_ids
        if new:
            plan.queue_id.member_ids = [Command.link(user.id) for user in new]
            self.added_agent_ids = new
            names = ", ".join(new.mapped("name"))
            self._note("agents_added", f"{plan.queue_id.name}: {names}")

    def _publish_notice(self):
        """Publish the plan's notice to everybody, until the mode ends (sudo)."""
        notice = self.env["contact_center.alert.notice"].create(
            {
                "text": self.plan_id.notice_text,
                "ask": False,
                "date_start": self.started_at,
                "date_end": self.ends_at,
                "run_id": self.id,
                "company_id": self.company_id.id,
            }
        )
        notice._publish()

    def _check_drill(self, problems):
        """Record what a drill finds; nothing is changed (sudo)."""
        plan = self.plan_id
        found = list(problems)
        for entry in plan.entry_ids:
            version = entry.flow_id.published_version_id
            if version:
                found.append(
                    self.env._(
                        "%(place)s would lead to “%(flow)s”, version %(number)s.",
                        place=entry._place_words(),
                        flow=entry.flow_id.name,
                        number=version.number,
                    )
                )
        if plan.agent_ids:
            new = plan.agent_ids - plan.queue_id.member_ids
            found.append(
                self.env._(
                    "%(count)s agents would join “%(queue)s”: %(names)s.",
                    count=len(new),
                    queue=plan.queue_id.name,
                    names=", ".join(new.mapped("name")) or "-",
                )
            )
        if (plan.notice_text or "").strip():
            found.append(self.env._("Citizens would hear: %s", plan.notice_text.strip()))
        for words in found:
            self._note("checked", words)

    # ------------------------------------------------------------
    # While it is on: asked for each new conversation, from the process' cache
    # ------------------------------------------------------------

    @api.model
    @ormcache()
    def _active(self):
        """Return ((id, company id, end), ...) of what is on; drills change nothing and are out."""
        # sudo: contact_center.civil.run - a citizen's message decides
        runs = self.sudo().search([("state", "=", "active"), ("is_drill", "=", False)])
        return tuple((run.id, run.company_id.id, run.ends_at) for run in runs)

    @api.model
    def _active_for(self, conversation):
        """Return the run (sudo) that leads this new conversation, or empty."""
        active = self._active()
        if not active:
            return self.browse()
        # sudo: contact_center.civil.run, contact_center.conversation - the system leads citizens
        company = conversation.sudo().company_id.id
        now = fields.Datetime.now()
        found = [
            key for key, owner, end in active if end > now and (not company or owner == company)
        ]
        return self.sudo().browse(found[:1])

    def _lead(self, conversation):
        """Lead a new conversation (sudo) of a citizen to the prepared flow, if it has one.

        One without a flow of its own goes to people as always.
        """
        if not conversation.flow_id or conversation.direction == "active":
            return
        for entry in self.plan_id.entry_ids:
            if entry._fits(conversation) and entry.flow_id.published_version_id:
                conversation.flow_id = entry.flow_id
                self.env["contact_center.civil.led"].create(
                    {"run_id": self.id, "conversation_id": conversation.id}
                )
                return


class CivilLed(models.Model):
    """A conversation that the civil-defence mode led to the prepared flow."""

    _name = "contact_center.civil.led"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "Contact Led to a Prepared Flow"
    _access_content = frozenset({"conversation_id"})
    _order = "id desc"
    _rec_name = "conversation_id"

    run_id = fields.Many2one(
        "contact_center.civil.run", required=True, readonly=True, index=True, ondelete="restrict"
    )
    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, readonly=True, ondelete="restrict"
    )
    at = fields.Datetime(string="When", required=True, readonly=True, default=fields.Datetime.now)

    _once = models.Constraint("UNIQUE(conversation_id)", "A conversation is led once.")
