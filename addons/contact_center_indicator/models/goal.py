# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import measure


class Goal(models.Model):
    """A goal of the contract with its bands, from a month on.

    A queue may have its own. Without any, the goals printed in the contract hold
    (`measure.PRINTED`).
    """

    _name = "contact_center.indicator.goal"
    _inherit = ["contact_center.indicator.decided"]
    _description = "Goal of an Indicator"
    _rec_name = "document"

    definition_id = fields.Many2one(
        "contact_center.indicator.definition",
        string="Indicator",
        required=True,
        ondelete="restrict",
        domain=[("fined", "!=", "none")],
    )
    queue_id = fields.Many2one(
        "contact_center.queue", ondelete="restrict", help="Empty: all queues without their own."
    )
    goal = fields.Float(required=True, digits=(16, 4), aggregator=None)
    medium_from = fields.Float(
        string="Medium band from", required=True, digits=(16, 4), aggregator=None
    )
    high_from = fields.Float(
        string="High band from", required=True, digits=(16, 4), aggregator=None
    )
    seconds = fields.Integer(
        string="Calls within (seconds)",
        default=measure.SECONDS,
        aggregator=None,
        help="Service level only: within which a citizen on the line has to be answered.",
    )
    text_seconds = fields.Integer(
        string="Messages within (seconds)",
        default=measure.TEXT_SECONDS,
        aggregator=None,
        help="Service level only: within which a written contact has to be answered.",
    )

    _start_unique = models.UniqueIndex(
        "(definition_id, start, COALESCE(queue_id, 0)) WHERE state = 'approved'",
        "Another goal begins on this day.",
    )
    _seconds_positive = models.Constraint(
        "CHECK(seconds >= 0 AND text_seconds >= 0)", "Seconds cannot be negative."
    )

    @api.constrains("start")
    def _check_start(self):
        for goal in self:
            try:
                measure.check_start(goal.start)
            except measure.NotAMonth:
                raise ValidationError(
                    self.env._("A goal begins on the first day of a month.")
                ) from None

    @api.constrains("goal", "medium_from", "high_from", "definition_id")
    def _check_bands(self):
        for goal in self:
            try:
                goal._bands()
            except measure.WrongBands:
                raise ValidationError(
                    self.env._(
                        "Goal, medium and high band have to follow one another, away from the goal."
                    )
                ) from None

    def _bands(self):
        """Return the `measure.Bands`, of the numbers as they were entered."""
        limits = (f"{limit:.4f}" for limit in (self.goal, self.medium_from, self.high_from))
        return measure.Bands.of(*limits, self.definition_id.better)

    def _check_may_begin(self):
        """Refuse, besides, that a goal changes more often than every six months."""
        result = super()._check_may_begin()
        others = self._approved([("definition_id", "=", self.definition_id.id)])
        starts = others.filtered(lambda one: one.queue_id == self.queue_id).mapped("start")
        try:
            measure.check_next(starts, self.start)
        except measure.TooSoon as refused:
            raise UserError(
                self.env._(
                    "This goal changes every six months at most: not before %s.",
                    fields.Date.to_string(refused.earliest),
                )
            ) from None
        return result

    @api.model
    def _approved(self, domain):
        """Return the approved goals (sudo)."""
        # sudo: contact_center.indicator.goal - goals are no secret
        return self.sudo().search([("state", "=", "approved"), *domain])

    @api.model
    def _in_force(self, day):
        """Return the goals that have begun by a day: {code: [measure.Goal]}."""
        found = {}
        for goal in self._approved([("start", "<=", day)]):
            found.setdefault(goal.definition_id.code, []).append(
                measure.Goal(
                    goal.start,
                    goal._bands(),
                    goal.seconds,
                    goal.text_seconds,
                    goal.queue_id.id or None,
                )
            )
        return found
