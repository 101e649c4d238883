# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class QueueRing(models.Model):
    """A circle of agents of a queue: from a moment of the wait on, those of a lower level too."""

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

    _seconds_unique = models.Constraint(
        "UNIQUE(queue_id, seconds)", "Two circles of a queue cannot begin at the same time."
    )
    _seconds_not_negative = models.Constraint(
        "CHECK(seconds >= 0)", "A circle cannot begin before the wait."
    )
