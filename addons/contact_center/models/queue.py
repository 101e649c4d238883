# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class Queue(models.Model):
    """A queue of conversations for a group of agents who can serve the same subjects.

    Each has a live chat channel behind it (created and named automatically), so that Odoo's session
    history and reports include the queue.
    """

    _name = "contact_center.queue"
    _description = "Contact Center Queue"
    _inherit = ["bus.listener.mixin"]
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        index=True,
        help="Whose queue it is. Empty: every company's.",
    )
    member_ids = fields.Many2many(
        "res.users",
        "contact_center_queue_res_users_rel",
        "queue_id",
        "user_id",
        string="Agents",
        domain="[('share', '=', False)]",
    )
    livechat_channel_id = fields.Many2one(
        "im_livechat.channel", string="Live chat channel", readonly=True, copy=False
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Service hours",
        default=lambda self: self.env.ref(
            "contact_center.calendar_business_hours", raise_if_not_found=False
        ),
        help="When people serve this queue. Without hours the queue is always open.",
    )
    service_level_seconds = fields.Integer(
        string="First answer within (seconds)",
        default=300,
        help="Service level goal for written messages: conversations should be accepted within "
        "this time. 300 seconds are 5 minutes.",
    )
    call_level_seconds = fields.Integer(
        string="Answer calls within (seconds)",
        default=20,
        help="Service level goal for channels on which the citizen waits on the line.",
    )
    has_calls = fields.Boolean(compute="_compute_has_calls")
    service_level_percent = fields.Integer(
        string="Service level (%)",
        default=80,
        help="Share of conversations that should be accepted within the time above.",
    )
    survey = fields.Boolean(
        string="Satisfaction survey",
        default=True,
        help="Ask the citizen to rate the service when the agent closes the conversation.",
    )
    survey_timeout_hours = fields.Integer(
        string="Survey answer within (hours)",
        default=24,
        help="A survey without an answer is closed after this time.",
    )
    waiting_count = fields.Integer(compute="_compute_counts", string="Waiting")
    in_service_count = fields.Integer(compute="_compute_counts", string="In service")

    _service_level_seconds_positive = models.Constraint(
        "CHECK(service_level_seconds > 0)", "The service level time must be positive."
    )
    _call_level_seconds_positive = models.Constraint(
        "CHECK(call_level_seconds > 0)", "The time to answer a call must be positive."
    )
    _survey_timeout_positive = models.Constraint(
        "CHECK(survey_timeout_hours > 0)", "The time to answer the survey must be positive."
    )

    @api.constrains("service_level_percent")
    def _check_service_level_percent(self):
        if any(not 1 <= queue.service_level_percent <= 100 for queue in self):
            raise ValidationError(self.env._("The service level is between 1 and 100 percent."))

    def _compute_has_calls(self):
        self.has_calls = bool(self.env["contact_center.conversation"]._call_kinds())

    def _goal_seconds(self, channel_kind):
        """Return within how many seconds a conversation on such a channel is accepted."""
        # sudo: contact_center.queue - a goal is not secret
        queue = self.sudo()
        if channel_kind in self.env["contact_center.conversation"]._call_kinds():
            return queue.call_level_seconds
        return queue.service_level_seconds

    @api.constrains("name")
    def _check_name(self):
        for queue in self:
            if self.search_count([("name", "=", queue.name), ("id", "!=", queue.id)], limit=1):
                raise ValidationError(
                    self.env._("There is already a queue named “%s”.", queue.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Create the live chat channel behind it too."""
        queues = super().create(vals_list)
        self.env.registry.clear_cache()
        queues._make_livechat_channels()
        return queues

    def write(self, vals):
        """Keep the live chat channel in sync with the queue; protect queues in use.

        Conversations of an agent removed from the queue go back to its head.
        """
        if "active" in vals and not vals["active"]:
            self._check_not_needed()
        members, with_people = self.sudo().member_ids, self._with_people()
        result = super().write(vals)
        if {"sequence", "name", "active", "company_id"} & vals.keys():
            self.env.registry.clear_cache()
        if {"name", "member_ids"} & vals.keys():
            self._sync_livechat_channels()
        if "member_ids" in vals:
            gone = members - self.sudo().member_ids
            gone._contact_center_let_go(with_people, refuse=True)
        return result

    def unlink(self):
        """Forget which one is the default."""
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def copy_data(self, default=None):
        """Give the copy its own name."""
        vals_list = super().copy_data(default)
        return [
            dict(vals, name=self.env._("%s (copy)", queue.name))
            for queue, vals in zip(self, vals_list, strict=True)
        ]

    def _check_not_needed(self):
        """Raise UserError if these queues are still needed.

        Conversations are waiting or served there, or something sends citizens there.
        """
        for queue in self:
            if used_by := queue._used_by():
                raise UserError(
                    self.env._(
                        "Citizens are sent to the queue %(queue)s by: %(users)s. Choose another "
                        "queue there first.",
                        queue=queue.name,
                        users=", ".join(used_by),
                    )
                )
            # sudo: contact_center.conversation - counts only, for any user
            count = (
                self.env["contact_center.conversation"]
                .sudo()
                .search_count(
                    [("queue_id", "=", queue.id), ("state", "in", ("queued", "in_service"))]
                )
            )
            if count:
                raise UserError(
                    self.env._(
                        "Queue %(queue)s still has open conversations (%(count)s): transfer or "
                        "close them first.",
                        queue=queue.name,
                        count=count,
                    )
                )

    def _make_livechat_channels(self):
        """Give each queue without one its live chat channel."""
        for queue in self.filtered(lambda queue: not queue.livechat_channel_id):
            # sudo: im_livechat.channel - created for the queue; its administrator needs no live
            # chat rights
            queue.livechat_channel_id = (
                self.env["im_livechat.channel"]
                .sudo()
                .create({"name": queue.name, "user_ids": [(6, 0, queue.member_ids.ids)]})
            )

    def _sync_livechat_channels(self):
        """Keep the live chat channels' names and operators in sync with the queues."""
        for queue in self:
            # sudo: im_livechat.channel - it follows the queue, see _make_livechat_channels
            queue.livechat_channel_id.sudo().write(
                {"name": queue.name, "user_ids": [(6, 0, queue.member_ids.ids)]}
            )

    @api.model
    def _default_queue(self, company=None):
        """Return the default queue for a conversation: the first active one.

        :param company: res.company whose queue, or a shared one, is wanted; any by default
        """
        return self.browse(self._default_queue_id(company.id if company else False))

    @api.model
    @tools.ormcache("company_id")
    def _default_queue_id(self, company_id):
        """Return the id of the default queue, or False.

        It is asked for whenever the city's clock is; it changes only with the queues themselves.
        """
        domain = Domain("company_id", "in", [company_id, False]) if company_id else Domain.TRUE
        # sudo: contact_center.queue - the choice does not depend on who triggers it
        return self.sudo().with_context(active_test=True).search(domain, limit=1).id

    @api.model
    def _of_user(self, user):
        """Return the queues that `user` serves: as a member, or all for a supervisor."""
        domain = Domain.TRUE
        if not user.has_group("contact_center.group_supervisor"):
            domain = Domain("member_ids", "in", user.ids)
        # sudo: contact_center.queue - a user may know which queues are their own
        return self.sudo().search(domain).with_env(self.env)

    def _may_serve(self, user):
        """Return whether `user` may serve conversations of this queue."""
        if user != self.env.user and not user.active:
            return False
        if user.has_group("contact_center.group_supervisor"):
            return True
        # sudo: contact_center.queue - checking membership only
        return user.has_group("contact_center.group_technician") and user in self.sudo().member_ids

    @api.depends_context("uid")
    def _compute_counts(self):
        groups = self.env["contact_center.conversation"]._read_group(
            [("queue_id", "in", self.ids), ("state", "in", ("queued", "in_service"))],
            ["queue_id", "state"],
            ["__count"],
        )
        counts = {(queue.id, state): count for queue, state, count in groups}
        for queue in self:
            queue.waiting_count = counts.get((queue.id, "queued"), 0)
            queue.in_service_count = counts.get((queue.id, "in_service"), 0)

    def action_view_conversations(self):
        """Open the conversations of this queue."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("contact_center.conversation_action")
        action.update(domain=[("queue_id", "=", self.id)], context={})
        return action
