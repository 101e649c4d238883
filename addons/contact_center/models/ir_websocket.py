# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class IrWebsocket(models.AbstractModel):
    """A screen's subscriptions: the user's queues, and conversations they may see now."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Subscribe agents to their queues (supervisors to all).

        News for the agent alone, or for supervisors, uses channels that every user already has:
        their own and those of their groups. Discuss has determined which channels the user may
        read; conversations are subscribed to under the name of their current audience.
        """
        if self.env.uid and self.env.user.has_group("contact_center.group_technician"):
            channels = [*channels, *self.env["contact_center.queue"]._of_user(self.env.user)]
        return [
            self._with_audience(channel) for channel in super()._build_bus_channel_list(channels)
        ]

    def _with_audience(self, channel):
        """Return the bus channel for a conversation's messages; other channels unchanged.

        :param channel: str, record, or (record, name), as the bus knows them
        """
        record, name = channel if isinstance(channel, tuple) else (channel, None)
        if not isinstance(record, models.BaseModel) or record._name != "discuss.channel":
            return channel
        name = record._audience_subchannel(name)
        return record if name is None else (record, name)
