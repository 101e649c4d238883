# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .queue import PULL


class QueueRing(models.Model):
    """A circle of agents: from a moment of the wait on, those of a lower level too."""

    _name = "contact_center.queue.ring"
    _description = "Widening Circle of a Queue"
    _order = "queue_id, seconds, id"
    _rec_name = "seconds"

    queue_id = fields.Many2one(
        "contact_center.queue", required=True, index=True, ondelete="cascade"
    )
    seconds = fields.Integer(
        string="From waiting (seconds)",
        required=True,
        default=0,
        help="From this waiting time on. The first circle begins at 0.",
    )
    min_level = fields.Selection(
        [("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5")],
        string="Agents from level",
        required=True,
        default="1",
    )
    group_ids = fields.Many2many(
        "contact_center.queue",
        "contact_center_queue_ring_group_rel",
        "ring_id",
        "queue_id",
        string="Also agents of",
        help="From this moment on agents of these queues are asked too, after those of this one. "
        "The level is that which they have there.",
    )

    _seconds_unique = models.Constraint(
        "UNIQUE(queue_id, seconds)", "Two circles of a queue cannot begin at the same time."
    )
    _seconds_not_negative = models.Constraint(
        "CHECK(seconds >= 0)", "A circle cannot begin before the wait."
    )

    @api.constrains("group_ids")
    def _check_groups(self):
        for ring in self:
            if ring.queue_id in ring.group_ids:
                raise ValidationError(
                    self.env._("Agents of the queue itself are asked anyway: choose other queues.")
                )
            picking = ring.group_ids.filtered(lambda queue: queue.mode == PULL)
            if picking:
                raise ValidationError(
                    self.env._(
                        "Agents of the queue %s pick from the list, so nothing can be offered to "
                        "them: let that queue offer.",
                        picking[0].name,
                    )
                )


class Queue(models.Model):
    """Queues whose agents help when the wait is long."""

    _inherit = "contact_center.queue"

    def _helping_queues(self):
        """Return {queue id: ids of queues whose agents its circles reach}.

        Only those of these queues that have any.
        """
        reached = {queue.id: set(queue.ring_ids.group_ids.ids) for queue in self}
        return {queue: groups for queue, groups in reached.items() if groups}
