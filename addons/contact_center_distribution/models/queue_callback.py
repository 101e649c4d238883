# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

TEXTS = (
    "queue_full",
    "callback_offer",
    "callback_offer_waiting",
    "callback_agreed",
    "callback_now",
    "callback_missed",
    "callback_cancelled",
)
"""Kinds of the automatic messages of a full queue and of call-backs."""


class Queue(models.Model):
    """When a queue offers to call back, how often it tries, and who waits for it."""

    _inherit = "contact_center.queue"

    callback_no_forecast = fields.Boolean(
        string="Nobody is there",
        help="Within the hours of the queue, while no agent is logged in and so nobody can say "
        "how long it will take.",
    )
    callback_after_minutes = fields.Integer(
        string="After a wait of (minutes)",
        default=0,
        help="Whoever has waited so long is asked, once. 0: never.",
    )
    callback_at_closing = fields.Boolean(
        string="The queue closes while they wait",
        help="Whoever still waits at the end of the hours is called back after the next opening.",
    )
    callback_tries = fields.Integer(
        string="Tries",
        default=2,
        help="How often a citizen who does not answer is called back, before the contact ends.",
    )
    callback_answer_minutes = fields.Integer(
        string="Answer within (minutes)",
        default=15,
        help="So long an agent waits for the answer to a call-back; so long the offer of one "
        "stands for somebody for whom there is no room.",
    )
    callback_retry_minutes = fields.Integer(
        string="Next try after (minutes)",
        default=30,
        help="The citizen keeps the place in the line meanwhile.",
    )
    callback_count = fields.Integer(compute="_compute_callback_count", string="Call-backs")

    _callbacks_make_sense = models.Constraint(
        "CHECK(callback_tries > 0 AND callback_answer_minutes > 0 AND callback_after_minutes >= 0"
        " AND callback_retry_minutes >= 0)",
        "Call-backs need at least one try and a time to answer; minutes cannot be negative.",
    )

    def _compute_callback_count(self):
        counts = self.env["contact_center.callback"]._counts(self)
        for queue in self:
            queue.callback_count = counts.get(queue.id, 0)

    def _without_calls_at_night(self, rows):
        """Leave out those to be called back by a queue that is closed now.

        :param rows: of the router's statement: the queue's id is second, whether it is a call-back
            last
        """
        calling = self.filtered(lambda queue: queue.id in {row[1] for row in rows if row[-1]})
        closed = {queue.id for queue in calling if not queue._is_open()}
        return [row for row in rows if not (row[-1] and row[1] in closed)]

    def action_view_callbacks(self):
        """Open the call-backs of this queue."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center_distribution.callback_action"
        )
        return {**action, "domain": [("queue_id", "=", self.id)]}

    def action_callback_texts(self):
        """Open the texts that this queue says when it is full, and around call-backs."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center.automatic_message_action"
        )
        return {
            **action,
            "domain": [("kind", "in", TEXTS), ("queue_id", "in", [False, self.id])],
            "context": {"default_queue_id": self.id, "default_kind": "callback_now"},
        }
