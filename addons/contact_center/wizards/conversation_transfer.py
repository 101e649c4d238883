from odoo import api, fields, models
from odoo.exceptions import UserError


class ConversationTransfer(models.TransientModel):
    """One dialog for all ways of passing a conversation on: to a queue, or to an agent of it."""

    _name = "contact_center.conversation.transfer"
    _description = "Transfer a Contact Center Conversation"

    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, readonly=True, ondelete="cascade"
    )
    target = fields.Selection(
        [("queue", "Queue"), ("agent", "Agent")],
        string="Transfer to",
        required=True,
        default="agent",
    )
    queue_id = fields.Many2one(
        "contact_center.queue", compute="_compute_queue_id", store=True, readonly=False
    )
    user_id = fields.Many2one("res.users", string="Agent")
    agent_options = fields.Json(
        compute="_compute_agent_options",
        help="Agents who serve the queue, with what they are doing: see `_agent_option`.",
    )

    warning = fields.Char(
        compute="_compute_warning", help="Why the citizen may have to wait for an answer there."
    )

    @api.depends("target", "queue_id", "user_id")
    def _compute_warning(self):
        for wizard in self:
            wizard.warning = wizard._waits_because() or False

    def _waits_because(self):
        """In words, why nobody would answer at once where the conversation is to go; "" if
        somebody would."""
        self.ensure_one()
        # sudo: contact_center.queue, res.users - hours and presence, told to whoever transfers
        queue, user = self.queue_id.sudo(), self.user_id.sudo()
        if self.target not in ("queue", "agent") or not queue:
            return ""
        if queue._closed_message():
            return self.env._(
                "The queue %(queue)s is closed now; it opens %(opening)s. The citizen is told so.",
                queue=queue.name,
                opening=queue._next_opening_text(),
            )
        if self.target == "agent":
            if user and user.im_status not in ("online", "away", "busy"):
                return self.env._("%s is not logged in now.", user.name)
            return ""
        if not queue._members_online():
            return self.env._(
                "Nobody of the queue %s is logged in now. The citizen is told that the answer may "
                "take long.",
                queue.name,
            )
        return ""

    @api.depends("conversation_id")
    def _compute_queue_id(self):
        """Start with the conversation's own queue, where the user may see it."""
        for wizard in self:
            conversation = wizard.conversation_id
            wizard.queue_id = conversation.has_access("read") and conversation.queue_id

    @api.depends("queue_id", "conversation_id")
    def _compute_agent_options(self):
        for wizard in self:
            # sudo: contact_center.queue, res.users - who serves a queue, and whether they are
            # free, is what a colleague needs to know to choose
            queue = wizard.queue_id.sudo()
            agents = queue.member_ids - wizard.conversation_id.agent_id.sudo()
            states, served = wizard._agent_states(agents), wizard._served_counts(agents)
            options = [
                wizard._agent_option(agent, states.get(agent), served.get(agent, 0))
                for agent in agents
            ]
            options.sort(key=lambda o: (not o["online"], o["paused"], o["served"], o["name"]))
            wizard.agent_options = options

    def _agent_states(self, agents):
        """The open interval of each of these users who has one: {user: agent state}."""
        # sudo: contact_center.agent.state - reduced to what `_agent_option` tells
        current = (
            self.env["contact_center.agent.state"]
            .sudo()
            .search([("user_id", "in", agents.ids), ("end", "=", False)])
        )
        return {state.user_id: state for state in current}

    def _served_counts(self, agents):
        """How many conversations each of these users serves: {user: number}."""
        # sudo: contact_center.conversation - counting only
        return dict(
            self.env["contact_center.conversation"]
            .sudo()
            ._read_group(
                [("agent_id", "in", agents.ids), ("state", "=", "in_service")],
                ["agent_id"],
                ["__count"],
            )
        )

    def _agent_option(self, agent, state, served):
        """One line of the list: {"id", "name", "online", "paused", "state", "served"}.

        Why and since when somebody pauses is for supervisors; colleagues learn that they do.
        """
        kind = state.kind if state else "available"
        paused = kind in ("break", "with_supervisor", "away", "after_work")
        online = agent.im_status in ("online", "away", "busy")
        label = self.env._("Available") if online else self.env._("Not logged in")
        if paused:
            label = self.env._("Pausing")
        elif served:
            label = self.env._("In service")
        if paused and self.env.user.has_group("contact_center.group_supervisor"):
            start = fields.Datetime.context_timestamp(self, state.start)
            reason = state.reason or dict(
                state._fields["kind"]._description_selection(self.env)
            ).get(kind)
            label = self.env._(
                "Pausing: %(reason)s, since %(time)s", reason=reason, time=f"{start:%H:%M}"
            )
        return {
            "id": agent.id,
            "name": agent.name,
            "online": online,
            "paused": paused,
            "state": label,
            "served": served,
        }

    @api.onchange("queue_id")
    def _onchange_queue_id(self):
        if self.user_id.id not in [option["id"] for option in self.agent_options or []]:
            self.user_id = False

    def action_transfer(self):
        """Transfer the conversation to what was chosen and close the dialog."""
        self.ensure_one()
        if self.target == "agent" and not self.user_id:
            raise UserError(self.env._("Choose the agent who goes on with the service."))
        self._transfer()
        return {"type": "ir.actions.act_window_close"}

    def _transfer(self):
        """Pass the conversation on as chosen; other addons add targets of their own."""
        user = self.user_id if self.target == "agent" else self.env["res.users"]
        self.conversation_id.action_transfer(self.queue_id, user)
