from odoo import models


class IrWebsocket(models.AbstractModel):
    """Which queues a user's screen listens to."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Subscribe whoever serves conversations to their queues (supervisors to all).

        What concerns the agent alone, or supervisors, goes over channels that every user has
        already: their own and those of their groups.
        """
        if self.env.uid and self.env.user.has_group("contact_center.group_technician"):
            channels = [*channels, *self.env["contact_center.queue"]._of_user(self.env.user)]
        return super()._build_bus_channel_list(channels)
