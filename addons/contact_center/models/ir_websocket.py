from odoo import models


class IrWebsocket(models.AbstractModel):
    """What a user's screen listens to: their queues, and the conversations they may see now."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Subscribe whoever serves conversations to their queues (supervisors to all).

        What concerns the agent alone, or supervisors, goes over channels that every user has
        already: their own and those of their groups. Discuss has found which channels the user
        may read; those of conversations are listened to under their present audience's name.
        """
        if self.env.uid and self.env.user.has_group("contact_center.group_technician"):
            channels = [*channels, *self.env["contact_center.queue"]._of_user(self.env.user)]
        return [
            self._with_audience(channel) for channel in super()._build_bus_channel_list(channels)
        ]

    def _with_audience(self, channel):
        """The bus channel under which a conversation's messages are sent; others as they are.

        :param channel: str, record, or (record, name), as the bus knows them
        """
        record, name = channel if isinstance(channel, tuple) else (channel, None)
        if not isinstance(record, models.BaseModel) or record._name != "discuss.channel":
            return channel
        name = record._audience_subchannel(name)
        return record if name is None else (record, name)
