# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .queue import PULL


class QueueLoan(models.Model):
    """Which agents of a queue help which overloaded queues, and until when."""

    _name = "contact_center.queue.loan"
    _description = "Lending of Agents"
    _order = "lender_id, id"
    _rec_name = "lender_id"

    active = fields.Boolean(default=True)
    lender_id = fields.Many2one(
        "contact_center.queue", string="Queue that lends", required=True, ondelete="cascade"
    )
    user_ids = fields.Many2many(
        "res.users", string="Agents who may be lent", required=True, domain="[('share','=',False)]"
    )
    borrower_ids = fields.Many2many(
        "contact_center.queue",
        string="Queues that are helped",
        required=True,
        domain="[('mode', '!=', 'pull')]",
    )
    on_factor = fields.Float(
        string="From so many times the goal",
        default=3.0,
        help="Agents are lent when the estimated wait of a queue that is helped is above its goal "
        "times this ...",
    )
    on_seconds = fields.Integer(string="For (seconds)", default=30, help="... for so long.")
    off_seconds = fields.Integer(
        string="Home after (seconds)",
        default=120,
        help="They come home when the estimated wait has been below the goal for so long, or at "
        "once when their own queue needs them.",
    )
    gap_seconds = fields.Integer(
        string="Between two changes (seconds)",
        default=300,
        help="Least time between two changes, so that nobody comes and goes.",
    )
    most = fields.Integer(string="At most", default=0, help="Agents lent at a time. 0: all.")
    memory = fields.Json(
        readonly=True, copy=False, help="What the rule remembers from one look to the next."
    )
    lent_ids = fields.One2many(
        "contact_center.loan", "rule_id", domain=[("until", "=", False)], string="Lent now"
    )

    _numbers_not_negative = models.Constraint(
        "CHECK(on_factor >= 1 AND on_seconds >= 0 AND off_seconds >= 0 AND gap_seconds >= 0"
        " AND most >= 0)",
        "Lending begins at the goal or above it, and its numbers cannot be negative.",
    )

    @api.constrains("lender_id", "borrower_ids", "user_ids")
    def _check_queues(self):
        for rule in self:
            if rule.lender_id in rule.borrower_ids:
                raise ValidationError(self.env._("A queue does not lend agents to itself."))
            if PULL in (rule.lender_id | rule.borrower_ids).mapped("mode"):
                raise ValidationError(
                    self.env._("Only queues that offer or assign their contacts lend and borrow.")
                )
            strangers = rule.user_ids - rule.lender_id.member_ids
            if strangers:
                raise ValidationError(
                    self.env._(
                        "%(agents)s: not in the queue %(queue)s, which cannot lend them.",
                        agents=", ".join(strangers.mapped("name")),
                        queue=rule.lender_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _keep_used_rules(self):
        """Let a rule by which somebody was lent be archived, not deleted."""
        # sudo: contact_center.loan - whether there is one
        loans = self.env["contact_center.loan"].sudo()
        if loans.search_count([("rule_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "Agents have been lent by this rule, and the record of that stays: archive "
                    "the rule instead. Whoever is lent by it then comes home at once."
                )
            )
