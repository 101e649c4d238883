# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


def half_hours(_model):
    """Return the half hours of a day as a selection: from "0" (00:00) to "48" (24:00)."""
    return [(str(slot), f"{slot // 2:02}:{slot % 2 * 30:02}") for slot in range(49)]


class SimulationMove(models.Model):
    """People who do something else for a time of the simulated day."""

    _name = "contact_center.simulation.move"
    _description = "People Moved in a Simulation"
    _order = "simulation_id, sequence, id"
    _rec_name = "count"

    simulation_id = fields.Many2one(
        "contact_center.simulation", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    start_slot = fields.Selection(selection=half_hours, string="From", required=True, default="16")
    end_slot = fields.Selection(selection=half_hours, string="Until", required=True, default="24")
    count = fields.Integer(string="People", required=True, default=1)
    source_id = fields.Many2one(
        "contact_center.queue",
        string="From queue",
        ondelete="cascade",
        help="The queue that they leave. Empty: people who come in addition.",
    )
    target_id = fields.Many2one(
        "contact_center.queue",
        string="To queue",
        ondelete="cascade",
        help="The queue that they serve instead. Empty: they are not there.",
    )
    missing = fields.Integer(
        string="Not found",
        readonly=True,
        copy=False,
        help="So many people of that queue were not there at that time.",
    )

    _count_positive = models.Constraint("CHECK(count > 0)", "Move at least one person.")

    @api.constrains("start_slot", "end_slot", "source_id", "target_id")
    def _check_move(self):
        for move in self:
            if int(move.end_slot) <= int(move.start_slot):
                raise ValidationError(self.env._("A move ends after it begins."))
            if move.source_id == move.target_id:
                raise ValidationError(
                    self.env._(
                        "Choose a queue that people leave, one that they serve, or two different "
                        "ones."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Add moves to simulations that have not run."""
        moves = super().create(vals_list)
        moves._check_simulation()
        return moves

    def write(self, vals):
        """Change moves of simulations that have not run."""
        self._check_simulation()
        return super().write(vals)

    def unlink(self):
        """Take moves off simulations that have not run."""
        self._check_simulation()
        return super().unlink()

    def _check_simulation(self):
        if not self.env.su:
            self.simulation_id._check_open()
