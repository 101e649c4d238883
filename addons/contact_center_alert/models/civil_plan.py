# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

USUAL_HOURS = 12
MOST_HOURS = 24 * 14


class CivilPlan(models.Model):
    """What the civil-defence mode does: prepared on a quiet day."""

    _name = "contact_center.civil.plan"
    _description = "Plan of the Civil-Defence Mode"
    _order = "sequence, name, id"

    name = fields.Char(required=True, help="As people call it: flood, landslide, heat wave.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    entry_ids = fields.One2many(
        "contact_center.civil.plan.entry",
        "plan_id",
        string="Entry flows",
        help="Which released flow receives citizens meanwhile. The first line that fits counts.",
    )
    notice_text = fields.Text(
        string="What citizens hear", help="Said to everybody who comes, once in a contact."
    )
    bulk_text = fields.Text(
        string="Message to many citizens", help="The text that a sending begins with."
    )
    queue_id = fields.Many2one("contact_center.queue", string="Emergency queue")
    agent_ids = fields.Many2many(
        "res.users",
        string="Agents who are lent to it",
        domain=lambda self: [
            ("share", "=", False),
            ("all_group_ids", "in", self.env.ref("contact_center.group_technician").ids),
        ],
        help="They become agents of the emergency queue, and leave it when the mode ends.",
    )
    hours = fields.Integer(
        string="Ends after (hours)",
        default=USUAL_HOURS,
        required=True,
        help="By itself, unless somebody moves the end or switches it off before.",
    )
    run_ids = fields.One2many("contact_center.civil.run", "plan_id", readonly=True)

    _hours_valid = models.Constraint(
        f"CHECK(hours BETWEEN 1 AND {MOST_HOURS})", "The mode lasts between an hour and 14 days."
    )

    @api.constrains("agent_ids", "queue_id")
    def _check_agents(self):
        for plan in self:
            if plan.agent_ids and not plan.queue_id:
                raise ValidationError(self.env._("Choose the queue to which agents are lent."))

    def write(self, vals):
        """Keep a plan as it is while it is carried out."""
        self._check_not_running()
        return super().write(vals)

    def _check_not_running(self):
        """Raise UserError if the civil-defence mode is on by one of these plans."""
        running = self.run_ids.filtered(lambda run: run.state == "active")
        if running:
            raise UserError(
                self.env._(
                    "The civil-defence mode is on by the plan “%s”: switch it off before you "
                    "change the plan.",
                    running[:1].plan_id.name,
                )
            )

    def _problems(self):
        """Return what would keep this plan from being carried out, in words."""
        self.ensure_one()
        problems = [
            self.env._("The flow “%s” is not released.", entry.flow_id.name)
            for entry in self.entry_ids
            if not entry.flow_id.published_version_id or not entry.flow_id.active
        ]
        if not (self.entry_ids or (self.notice_text or "").strip() or self.agent_ids):
            problems.append(self.env._("The plan says nothing yet: no flow, no notice, no agents."))
        if self.queue_id and not self.queue_id.active:
            problems.append(self.env._("The queue “%s” is archived.", self.queue_id.name))
        return problems


class CivilPlanEntry(models.Model):
    """Which flow receives citizens on a channel while the civil-defence mode is on."""

    _name = "contact_center.civil.plan.entry"
    _description = "Entry Flow of a Plan"
    _order = "plan_id, sequence, id"
    _rec_name = "flow_id"

    plan_id = fields.Many2one(
        "contact_center.civil.plan", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    channel_kind = fields.Selection(
        selection=lambda self: (
            self.env["contact_center.conversation"]
            ._fields["channel_kind"]
            ._description_selection(self.env)
        ),
        string="Channel",
        help="Empty: every channel.",
    )
    flow_id = fields.Many2one(
        "chatbot.flow",
        required=True,
        ondelete="restrict",
        domain="[('published_version_id', '!=', False)]",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Keep a plan as it is while it is carried out."""
        entries = super().create(vals_list)
        entries.plan_id._check_not_running()
        return entries

    def write(self, vals):
        """Keep a plan as it is while it is carried out."""
        self.plan_id._check_not_running()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_not_running(self):
        self.plan_id._check_not_running()

    def _fits(self, conversation):
        """Return whether this line is for the channel and number of a conversation (hook)."""
        self.ensure_one()
        return not self.channel_kind or self.channel_kind == conversation.channel_kind

    def _place_words(self):
        """Return for which channel and number this line is, in words (hook)."""
        self.ensure_one()
        channels = dict(self._fields["channel_kind"]._description_selection(self.env))
        return channels.get(self.channel_kind) or self.env._("All channels")
