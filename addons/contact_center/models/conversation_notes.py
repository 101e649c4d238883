from odoo import api, models
from odoo.fields import Domain

from ..core import lifecycle
from ..tools import plain_words
from .discuss_channel import OWN_POST

# A notification of the bus to one user: something in a conversation wants their attention.
ATTENTION = "contact_center/attention"
# How much of a note the notification shows, in characters.
PREVIEW_LENGTH = 300


class Conversation(models.Model):
    """Internal notes: what the team tells itself about a conversation.

    A note is a message of subtype `mail.mt_note` in the conversation's channel. What goes out
    (transcripts, exports, tickets, a channel's outbox) is read with `_said_domain`, which holds
    none; `_deliver` refuses one that comes all the same.
    """

    _inherit = "contact_center.conversation"

    def _said_domain(self):
        """Domain on mail.message: what citizen, bot and agents said in these conversations.

        Without internal notes and without Odoo's own notices: what may leave the platform.
        """
        # sudo: contact_center.conversation - the caller may read the conversation
        channels = self.sudo().discuss_channel_id
        return self._said_in(channels.ids)

    @api.model
    def _said_in(self, channel_ids):
        """The same for discussion channels, given by their ids or by a query of them."""
        return (
            Domain("model", "=", "discuss.channel")
            & Domain("res_id", "in", channel_ids)
            & Domain("message_type", "not in", ("notification", "user_notification"))
            & Domain("subtype_id", "=", self.env.ref("mail.mt_comment").id)
            & Domain("is_internal", "=", False)
        )

    def _deliver(self, message, outgoing):
        """Refuse to send an internal note, or a file of one, whoever asks for it."""
        files = [media.attachment_id for media in outgoing.media if media.attachment_id]
        if message._holds_contact_center_note(files):
            raise ValueError("an internal note is never sent to the citizen")
        return super()._deliver(message, outgoing)

    def _note_audience(self):
        """Users who may be mentioned: agent and supervisors; while it waits, the queue's too."""
        self.ensure_one()
        # sudo: contact_center.conversation, res.groups - names of colleagues are no secret
        conversation = self.sudo()
        audience = conversation.env.ref("contact_center.group_supervisor").all_user_ids
        if conversation.state == lifecycle.QUEUED:
            audience |= conversation.queue_id.member_ids
        return (audience | conversation.agent_id).filtered(lambda user: not user.share)

    def _on_note(self, message):
        """A note was written: record it, and tell the agent and whoever is mentioned.

        :param message: the mail.message of the note
        """
        self.ensure_one()
        # sudo: contact_center.conversation - whoever wrote the note was allowed to
        conversation = self.sudo()
        author = message.author_id
        mentioned = message.partner_ids.user_ids.filtered(lambda user: user.partner_id != author)
        agent = conversation.agent_id
        whispered = conversation.state == lifecycle.IN_SERVICE and agent.partner_id != author
        conversation._log("note", to_agent=agent.name if whispered else "")
        text = plain_words(message.body)
        told = {"author": author.name or "", "text": text[:PREVIEW_LENGTH]}
        if whispered:
            conversation._call_attention(agent, "whisper", **told)
        for user in mentioned - agent if whispered else mentioned:
            conversation._call_attention(user, "mention", **told)

    def _call_attention(self, user, kind, **told):
        """Show `user` a notification about this conversation, on every open screen of theirs.

        :param kind: whisper, mention, handed (transferred to them), taken_over or moved_away
            (from them)
        :param told: `author`, who did it, and `text`, what to read
        """
        self.ensure_one()
        # sudo: contact_center.conversation - the receiver serves, served or supervises it
        conversation = self.sudo()
        user._bus_send(
            ATTENTION,
            {
                "kind": kind,
                "conversation_id": conversation.id,
                "channel_id": conversation.discuss_channel_id.id,
                "protocol": conversation.protocol,
                "partner": conversation.partner_id.name or "",
                **told,
            },
        )

    # ------------------------------------------------------------
    # Announcements to agents
    # ------------------------------------------------------------

    def _post_note(self, body):
        """Write an internal note in the current user's name, where the system has something to
        record for the team.

        :param body: plain text
        :return: the mail.message
        """
        self.ensure_one()
        # sudo: discuss.channel - the caller checked the right to do what is recorded
        channel = self.sudo().discuss_channel_id.with_context(contact_center_post=OWN_POST)
        return channel.message_post(
            author_id=self.env.user.partner_id.id,
            body=body,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )

    def _announce_take_over(self, previous, reason):
        """Tell `previous`, who served until now, and leave a note for whoever reads the thread."""
        by = self.env.user.name
        self._post_note(
            self.env._(
                "%(user)s took this conversation over from %(agent)s. Reason: %(reason)s",
                user=by,
                agent=previous.name,
                reason=reason,
            )
        )
        self._call_attention(previous, "taken_over", author=by, text=reason)

    def _announce_transfer(self, previous, user):
        """Tell the agents that somebody else moved their conversation away, or one to them."""
        by = self.env.user
        if previous and previous not in (by, user):
            # sudo: contact_center.conversation - where it went, for who had it
            goes_to = user.name if user else self.sudo().queue_id.name
            self._call_attention(previous, "moved_away", author=by.name, text=goes_to)
        if user and user != by:
            self._call_attention(user, "handed", author=by.name, text="")
