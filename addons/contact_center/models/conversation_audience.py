from odoo import models

from ..core import lifecycle


class Conversation(models.Model):
    """Who hears what is said: the name under which a conversation's messages go over the bus.

    Odoo decides once, when a browser subscribes, whether a channel's messages are for it; who
    loses the right to a conversation would go on hearing it until the browser subscribes anew.
    So the name changes with the people who may see the conversation: those who subscribed before
    a colleague took it listen to a name that is not used any more.
    """

    _inherit = "contact_center.conversation"

    def _audience(self):
        """A word for those who may see the conversation now, the same whenever it is them."""
        self.ensure_one()
        # sudo: contact_center.conversation - whoever is asking, the answer is the same
        conversation = self.sudo()
        if conversation.state == lifecycle.QUEUED and not conversation.agent_id:
            return f"queue-{conversation.queue_id.id}"
        if conversation.agent_id:
            return f"agent-{conversation.agent_id.id}"
        return "supervisors"


class DiscussChannel(models.Model):
    """Send what happens in a conversation's channel to its present audience only."""

    _inherit = "discuss.channel"

    def _bus_send(self, notification_type, message, /, *, subchannel=None):
        for channel in self:
            name = channel._audience_subchannel(subchannel)
            super(DiscussChannel, channel)._bus_send(notification_type, message, subchannel=name)
        return

    def _audience_subchannel(self, subchannel=None):
        """Name under the channel for the bus, of a channel without conversation `subchannel`."""
        self.ensure_one()
        conversation = self._contact_center_conversation()
        if not conversation:
            return subchannel
        return f"{subchannel or 'everybody'}/{conversation._audience()}"
