# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Domain

from ..core import lifecycle
from ..tools import plain_words

# A bus notification to one user: something in a conversation needs their attention.
ATTENTION = "contact_center/attention"
# The number of a note's characters that the notification shows.
PREVIEW_LENGTH = 300


class Conversation(models.Model):
    """Internal notes: the team's remarks about a conversation.

    A note is a message of subtype `mail.mt_note` in the conversation's channel. Everything that
    goes out (transcripts, exports, tickets, a channel's outbox) is read with `_said_domain`, which
    excludes notes; `_deliver` refuses any that still gets there.
    """

    _inherit = "contact_center.conversation"

    def _said_domain(self):
        """Return the domain of mail.message for what citizen, bot and agents said here.

        It excludes internal notes and Odoo's own notices: this is what may leave the platform.
        """
        # sudo: contact_center.conversation - the caller may read the conversation
        channels = self.sudo().discuss_channel_id
        return self._said_in(channels.ids)

    def _spoken_messages(self):
        """Return the mail.messages between citizen, bot and agents, oldest first.

        :raise AccessError: the user may not read this conversation
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: mail.message - the messages of a conversation that the user may read; authors and
        # files of colleagues included
        return self.env["mail.message"].sudo().search(self._said_domain(), order="id")

    @api.model
    def _said_in(self, channel_ids):
        """Return the same for Discuss channels, given by ids or by a query."""
        return (
            Domain("model", "=", "discuss.channel")
            & Domain("res_id", "in", channel_ids)
            & Domain("message_type", "not in", ("notification", "user_notification"))
            & Domain("subtype_id", "=", self.env.ref("mail.mt_comment").id)
            & Domain("is_internal", "=", False)
        )

    def _check_is_no_note(self, message, outgoing):
        """Refuse to send an internal note, or a note's file, to anybody.

        :raise ValueError: it is one
        """
        files = [media.attachment_id for media in outgoing.media if media.attachment_id]
        if message._holds_contact_center_note(files):
            raise ValueError("an internal note is never sent to the citizen")

    def _note_audience(self):
        """Return the users who may be mentioned: agent, supervisors, and the queue's.

        The queue's while it waits.

        These are the people who can read the note, except the user and the system user.
        """
        self.ensure_one()
        # sudo: contact_center.conversation, res.groups - names of colleagues are no secret
        conversation = self.sudo()
        audience = conversation.env.ref("contact_center.group_supervisor").all_user_ids
        if conversation.state == lifecycle.QUEUED:
            audience |= conversation.queue_id.member_ids
        audience |= conversation.agent_id
        audience -= self.env.user | conversation.env.ref("base.user_root")
        return audience.filtered(lambda user: user.active and not user.share)

    def _on_note(self, message):
        """Record a new note, and notify the agent and mentioned colleagues.

        :param message: the mail.message of the note
        """
        self.ensure_one()
        # sudo: contact_center.conversation - the note's author had the right
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
            (from them), joined (by somebody who answers beside them)
        :param told: `author`, who did it, and `text`, what to read
        """
        self.ensure_one()
        # sudo: contact_center.conversation - the recipient serves, served or supervises it
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
        """Write an internal note in the current user's name, to record something for the team.

        :param body: plain text, or Markup
        :return: the mail.message
        """
        self.ensure_one()
        # sudo: discuss.channel - the caller checked the right to do what is recorded
        return self.sudo().discuss_channel_id._post_by_system(
            author_id=self.env.user.partner_id.id,
            body=body,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )

    def _announce_take_over(self, previous, reason):
        """Notify `previous`, the agent until now, and leave a note in the thread."""
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

    def _announce_transfer(self, previous, user, note=""):
        """Notify agents when somebody else moved their conversation away, or one to them.

        :param note: the text written for the next agent
        """
        by = self.env.user
        if previous and previous not in (by, user):
            # sudo: contact_center.conversation - its new place, for the previous agent
            goes_to = user.name if user else self.sudo().queue_id.name
            self._call_attention(previous, "moved_away", author=by.name, text=goes_to)
        if user and user != by:
            text = (note or "").strip()[:PREVIEW_LENGTH]
            self._call_attention(user, "handed", author=by.name, text=text)
