# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ..core import lifecycle


class Conversation(models.Model):
    """The audience of a conversation: the name of its messages on the bus.

    Odoo decides once, when a browser subscribes, whether it receives a channel's messages; a user
    who loses access to a conversation would keep receiving it until the browser subscribes again.
    So the name changes with the people who may see the conversation: those who subscribed before a
    colleague took it are left with a name that is no longer used.
    """

    _inherit = "contact_center.conversation"

    def _audience(self):
        """Return a stable name for the group of people who may see the conversation now."""
        self.ensure_one()
        # sudo: contact_center.conversation - the answer is the same for every user
        conversation = self.sudo()
        if conversation.state == lifecycle.QUEUED and not conversation.agent_id:
            return f"queue-{conversation.queue_id.id}"
        if conversation.agent_id:
            return f"agent-{conversation.agent_id.id}"
        return "supervisors"


class DiscussChannel(models.Model):
    """Send a conversation channel's notifications to its current audience only."""

    _inherit = "discuss.channel"

    def _bus_send(self, notification_type, message, /, *, subchannel=None):
        for channel in self:
            name = channel._audience_subchannel(subchannel)
            super(DiscussChannel, channel)._bus_send(notification_type, message, subchannel=name)
        return

    def _audience_subchannel(self, subchannel=None):
        """Return the bus sub-channel; for a channel without a conversation, `subchannel`."""
        self.ensure_one()
        conversation = self._contact_center_conversation()
        if not conversation:
            return subchannel
        return f"{subchannel or 'everybody'}/{conversation._audience()}"
