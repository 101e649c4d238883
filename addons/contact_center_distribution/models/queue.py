# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models, tools

PULL = "pull"
OFFER = "offer"
AUTOMATIC = "automatic"
MIXED = "mixed"
"""How agents get the contacts of a queue: by hand, offered, assigned at once, or offered and by
hand."""


class Queue(models.Model):
    """How a queue's contacts reach its agents: in what order, to whom, how soon."""

    _inherit = "contact_center.queue"

    mode = fields.Selection(
        [
            (PULL, "Agents pick from the list"),
            (OFFER, "Each contact is offered to one agent, who accepts"),
            (AUTOMATIC, "Each contact goes to one agent at once (automatic answer)"),
            (MIXED, "Offered to one agent, and agents may pick from the list"),
        ],
        string="How contacts reach agents",
        required=True,
        default=PULL,
    )
    order_method = fields.Selection(
        [
            ("wait", "Longest wait first"),
            ("priority", "Highest priority first, then longest wait"),
            ("priority_ageing", "Priority counts as minutes of waiting"),
        ],
        string="Who is next",
        required=True,
        default="priority",
    )
    priority_points = fields.Integer(
        string="Minutes per priority level",
        default=5,
        help="An urgent contact (two levels above normal) is treated as if it had been waiting "
        "twice these minutes longer. So nobody is overtaken for ever.",
    )
    agent_method = fields.Selection(
        [
            ("longest_idle", "Who has been free longest"),
            ("fewest_today", "Who has served fewest today"),
            ("circular", "One after the other"),
            ("least_time_today", "Who has spent least time serving today"),
            ("lowest_mean_time", "Who serves fastest on average today"),
            ("even_share", "The same number for everybody"),
        ],
        string="Who gets it",
        required=True,
        default="longest_idle",
        help="Among the agents who may have the contact and are least busy.",
    )
    offer_seconds = fields.Integer(
        string="Accept within (seconds)",
        default=45,
        help="After this time without an answer the contact goes to somebody else and keeps its "
        "place. An agent who does not answer twice gets no more offers until they are back.",
    )
    wrap_up_seconds = fields.Integer(
        string="After-contact work (seconds)",
        default=0,
        help="After the end of a contact the agent gets no new one for this time, or until they "
        "say that they are ready. 0: none.",
    )
    last_agent_seconds = fields.Integer(
        string="Last agent first (seconds)",
        default=0,
        help="For this time a citizen who comes back waits for the agent who served them last, if "
        "that agent is there. 0: never.",
    )
    named_seconds = fields.Integer(
        string="Wait for the person named (seconds)",
        default=120,
        help="A contact passed to a person who cannot take it now waits for them this long, then "
        "it goes to anybody of the queue. 0: to anybody at once.",
    )
    skill_seconds = fields.Integer(
        string="Wait for the skill (seconds)",
        default=60,
        help="A contact for which the virtual assistant found out what its agent should know waits "
        "this long for an agent who knows it, then it goes to anybody of the queue.",
    )
    ring_ids = fields.One2many("contact_center.queue.ring", "queue_id", string="Widening circles")

    _offer_seconds_positive = models.Constraint(
        "CHECK(offer_seconds > 0)", "The time to accept an offer must be positive."
    )
    _distribution_not_negative = models.Constraint(
        "CHECK(wrap_up_seconds >= 0 AND last_agent_seconds >= 0 AND priority_points >= 0"
        " AND skill_seconds >= 0 AND named_seconds >= 0)",
        "Times of the distribution cannot be negative.",
    )

    @api.model
    @tools.ormcache()
    def _distributes(self):
        """Return whether any queue distributes contacts; where none does, nothing here costs."""
        # sudo: contact_center.queue - whether there is one
        return bool(self.sudo().search_count([("mode", "!=", PULL)], limit=1))

    def _is_distributed(self):
        """Return whether contacts of this queue are offered or assigned."""
        # sudo: contact_center.queue - how a queue works is no secret
        return bool(self) and self._distributes() and self.sudo().mode != PULL

    @api.model_create_multi
    def create(self, vals_list):
        """Start distributing if one of the new queues wants it."""
        queues = super().create(vals_list)
        distributed = queues.filtered(lambda queue: queue.mode != PULL)
        if distributed:
            distributed._mode_changed()
        if any(queue.supervisor_present for queue in queues):
            queues._supervision_changed()
        return queues

    def write(self, vals):
        """Start distributing in the new mode; take back what the old one offered."""
        result = super().write(vals)
        if {"mode", "active"} & vals.keys():
            self._mode_changed()
        is_switched = "supervisor_present" in vals
        if is_switched or ("active" in vals and any(self.mapped("supervisor_present"))):
            self._supervision_changed()
        return result

    def _mode_changed(self):
        """Follow a change of the mode: forget what was cached, take offers back, wake the loop."""
        self.env.registry.clear_cache()
        offers = self.env["contact_center.offer"]
        offers._open_offers([("queue_id", "in", self.filtered(lambda q: q.mode == PULL).ids)])._end(
            "withdrawn"
        )
        if any(queue.mode != PULL for queue in self):
            offers._start_loop()
