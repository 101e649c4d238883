from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.mail.tools.discuss import Store

from ..core import lifecycle
from .mail_message import OWN_MESSAGE

# Marks what the contact centre itself does in a channel. Compared by identity: a context that
# comes from a browser cannot hold it (controllers post with sudo, so `env.su` proves nothing).
OWN_POST = object()


class DiscussChannel(models.Model):
    """The channel that keeps a conversation's messages, guarded by the conversation's rules."""

    _inherit = "discuss.channel"

    contact_center_conversation_id = fields.Many2one(
        "contact_center.conversation",
        string="Contact center conversation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------

    def _is_own_post(self):
        """Whether the contact centre itself is at work, not a user."""
        return self.env.context.get("contact_center_post") is OWN_POST

    def _contact_center_conversation(self):
        """The conversation of this channel, as the system sees it, or empty."""
        # sudo: discuss.channel, contact_center.conversation - guards look whoever is asking
        return self.sudo().contact_center_conversation_id

    def write(self, vals):
        """Refuse to look for help by live chat's own way, and to exchange the conversation."""
        asks_help = vals.get("livechat_status") == "need_help"
        if asks_help and self.filtered(lambda channel: channel._contact_center_conversation()):
            raise UserError(
                self.env._("To ask for help, transfer the conversation to another queue or agent.")
            )
        if "contact_center_conversation_id" in vals:
            raise UserError(self.env._("The channel of a conversation cannot be exchanged."))
        return super().write(vals)

    def unlink(self):
        """Keep conversations' channels when live chat removes empty sessions."""
        channels = self
        if self.env.context.get("contact_center_keep"):
            channels = self.filtered(lambda channel: not channel._contact_center_conversation())
        return super(DiscussChannel, channels).unlink()

    def _action_unfollow(self, partner=None, guest=None, post_leave_message=True):
        conversation = self._contact_center_conversation()
        if (
            conversation.state in lifecycle.STATES_WITH_PEOPLE
            and not self._is_own_post()
            and partner
            and partner in (conversation.agent_id.partner_id | conversation.partner_id)
        ):
            raise UserError(
                self.env._(
                    "You cannot leave conversation %s while it is in service: close it or "
                    "transfer it.",
                    conversation.protocol,
                )
            )
        return super()._action_unfollow(partner, guest, post_leave_message)

    def _check_can_update_message_content(self, message):
        if self._contact_center_conversation():
            raise UserError(
                self.env._("What was said in a conversation is neither changed nor deleted.")
            )
        return super()._check_can_update_message_content(message)

    def _find_or_create_persona_for_channel(self, *args, **kwargs):
        # An invitation link would let its owner in whatever the access rules say.
        if self._contact_center_conversation():
            raise UserError(self.env._("Nobody joins a conversation by an invitation link."))
        return super()._find_or_create_persona_for_channel(*args, **kwargs)

    # ------------------------------------------------------------
    # Messages of agents
    # ------------------------------------------------------------

    def message_post(self, *, message_type="notification", **kwargs):
        """Only the agent of a conversation speaks to the citizen, and in their own name.

        Whatever is not spoken to the citizen is an internal note, see `discuss_channel_notes.py`.
        """
        conversation = self._contact_center_conversation()
        spoken = message_type not in ("notification", "user_notification")
        if conversation and spoken and not self._is_own_post():
            if self._is_note_post(kwargs):
                self._check_may_write_note(conversation)
                kwargs.update(subtype_xmlid="mail.mt_note", subtype_id=False)
            else:
                self._check_agent_may_post(conversation)
                self._check_holds_no_note(kwargs)
            kwargs["author_id"] = self.env.user.partner_id.id
            if kwargs.get("subtype_xmlid") == "mail.mt_comment":
                kwargs["body"] = conversation._agent_body(kwargs.get("body") or "")
        return super().message_post(message_type=message_type, **kwargs)

    def _check_agent_may_post(self, conversation):
        """Raise UserError unless the current user is the agent in service of `conversation`."""
        if conversation.state != lifecycle.IN_SERVICE:
            raise UserError(
                self.env._(
                    "Conversation %s is not in service: take it first.", conversation.protocol
                )
                if conversation.state == lifecycle.QUEUED
                else self.env._("Conversation %s is not in service.", conversation.protocol)
            )
        if conversation.agent_id != self.env.user:
            raise UserError(
                self.env._(
                    "%(agent)s is serving conversation %(protocol)s: only they can answer.",
                    agent=conversation.agent_id.name,
                    protocol=conversation.protocol,
                )
            )

    def _message_create(self, values_list):
        marked = self.with_context(contact_center_message=OWN_MESSAGE)
        return super(DiscussChannel, marked)._message_create(values_list).with_env(self.env)

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        conversation = self._contact_center_conversation()
        if conversation and not self._is_own_post() and message.message_type == "comment":
            # sudo: mail.message - just posted by the user
            if message._is_contact_center_note():
                conversation._on_note(message.sudo())
            else:
                conversation._on_agent_message(message.sudo())
        return result

    # ------------------------------------------------------------
    # Session
    # ------------------------------------------------------------

    def _contact_center_end_session(self):
        """End the live chat session and take it off its agents' screens."""
        self.ensure_one()
        if self.livechat_end_dt or not self.channel_member_ids:
            return
        now = fields.Datetime.now()
        self.livechat_end_dt = now
        Store(bus_channel=self).add(self, "livechat_end_dt").bus_send()
        for member in self.channel_member_ids.filtered(
            lambda member: member.livechat_member_type == "agent"
        ):
            # A second later than the last message, which would pin the channel again.
            member.unpin_dt = fields.Datetime.add(now, seconds=1)
            Store(bus_channel=member._bus_channel()).add(
                self, {"close_chat_window": True}
            ).bus_send()

    @api.autovacuum
    def _gc_empty_livechat_sessions(self):
        return super(
            DiscussChannel, self.with_context(contact_center_keep=True)
        )._gc_empty_livechat_sessions()

    @api.autovacuum
    def _gc_bot_only_ongoing_sessions(self):
        return super(
            DiscussChannel, self.with_context(contact_center_keep=True)
        )._gc_bot_only_ongoing_sessions()

    @api.model
    def _search(self, domain, *args, **kwargs):
        # Live chat's clean-ups must not see conversations: they have an end of their own.
        if self.env.context.get("contact_center_keep"):
            domain = Domain(domain) & Domain("contact_center_conversation_id", "=", False)
        return super()._search(domain, *args, **kwargs)

    # ------------------------------------------------------------
    # Screen
    # ------------------------------------------------------------

    def _to_store_defaults(self, target):
        result = super()._to_store_defaults(target)
        if target.is_internal(self.env):
            result.append(
                Store.Attr(
                    "contact_center_conversation",
                    lambda channel: channel._contact_center_conversation()._discuss_payload(),
                    predicate=lambda channel: bool(channel._contact_center_conversation()),
                )
            )
        return result
