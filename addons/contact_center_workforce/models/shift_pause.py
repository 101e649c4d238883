# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..workforce import shifts
from .shift import _minutes, _moment


class ShiftPause(models.Model):
    """A pause of a shift, placed by rule: to come, due, late, given.

    Whether it was given is read from the breaks in the ledger of states, never entered.
    """

    _name = "contact_center.shift.pause"
    _description = "Pause of a Shift"
    _order = "planned_at, id"
    _rec_name = "kind"

    shift_id = fields.Many2one(
        "contact_center.shift", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(related="shift_id.user_id", store=True)
    seat = fields.Char(related="shift_id.seat")
    kind = fields.Selection(
        [(shifts.REGULATED, "Regulated pause"), (shifts.SNACK, "Snack")],
        required=True,
        default=shifts.REGULATED,
    )
    planned_at = fields.Datetime(string="Planned for", required=True, index=True)
    minutes = fields.Integer(required=True, default=int(shifts.REGULATED_MINUTES))
    taken_at = fields.Datetime(string="Begun at", compute="_compute_state")
    state = fields.Selection(
        [
            (shifts.TO_COME, "To come"),
            (shifts.DUE, "Due"),
            (shifts.LATE, "Late"),
            (shifts.GIVEN, "Given"),
            (shifts.GIVEN_LATE, "Given late"),
            (shifts.NOT_GIVEN, "Not given"),
        ],
        compute="_compute_state",
    )

    _minutes_positive = models.Constraint("CHECK(minutes > 0)", "A pause takes time.")

    @api.constrains("planned_at", "minutes", "shift_id")
    def _check_within_rule(self):
        edge = timedelta(minutes=shifts.EDGE)
        for pause in self:
            first, last = pause.shift_id.start + edge, pause.shift_id.end - edge
            end = pause.planned_at + timedelta(minutes=pause.minutes)
            if pause.planned_at < first or end > last:
                raise ValidationError(
                    self.env._(
                        "No pause in the first or the last hour of a shift (NR-17, annex II)."
                    )
                )

    @api.depends("planned_at", "minutes", "kind", "shift_id.start", "shift_id.end")
    def _compute_state(self):
        now = fields.Datetime.now()
        whole = self.shift_id.pause_ids | self
        ledgers = self.shift_id._ledgers()
        for shift in self.shift_id:
            own = whole.filtered(lambda pause, shift=shift: pause.shift_id == shift)
            own = own.sorted(lambda pause: (pause.planned_at, pause.id))
            planned = [shifts.Pause(one.kind, _minutes(one.planned_at), one.minutes) for one in own]
            breaks = shift._breaks(ledgers[shift.user_id.id])
            states = shifts.pause_states(planned, breaks, _minutes(now), now >= shift.end)
            for pause, (state, began) in zip(own, states, strict=True):
                pause.state = state
                pause.taken_at = _moment(began) if began is not None else False
