# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..core import lifecycle
from ..tools import leave_room


class Conversation(models.Model):
    """A conversation with one citizen, from the first message to the end.

    It may be on any channel.

    The state changes only through this model's methods, and each change leaves an event.
    """

    _name = "contact_center.conversation"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "Contact Center Conversation"
    _access_content = frozenset({"transcript", "collected", "collected_html", "partner_id"})
    _order = "id desc"
    _rec_name = "protocol"
    _rec_names_search = ["protocol", "partner_id.name", "partner_id.phone"]

    protocol = fields.Char(required=True, readonly=True, copy=False, string="Protocol number")
    partner_id = fields.Many2one(
        "res.partner",
        string="Citizen",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    channel_kind = fields.Selection(
        [("internal", "Internal")],
        string="Channel",
        required=True,
        readonly=True,
        default="internal",
    )
    discuss_channel_id = fields.Many2one(
        "discuss.channel",
        string="Messages",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    queue_id = fields.Many2one(
        "contact_center.queue", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=True,
        help="The serving company: that of the queue, otherwise of the number.",
    )
    agent_id = fields.Many2one(
        "res.users", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    state = fields.Selection(
        [
            (lifecycle.BOT, "With the bot"),
            (lifecycle.QUEUED, "Waiting"),
            (lifecycle.IN_SERVICE, "In service"),
            (lifecycle.SURVEY, "Survey"),
            (lifecycle.CLOSED, "Closed"),
        ],
        required=True,
        readonly=True,
        default=lifecycle.BOT,
        copy=False,
        group_expand=True,
    )
    outcome = fields.Selection(
        [
            ("resolved", "Resolved"),
            ("self_service", "Self-service"),
            ("abandoned", "Abandoned"),
            ("expired", "Expired"),
            ("out_of_hours", "Outside service hours"),
            ("failed", "Failed"),
        ],
        readonly=True,
        copy=False,
    )
    priority = fields.Selection(
        [("0", "Normal"), ("1", "High"), ("2", "Urgent"), ("3", "Emergency")],
        required=True,
        readonly=True,
        copy=False,
        default="0",
        help="Order in the queue: the highest priority, then the longest wait.",
    )
    skill_id = fields.Many2one(
        "im_livechat.expertise",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Skill that the agent needs, as found out by the bot.",
    )
    disposition_id = fields.Many2one(
        "contact_center.disposition", readonly=True, ondelete="restrict", copy=False
    )
    collected = fields.Json(
        readonly=True,
        copy=False,
        help="Values collected by the bot: a list of key, label and value.",
    )
    satisfaction = fields.Selection(
        [("very_good", "Very good"), ("good", "Good"), ("fair", "Fair"), ("poor", "Poor")],
        readonly=True,
        copy=False,
    )
    opened_at = fields.Datetime(readonly=True, copy=False, default=fields.Datetime.now)
    queued_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="What the place in the queue counts from; waiting times come from the stays.",
    )
    accepted_at = fields.Datetime(readonly=True, copy=False)
    replied_at = fields.Datetime(
        string="First reply at",
        readonly=True,
        copy=False,
        help="First message of the agent who serves now.",
    )
    survey_at = fields.Datetime(string="Survey asked at", readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    last_inbound_at = fields.Datetime(
        string="Last message from the citizen", readonly=True, copy=False
    )
    last_outbound_at = fields.Datetime(
        string="Last message to the citizen", readonly=True, copy=False
    )
    unread_count = fields.Integer(
        string="Unanswered messages",
        readonly=True,
        copy=False,
        help="Messages of the citizen since the last answer of a person.",
    )
    automatic_kinds = fields.Json(readonly=True, copy=False)
    inactivity_warned_at = fields.Datetime(
        string="Last warned of inactivity",
        readonly=True,
        copy=False,
        help="When the warning was last due, whether it could be said or not.",
    )
    event_ids = fields.One2many("contact_center.event", "conversation_id", readonly=True)
    skill_name = fields.Char(related="skill_id.name", string="Skill needed")
    goal_seconds = fields.Integer(
        compute="_compute_goal_seconds", compute_sudo=True, string="Goal (seconds)"
    )

    _protocol_unique = models.Constraint("UNIQUE(protocol)", "The protocol number must be unique.")
    _discuss_channel_unique = models.Constraint(
        "UNIQUE(discuss_channel_id)", "A discussion channel belongs to one conversation."
    )
    # For the screens: open conversations of a queue and of an agent.
    _open_by_queue_idx = models.Index(
        "(queue_id, state, queued_at) WHERE state IN ('queued', 'in_service')"
    )
    _open_by_agent_idx = models.Index("(agent_id) WHERE state IN ('in_service', 'survey')")
    _state_idx = models.Index("(state, id) WHERE state != 'closed'")

    def init(self):
        """Leave room in the pages: each message changes the row, in no column of an index."""
        leave_room(self.env.cr, self._table)
        return super().init()

    @api.depends("channel_kind", "queue_id.service_level_seconds", "queue_id.call_level_seconds")
    def _compute_goal_seconds(self):
        for conversation in self:
            conversation.goal_seconds = conversation.queue_id._goal_seconds(
                conversation.channel_kind
            )

    @api.model
    def _call_kinds(self):
        """Return the channel kinds on which citizens wait on the line (hook).

        They have a goal of their own.
        """
        return frozenset()

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse to create a conversation that does not start with the bot; see `_open`."""
        for vals in vals_list:
            if vals.get("state", lifecycle.BOT) != lifecycle.BOT:
                raise UserError(self.env._("A conversation starts with the bot."))
        return super().create(vals_list)

    def write(self, vals):
        """Refuse a direct change of the state; see `_move_to`."""
        if "state" in vals:
            raise UserError(
                self.env._("The state of a conversation changes only through its own actions.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Conversations are kept: they cannot be deleted."))

    # ------------------------------------------------------------
    # Whose it is
    # ------------------------------------------------------------

    def _access_subjects(self):
        """Return these conversations: they show their own citizens' data."""
        return self

    def _erase_personal_texts(self):
        """Erase stored copies of what was said in these conversations (hook).

        Called when their messages are erased; see `contact_center.personal.data`.
        """

    # ------------------------------------------------------------
    # Opening and finding
    # ------------------------------------------------------------

    @api.model
    def _open(self, partner, channel_kind, queue=None, **vals):
        """Open a conversation with `partner` over a channel of `channel_kind`.

        Creates the protocol number and the Discuss channel, without members: nobody watches until a
        person is needed. `vals` are further field values. Returns the record.

        Callers look for an open one first (`_find_open`). If another transaction has opened one
        since, this one is retried, see `_claim_citizen`.
        """
        self._claim_citizen(partner)
        queue = queue and queue._or_usual()
        # sudo: contact_center.conversation - only the system creates conversations
        conversation = self.sudo().create(
            {
                **vals,
                "protocol": self._next_protocol(queue),
                "partner_id": partner.id,
                "channel_kind": channel_kind,
                "queue_id": queue.id if queue else False,
            }
        )
        conversation.discuss_channel_id = conversation._make_discuss_channel()
        conversation._log("opened", channel_kind=channel_kind)
        return conversation.with_env(self.env)

    def _make_discuss_channel(self):
        """Create the live chat session that holds the messages, without members."""
        bot_id = self.env["ir.model.data"]._xmlid_to_res_id("contact_center.partner_bot")
        # sudo: discuss.channel - created by the system. `install_mode` keeps Odoo from adding the
        # current user as a member: a channel without members costs a fifth of one with two.
        channel = (
            self.env["discuss.channel"]
            .sudo()
            .with_context(install_mode=True, tracking_disable=True)
            .create(
                {
                    "name": f"{self.partner_id.name} · {self.protocol}",
                    "channel_type": "livechat",
                    "livechat_operator_id": bot_id,
                    "contact_center_conversation_id": self.id,
                }
            )
        )
        return channel.with_env(self.env)

    @api.model
    def _find_open(self, partner, channel_kind):
        """Return the open conversation of `partner` over this kind of channel, or none.

        The newest: there is at most one for each of our numbers.
        """
        # sudo: contact_center.conversation - look-up by the channel that received a message
        return (
            self.sudo()
            .search(
                [
                    ("partner_id", "=", partner.id),
                    ("channel_kind", "=", channel_kind),
                    ("state", "!=", lifecycle.CLOSED),
                ],
                order="id desc",
                limit=1,
            )
            .with_env(self.env)
        )

    def _start(self):
        """Follow the channel's call, once, after `_open`, before the first message (hook)."""

    def _has_bot(self):
        """Return whether a bot answers; without one it goes to people at once (hook)."""
        return False

    def _on_bot_incoming(self, incoming):
        """Handle a citizen's message while the bot is serving (hook).

        :param incoming: `core.values.Incoming`, with the id of the mail.message
        """

    # ------------------------------------------------------------
    # Moving and recording
    # ------------------------------------------------------------

    def _move_to(self, state, **vals):
        """Change the state together with `vals`; nothing else changes it.

        Past `write`, which lets nobody change the state: an addon that wants to know of moves
        extends this method. Raises `core.lifecycle.LifecycleError` when there is no such move.
        """
        self.ensure_one()
        # sudo: contact_center.conversation - users may not write it; the callers check the right
        conversation = self.sudo()
        lifecycle.check_transition(conversation.state, state)
        if conversation.state == lifecycle.QUEUED != state:
            agent = self.env["res.users"].browse(vals.get("agent_id") or [])
            conversation._leave_queue(state, agent, vals.get("outcome"))
        conversation._end_hold()
        write = super(Conversation, conversation).write
        return write({**conversation._survey_entry(state, vals), **vals, "state": state})

    def _log(self, kind, **data):
        """Append an event of `kind` with the details in `data` (JSON values)."""
        self.ensure_one()
        # sudo: contact_center.event - the ledger is written by the system only
        conversation = self.sudo()
        return conversation.env["contact_center.event"]._insert(
            [
                {
                    "conversation_id": conversation.id,
                    "kind": kind,
                    "queue_id": conversation.queue_id.id,
                    "agent_id": conversation.agent_id.id,
                    "data": data or None,
                }
            ]
        )

    def _collect(self, key, label, value):
        """Store data that the bot collected; a new value for the same key replaces the old one."""
        self.ensure_one()
        collected = [entry for entry in self.collected or [] if entry["key"] != key]
        collected.append({"key": key, "label": label, "value": value})
        # sudo: contact_center.conversation - users may not write it; called by the bot's layer
        self.sudo().collected = collected

    def _end_by_bot(self, outcome="self_service"):
        """End a conversation that is with the bot, whether or not people served it before."""
        if not self._ask_survey_under_contract(outcome):
            self._close(outcome)

    def _close(self, outcome):
        """Close the conversation for good, with its outcome, from any state."""
        self.ensure_one()
        self._move_to(lifecycle.CLOSED, outcome=outcome, closed_at=fields.Datetime.now())
        self._log("closed", outcome=outcome)
        self._end_session()
        self._bus_update()

    # ------------------------------------------------------------
    # Scheduled
    # ------------------------------------------------------------

    @api.model
    def _cron_close_stale(self):
        """Close surveys that got no answer."""
        now = fields.Datetime.now()
        usual = self.env["contact_center.queue"]._default_queue()
        # sudo: contact_center.queue - the scheduled action processes all of them
        for queue in (
            self.env["contact_center.queue"].sudo().with_context(active_test=False).search([])
        ):
            before = fields.Datetime.subtract(now, hours=queue.survey_timeout_hours)
            self._close_each(
                Domain("queue_id", "in", [queue.id, False] if queue == usual else queue.ids)
                & Domain("state", "=", lifecycle.SURVEY)
                & Domain("survey_at", "<=", before),
            )

    @api.model
    def _close_each(self, domain):
        """Close the surveys that match `domain`, committing one by one.

        So a failure cannot undo the others.
        """
        # sudo: contact_center.conversation - scheduled action
        conversations = self.sudo().search(domain, order="id", limit=500)
        for done, conversation in enumerate(conversations, 1):
            conversation._close(conversation._outcome_after_survey())
            self.env["ir.cron"]._commit_progress(1, remaining=len(conversations) - done)
