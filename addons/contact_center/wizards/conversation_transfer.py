# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.agent_state import PAUSES
from ..models.queue_availability import ONLINE


class ConversationTransfer(models.TransientModel):
    """A single dialog for all transfers: to a queue, or to one of its agents."""

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
        help="Agents of the queue, with their present work: see `_agent_option`.",
    )

    reason = fields.Selection(selection="_reasons", string="Why")
    note = fields.Text(
        string="Note for the next agent",
        help="Shown first to the next agent, as an internal note. The citizen never sees it.",
    )
    warning = fields.Char(
        compute="_compute_warning", help="Why the citizen may have to wait for an answer there."
    )
    instead = fields.Selection(
        [("queue", "To the queue instead"), ("agent", "To this person all the same")],
        string="As nobody is there",
        compute="_compute_instead",
        store=True,
        readonly=False,
        help="The outcome if the chosen person cannot take it now.",
    )

    @api.model
    def _reasons(self):
        return list(self.env["contact_center.conversation"]._transfer_reasons().items())

    @api.depends("target", "queue_id", "user_id")
    def _compute_warning(self):
        for wizard in self:
            wizard.warning = wizard._waits_because() or False

    @api.depends("target", "queue_id", "user_id")
    def _compute_instead(self):
        """Preselect the queue if the chosen person cannot take it now."""
        for wizard in self:
            wizard.instead = "queue" if wizard._absence() else False

    def _absence(self):
        """Return why the chosen person cannot take it now, empty if they can.

        Also empty if no person is chosen. See `core.transfer.absence`.
        """
        # sudo: contact_center.queue, res.users - hours and presence, shown to the agent
        queue, user = self.queue_id.sudo(), self.user_id.sudo()
        return queue._absence(user) if self.target == "agent" and queue and user else ()

    def _waits_because(self):
        """Return in words why nobody would answer at once at the target; "" if somebody would."""
        self.ensure_one()
        if self.target == "agent":
            return self._person_waits_because()
        # sudo: contact_center.queue - hours and presence, shown to the transferring agent
        queue = self.queue_id.sudo()
        if self.target != "queue" or not queue:
            return ""
        if queue._closed_message():
            return self._closed_words(queue) + " " + self.env._("The citizen is told so.")
        if not queue._members_available():
            return self.env._(
                "Nobody of the queue %s is available now. The citizen is told that the answer may "
                "take long.",
                queue.name,
            )
        return ""

    def _closed_words(self, queue):
        """Return when a closed queue opens again."""
        return self.env._(
            "The queue %(queue)s is closed now; it opens %(opening)s.",
            queue=queue.name,
            opening=queue._next_opening_text(),
        )

    def _person_waits_because(self):
        """Return the same for the chosen person, each reason in a sentence."""
        # sudo: contact_center.queue, res.users - as in `_absence`
        name, queue = self.user_id.sudo().name, self.queue_id.sudo()
        words = {
            "offline": lambda: self.env._("%s is not logged in now.", name),
            "pausing": lambda: self.env._("%s is pausing now.", name),
            "closed": lambda: self._closed_words(queue),
        }
        return " ".join(words[reason]() for reason in self._absence())

    @api.depends("conversation_id")
    def _compute_queue_id(self):
        """Start with the conversation's own queue, where the user may see it."""
        for wizard in self:
            conversation = wizard.conversation_id
            wizard.queue_id = conversation.has_access("read") and conversation.queue_id

    @api.depends("queue_id", "conversation_id")
    def _compute_agent_options(self):
        for wizard in self:
            # sudo: contact_center.queue, res.users - a colleague needs a queue's agents and their
            # availability in order to choose
            queue = wizard.queue_id.sudo()
            agents = queue._serving_members() if queue else self.env["res.users"].sudo()
            # Exclude the current agent, and the user: that would be taking it, or taking it over
            agents -= wizard.conversation_id.agent_id.sudo() | self.env.user
            states, served = wizard._agent_states(agents), wizard._served_counts(agents)
            options = [
                wizard._agent_option(agent, states.get(agent), served.get(agent, 0))
                for agent in agents
            ]
            options.sort(key=lambda o: (not o["online"], o["paused"], o["served"], o["name"]))
            wizard.agent_options = options

    def _agent_states(self, agents):
        """Return each user's open interval, if any: {user: agent state}."""
        # sudo: contact_center.agent.state - reduced to what `_agent_option` shows
        current = (
            self.env["contact_center.agent.state"]
            .sudo()
            .search([("user_id", "in", agents.ids), ("end", "=", False)])
        )
        return {state.user_id: state for state in current}

    def _served_counts(self, agents):
        """Return how many conversations each of these users serves: {user: number}."""
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
        """Return one line of the list: {"id", "name", "online", "paused", "state", "served"}.

        The reason and start of a pause are for supervisors; colleagues only see that there is one.
        """
        kind = state.kind if state else "available"
        paused = kind in (*PAUSES, "after_work")
        online = agent.im_status in ONLINE
        label = self.env._("Available") if online else self.env._("Not logged in")
        if kind == "after_work":
            label = self.env._("Finishing the last service")
        elif paused and not online:
            label = self.env._("Pausing, not logged in")
        elif paused:
            label = self.env._("Pausing")
        elif served and not online:
            label = self.env._("Not logged in")
        elif served:
            label = self.env._("In service")
        if kind in PAUSES and self.env.user.has_group("contact_center.group_supervisor"):
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
        """Transfer the conversation as chosen and close the dialog."""
        self.ensure_one()
        if self.target == "agent" and not self.user_id:
            raise UserError(self.env._("Choose the agent who goes on with the service."))
        self._transfer()
        return {"type": "ir.actions.act_window_close"}

    def _transfer(self):
        """Transfer the conversation as chosen; other addons add their own targets.

        If the chosen person cannot take it now it goes to the queue, unless the user insisted.
        """
        user = self.user_id if self.target == "agent" else self.env["res.users"]
        if user and self._absence() and self.instead != "agent":
            user = self.env["res.users"]
        self.conversation_id.action_transfer(self.queue_id, user, self.reason, self.note)
