# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import clean_context

from odoo.addons.mail.tools.discuss import Store

from ..core import gates, lifecycle
from ..core.passed import Passed, passed


class DiscussChannel(models.Model):
    """The channel of a conversation's messages, guarded by the conversation's rules."""

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
        """Return whether the contact centre itself is at work, not a user."""
        return passed(self) is Passed.SYSTEM

    def _is_admitted(self):
        """Return whether Odoo is at work on what the guards have let in."""
        return passed(self) is Passed.USER

    def _contact_center_conversation(self):
        """Return the conversation of this channel with system rights, or empty."""
        # sudo: discuss.channel, contact_center.conversation - guards apply to every user
        return self.sudo().contact_center_conversation_id

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse threads in a conversation, where others could read along."""
        channels = super().create(vals_list)
        if not self.env.su:
            # sudo: discuss.channel - the guard applies to every user
            made = channels.sudo()
            if (
                made.parent_channel_id.contact_center_conversation_id
                or made.from_message_id._of_contact_center()
            ):
                raise AccessError(self._closed_words())
        return channels

    def write(self, vals):
        """Refuse users' changes to a conversation's channel: it follows the conversation.

        The system never uses live chat's own "looking for help", nor swaps the conversation.
        """
        asks_help = vals.get("livechat_status") == "need_help"
        if asks_help and self.filtered(lambda channel: channel._contact_center_conversation()):
            raise UserError(
                self.env._("To ask for help, transfer the conversation to another queue or agent.")
            )
        if "contact_center_conversation_id" in vals:
            raise UserError(self.env._("The channel of a conversation cannot be exchanged."))
        if vals and not self.env.su and not self._is_admitted():
            self._check_no_conversation()
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
        # Live chat would announce in the agent's name that they left
        said = post_leave_message and not conversation
        admitted = Passed.USER.on(self)
        return super(DiscussChannel, admitted)._action_unfollow(partner, guest, said)

    def _check_can_update_message_content(self, message):
        if self._contact_center_conversation():
            raise UserError(
                self.env._("Messages of a conversation can be neither changed nor deleted.")
            )
        return super()._check_can_update_message_content(message)

    def _find_or_create_persona_for_channel(self, *args, **kwargs):
        # An invitation link would bypass the access rules.
        if self._contact_center_conversation():
            raise UserError(self.env._("Nobody joins a conversation by an invitation link."))
        return super()._find_or_create_persona_for_channel(*args, **kwargs)

    # ------------------------------------------------------------
    # Messages of agents
    # ------------------------------------------------------------

    def message_post(self, *, message_type="notification", **kwargs):
        """Only a conversation's agent writes to the citizen, and in their own name.

        Anything not meant for the citizen is an internal note, see `discuss_channel_notes.py`.
        Author, kind, time and other attributes of the message are set here.
        """
        conversation = self._contact_center_conversation()
        if not conversation or self._is_own_post():
            return super().message_post(message_type=message_type, **kwargs)
        kwargs = {name: value for name, value in kwargs.items() if name in gates.POST_VALUES}
        if self._is_note_post(kwargs):
            self._check_may_write_note(conversation)
            kwargs.update(subtype_xmlid="mail.mt_note", subtype_id=False)
        else:
            self._check_agent_may_post(conversation)
            self._check_holds_no_note(kwargs)
            kwargs.update(subtype_xmlid="mail.mt_comment", subtype_id=False)
            kwargs["body"] = conversation._agent_body(kwargs.get("body") or "")
        self._check_quotes_conversation(kwargs)
        kwargs["author_id"] = self.env.user.partner_id.id
        # No default of a context that came from a browser
        admitted = Passed.USER.on(self.with_env(self.env(context=clean_context(self.env.context))))
        said = super(DiscussChannel, admitted).message_post(message_type="comment", **kwargs)
        return said.with_env(self.env)

    def _post_by_system(self, **kwargs):
        """Post a message of the contact centre itself, whichever user is at work.

        :param kwargs: as of `message_post`
        :return: the mail.message
        """
        return Passed.SYSTEM.on(self).message_post(**kwargs)

    def _check_quotes_conversation(self, post):
        """Raise UserError if a message replies to one from elsewhere."""
        # sudo: mail.message - the guard applies to every user
        quoted = self.env["mail.message"].sudo().browse(post.get("parent_id") or []).exists()
        if quoted and (quoted.model, quoted.res_id) != (self._name, self.id):
            raise UserError(self.env._("A message answers one of the same conversation."))

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
                    agent=conversation._agent_name(),
                    protocol=conversation.protocol,
                )
            )

    def _message_create(self, values_list):
        marked = self if passed(self) else Passed.MESSAGE.on(self)
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
            # One second after the last message, which would pin the channel again.
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
        # Hide conversations from live chat's clean-ups: they have their own way to end.
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
