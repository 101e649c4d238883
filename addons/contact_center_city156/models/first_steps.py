# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class FirstSteps(models.AbstractModel):
    """The step of the queues offers to make those of a 156."""

    _inherit = "contact_center.first.steps"

    @api.model
    def _queue_buttons(self, queues, subjects):
        """Offer the preset second while there is no queue, last otherwise."""
        buttons = super()._queue_buttons(queues, subjects)
        setup = self._action(
            self.env._("Set up the 156"), "contact_center_city156.city156_setup_action", dialog=True
        )
        place = len(buttons) if queues else 1
        return [*buttons[:place], setup, *buttons[place:]]
