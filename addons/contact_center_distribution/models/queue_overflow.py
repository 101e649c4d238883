# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .queue import PULL

KEEP_PLACE = "keep_place"
MOVE = "move"
# The average speed of answer is that of so many minutes.
ANSWER_SPEED_MINUTES = 30


class QueueOverflow(models.Model):
    """When a queue's contacts are offered to another's agents too, or move there."""

    _name = "contact_center.queue.overflow"
    _description = "Overflow of a Queue"
    _order = "queue_id, sequence, id"
    _rec_name = "target_id"

    queue_id = fields.Many2one(
        "contact_center.queue", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    condition = fields.Selection(
        [
            ("wait", "The contact has waited (seconds)"),
            ("estimate", "The estimated wait reaches (seconds)"),
            ("answer_speed", "Answers took on average, in half an hour (seconds)"),
            ("size", "As many are waiting (contacts)"),
            ("oldest_wait", "Somebody has waited (seconds)"),
            ("no_free_agent", "No agent is free"),
            ("few_agents", "Fewer agents are there than (agents)"),
            ("closed", "The queue is closed"),
        ],
        string="When",
        required=True,
        default="wait",
    )
    above = fields.Integer(
        string="From",
        default=120,
        help="Seconds, contacts or agents. For what was shown to the other queue by a figure of "
        "the queue, the overflow ends at half of it.",
    )
    target_id = fields.Many2one(
        "contact_center.queue", string="Other queue", required=True, ondelete="cascade"
    )
    way = fields.Selection(
        [
            (KEEP_PLACE, "Its agents are asked too; the contact keeps its place here"),
            (MOVE, "The contact moves there, with the time it has waited"),
        ],
        string="How",
        required=True,
        default=KEEP_PLACE,
    )

    _above_not_negative = models.Constraint(
        "CHECK(above >= 0)", "The limit of an overflow cannot be negative."
    )

    @api.constrains("queue_id", "target_id", "way")
    def _check_target(self):
        for rule in self:
            if rule.target_id == rule.queue_id:
                raise ValidationError(self.env._("A queue cannot overflow to itself."))
            if rule.way == KEEP_PLACE and rule.target_id.mode == PULL:
                raise ValidationError(
                    self.env._(
                        "Agents of the queue %s pick from the list, so nothing can be offered to "
                        "them: let contacts move there, or let that queue offer.",
                        rule.target_id.name,
                    )
                )

    @api.constrains("queue_id", "target_id", "way")
    def _check_no_circle(self):
        """Refuse rules by which a contact would move on and on."""
        for rule in self.filtered(lambda one: one.way == MOVE):
            reached = ahead = rule.target_id
            while ahead:
                moves = ahead.overflow_ids.filtered(lambda one: one.way == MOVE)
                ahead = moves.target_id - reached
                reached |= ahead
            if rule.queue_id in reached:
                raise ValidationError(
                    self.env._(
                        "Contacts would move in a circle: from the queue %s rules lead back to "
                        "this one.",
                        rule.target_id.name,
                    )
                )


class Queue(models.Model):
    """Rules of overflow and of lending, and figures that they ask for."""

    _inherit = "contact_center.queue"

    overflow_ids = fields.One2many("contact_center.queue.overflow", "queue_id")
    loan_ids = fields.One2many("contact_center.queue.loan", "lender_id", string="Lends agents")

    def _service_level_today(self):
        """Return the share answered within the goal today, in percent; None if nobody was."""
        self.ensure_one()
        since = self._city_midnight()
        answered = [
            ("queue_id", "=", self.id),
            ("left_how", "=", "accepted"),
            ("left_at", ">=", since),
        ]
        # sudo: contact_center.stay - counts only
        stays = self.env["contact_center.stay"].sudo()
        total = stays.search_count(answered)
        goal = ("waited_seconds", "<=", self.service_level_seconds)
        return 100 * stays.search_count([*answered, goal]) / total if total else None

    def _answer_speed(self):
        """Return the average time until an answer, of late, in seconds; None if there was none."""
        self.ensure_one()
        since = fields.Datetime.now() - timedelta(minutes=ANSWER_SPEED_MINUTES)
        # sudo: contact_center.stay - times only
        [(average,)] = (
            self.env["contact_center.stay"]
            .sudo()
            ._read_group(
                [
                    ("queue_id", "=", self.id),
                    ("left_how", "=", "accepted"),
                    ("left_at", ">=", since),
                ],
                aggregates=["waited_seconds:avg"],
            )
        )
        return average
