# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..core import gates, lifecycle


class DiscussChannelMember(models.Model):
    """Members of a conversation's channel change only with the conversation."""

    _inherit = "discuss.channel.member"

    def write(self, vals):
        """Let users record how far they have read; refuse all else about members."""
        if vals and not self.env.su:
            for member in self:
                conversation = member.channel_id._contact_center_conversation()
                # Removed from the screen only when no answer is expected any more
                served = conversation.state in lifecycle.STATES_WITH_PEOPLE
                may = gates.MEMBER_FIELDS | (set() if served else {"unpin_dt"})
                if conversation and not (member.is_self and may.issuperset(vals)):
                    raise AccessError(member.channel_id._closed_words())
        return super().write(vals)

    def _bus_send(self, notification_type, message, /, *, subchannel=None):
        """Invite nobody to a conversation: its agent took it, or is notified of the transfer."""
        if notification_type == "discuss.channel/joined" and (
            self.channel_id._contact_center_conversation()
        ):
            message = {key: message[key] for key in message if key != "invited_by_user_id"}
        return super()._bus_send(notification_type, message, subchannel=subchannel)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_service(self):
        if self.env.su:
            return
        for member in self:
            conversation = member.channel_id._contact_center_conversation()
            if conversation and not member.is_self:
                raise AccessError(member.channel_id._closed_words())
            if conversation.state in lifecycle.STATES_WITH_PEOPLE:
                raise UserError(
                    self.env._(
                        "You cannot leave conversation %s while it is in service: close it or "
                        "transfer it.",
                        conversation.protocol,
                    )
                )

    @api.autovacuum
    def _gc_unpin_livechat_sessions(self):
        return super(
            DiscussChannelMember, self.with_context(contact_center_keep=True)
        )._gc_unpin_livechat_sessions()

    @api.model
    def _search(self, domain, *args, **kwargs):
        # An agent's conversation stays on the screen over the weekend, see discuss_channel.py
        if self.env.context.get("contact_center_keep"):
            domain = Domain(domain) & Domain(
                "channel_id.contact_center_conversation_id", "=", False
            )
        return super()._search(domain, *args, **kwargs)
