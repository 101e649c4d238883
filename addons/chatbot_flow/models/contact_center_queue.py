from odoo import models


class Queue(models.Model):
    """Queues to which flows hand citizens over."""

    _inherit = "contact_center.queue"

    def _used_by(self):
        """Name the flows with a step that hands over to this queue, too."""
        # sudo: chatbot.flow.step - names only, for whoever manages queues
        steps = (
            self.env["chatbot.flow.step"]
            .sudo()
            .search([("queue_id", "=", self.id), ("flow_id.active", "=", True)])
        )
        flows = [self.env._("the flow %s", flow.name) for flow in steps.flow_id]
        return [*super()._used_by(), *flows]
