# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class Queue(models.Model):
    """Queues that flows hand citizens over to."""

    _inherit = "contact_center.queue"

    def _used_by(self):
        """Add the flows with a step that hands over to this queue."""
        # sudo: chatbot.flow.step - names only, for the person who manages queues
        steps = (
            self.env["chatbot.flow.step"]
            .sudo()
            .search([("queue_id", "=", self.id), ("flow_id.active", "=", True)])
        )
        flows = [self.env._("the flow %s", flow.name) for flow in steps.flow_id]
        return [*super()._used_by(), *flows]
