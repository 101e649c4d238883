# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

LEVELS = [
    ("1", "1 · learning"),
    ("2", "2 · basic"),
    ("3", "3 · good"),
    ("4", "4 · very good"),
    ("5", "5 · expert"),
]
USUAL_LEVEL = 3
"""Level of a queue's agent of whom nothing is said."""


class AgentSkill(models.Model):
    """How well an agent serves a queue, and from when until when.

    Membership of the queue decides whether they serve it at all; a row that has not begun or is
    over keeps them from being offered its contacts.
    """

    _name = "contact_center.agent.skill"
    _description = "Skill of an Agent in a Queue"
    _order = "queue_id, level desc, user_id"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users",
        string="Agent",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('share', '=', False)]",
    )
    queue_id = fields.Many2one(
        "contact_center.queue", required=True, index=True, ondelete="cascade"
    )
    level = fields.Selection(LEVELS, required=True, default=str(USUAL_LEVEL))
    since = fields.Date(help="First day. Empty: always.")
    until = fields.Date(help="Last day. Empty: no end.")

    _once = models.Constraint("UNIQUE(user_id, queue_id)", "An agent has one level in each queue.")
    _until_after_since = models.Constraint(
        "CHECK(until >= since)", "The last day cannot be before the first."
    )

    @api.constrains("user_id", "queue_id")
    def _check_member(self):
        for skill in self:
            if skill.user_id not in skill.queue_id.member_ids:
                raise ValidationError(
                    self.env._(
                        "%(agent)s is not an agent of the queue %(queue)s: add them there first.",
                        agent=skill.user_id.name,
                        queue=skill.queue_id.name,
                    )
                )

    @api.depends("user_id", "queue_id", "level")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for skill in self:
            agent = skill.user_id.display_name
            skill.display_name = f"{agent} · {skill.queue_id.name}: {skill.level}"
