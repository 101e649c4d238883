from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..core import gates, lifecycle


class DiscussChannelMember(models.Model):
    """Members of a conversation's channel come and go with the conversation only."""

    _inherit = "discuss.channel.member"

    def write(self, vals):
        """Let people note how far they have read; nothing else of a conversation's members."""
        if vals and not self.env.su:
            for member in self:
                conversation = member.channel_id._contact_center_conversation()
                # Off the screen only when nobody is to answer any more
                served = conversation.state in lifecycle.STATES_WITH_PEOPLE
                may = gates.MEMBER_FIELDS | (set() if served else {"unpin_dt"})
                if conversation and not (member.is_self and may.issuperset(vals)):
                    raise AccessError(member.channel_id._closed_words())
        return super().write(vals)

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
