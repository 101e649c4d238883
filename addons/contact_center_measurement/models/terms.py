# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import measurement
from .price import STATES

# What the parties may agree to leave out; all other states count always.
SWITCHED = (
    "break_regulated",
    "break_snack",
    "break_other",
    "training",
    "away",
    "not_answering",
    "lost",
)


class Terms(models.Model):
    """What both parties agreed to count as logged time, from a month on.

    Without any, what the tender says holds (`measurement.Terms`).
    """

    _name = "contact_center.measurement.terms"
    _inherit = ["contact_center.indicator.decided"]
    _description = "Terms of Measurement"
    _rec_name = "document"

    state = fields.Selection(STATES)
    start = fields.Date(help="The first day of a month that was not measured yet.")
    basis = fields.Selection(
        [
            (measurement.MONTH, "By the month: mean of the days"),
            (measurement.DAY, "By the day: sum of the days"),
        ],
        string="A position is paid",
        required=True,
        default=measurement.MONTH,
    )
    break_regulated = fields.Boolean(string="Regulated breaks count", default=True)
    break_snack = fields.Boolean(string="Snacks count", default=True)
    break_other = fields.Boolean(string="Other breaks count", default=True)
    training = fields.Boolean(string="Training counts", default=True)
    away = fields.Boolean(string="Away by one's own choice counts", default=True)
    not_answering = fields.Boolean(string="Not answering counts", default=True)
    lost = fields.Boolean(string="Time with a lost browser counts")

    _start_unique = models.UniqueIndex(
        "(start) WHERE state = 'approved'", "Other terms begin on this day."
    )

    @api.constrains("start")
    def _check_start(self):
        if any(terms.start.day != 1 for terms in self):
            raise ValidationError(self.env._("Terms begin on the first day of a month."))

    def _check_may_begin(self):
        """Refuse what would change a month that was released."""
        self.env["contact_center.measurement"]._check_not_released(self.start)
        # sudo: contact_center.measurement.terms - terms are no secret of the two parties
        others = self.sudo().search([("state", "=", "approved"), ("start", "=", self.start)])
        if others - self:
            raise UserError(self.env._("Other terms begin on this day."))

    def _core(self):
        """Return the `measurement.Terms` of this record, those of the tender for none."""
        if not self:
            return measurement.Terms()
        left_out = frozenset(part for part in SWITCHED if not self[part])
        return measurement.Terms(left_out, self.basis)

    @api.model
    def _on(self, day):
        """Return the `measurement.Terms` of a day."""
        # sudo: contact_center.measurement.terms - the callers check who may know
        approved = self.sudo().search(
            [("state", "=", "approved"), ("start", "<=", day)], order="start desc", limit=1
        )
        return approved._core()
