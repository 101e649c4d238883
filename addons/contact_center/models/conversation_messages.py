# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

from markupsafe import Markup, escape

from odoo import fields, models
from odoo.tools import html2plaintext, plaintext2html

from ..core import caps, lifecycle
from ..core.structured_log import note_in_log
from ..core.values import Media, Outgoing


class Conversation(models.Model):
    """Stores messages in both directions, and passes them on."""

    _inherit = "contact_center.conversation"

    # ------------------------------------------------------------
    # From the citizen
    # ------------------------------------------------------------

    def _receive(self, incoming, body=None, attachments=None):
        """Store a citizen's message and pass it to the bot or the agent.

        A channel asks `_for_message` first whether this conversation is still the right one.

        :param incoming: `core.values.Incoming`
        :param body: HTML (Markup) to show instead of that made from `incoming`
        :param attachments: ir.attachment records of its files
        :return: the mail.message
        :raise ValueError: the conversation is closed, or is waiting for a survey answer
        """
        self.ensure_one()
        note_in_log(conversation=self.id)
        if self.state == lifecycle.CLOSED:
            raise ValueError(f"conversation {self.protocol} is closed")
        if self.state == lifecycle.SURVEY:
            message = self._receive_survey_answer(incoming, body=body, attachments=attachments)
        else:
            message = self._take_in(incoming, body, attachments)
        self._on_received(incoming, message)
        return message

    def _on_received(self, incoming, message):
        """Send additions to the answer to a citizen's message (hook).

        Called once for each stored message, after it was passed to the bot or to people: by now the
        conversation may be in survey or closed.
        """

    def _take_in(self, incoming, body, attachments):
        """Store a message of an open conversation, pass it on, and return it."""
        people = self.state in lifecycle.STATES_WITH_PEOPLE
        message = self._store_message(
            self.partner_id,
            self._incoming_body(incoming) if body is None else body,
            attachments,
        )
        vals = {"last_inbound_at": fields.Datetime.now()}
        if people:
            vals["unread_count"] = self.unread_count + 1
        # sudo: contact_center.conversation - internal bookkeeping, not writable by users
        self.sudo().write(vals)
        if self._follow_wish(incoming):
            if people:
                self._bus_refresh(message)
        elif people:
            self._bus_refresh(message)
            if self.state == lifecycle.QUEUED:
                self._tell_closed()
        elif self._over_cap(caps.MESSAGES, incoming.at):
            # Stored and shown as usual; only the bot does not process it
            return message
        elif self._may_be_served(incoming, message):
            self._serve_without_people(incoming, message)
        return message

    def _over_cap(self, kind, at=None):
        """Count one request that causes work; return whether it is over the cap (hook).

        Its kind is one of `core.caps.KINDS`.

        A channel with caps answers the first request over the cap and records it.

        :param at: aware time of the request, now by default
        :return: whether the cap is exceeded: the caller stores the message and skips the work
        """
        return False

    def _may_be_served(self, incoming, message):
        """Return whether this message may be served without people (hook).

        The one place where an addon can stop a message before the bot sees it, for instance until
        the citizen has consented. Such an addon acts instead, with `_say` or `_hand_over`, and
        later resumes service with `_serve_without_people`.

        :param incoming: `core.values.Incoming`, already stored
        :param message: the mail.message
        """
        return True

    def _serve_without_people(self, incoming, message):
        """Let the bot answer, or hand over to people if there is none."""
        if self._has_bot():
            self._on_bot_incoming(replace(incoming, message_id=message.id))
        else:
            self._automatic("welcome")
            self._hand_over(reason="no_bot")

    def _incoming_body(self, incoming):
        """Return the HTML of a citizen's message, as people read it in Discuss."""
        if incoming.kind == "location" and incoming.location:
            return self._location_body(incoming.location)
        if incoming.text:
            return self._text_to_html(incoming.text)
        if incoming.kind == "unsupported":
            return Markup("<p><em>%s</em></p>") % self.env._(
                "The citizen sent something that this channel cannot show."
            )
        if incoming.kind == "contacts":
            return Markup("<p><em>%s</em></p>") % self.env._("The citizen shared a contact.")
        return Markup()

    def _location_body(self, location):
        """Return the HTML of a location: its name and a link to the map."""
        label = location.name or location.address or self.env._("Location")
        url = (
            f"https://www.openstreetmap.org/?mlat={location.latitude}&mlon={location.longitude}"
            f"#map=18/{location.latitude}/{location.longitude}"
        )
        address = location.address if location.address != label else ""
        return Markup('<p>📍 <a href="%s" target="_blank">%s</a>%s</p>') % (
            url,
            label,
            Markup("<br/>%s") % address if address else "",
        )

    # ------------------------------------------------------------
    # To the citizen
    # ------------------------------------------------------------

    def _say(self, outgoing, author=None):
        """Send something to the citizen: store it and deliver it.

        :param outgoing: `core.values.Outgoing`
        :param author: res.partner who sends it, by default the contact center's bot
        :return: the mail.message
        """
        self.ensure_one()
        outgoing = self._with_what_goes_along(outgoing)
        if author is None:
            author = self._bot_partner()
        attachment_ids = [media.attachment_id for media in outgoing.media if media.attachment_id]
        message = self._store_message(
            author,
            self._outgoing_body(outgoing),
            self.env["ir.attachment"].browse(attachment_ids),
        )
        # sudo: contact_center.conversation - internal bookkeeping, not writable by users
        self.sudo().last_outbound_at = fields.Datetime.now()
        self._deliver(message, outgoing)
        self._was_said(message, outgoing)
        return message

    def _with_what_goes_along(self, outgoing):
        """Return the answer with what has to go along with it (hook).

        The one place where an addon can extend the system's messages, for instance with a notice
        that is due. `_was_said` confirms that this was done.

        :param outgoing: `core.values.Outgoing`
        :return: the `Outgoing` to send in its place
        """
        return outgoing

    def _was_said(self, message, outgoing):
        """Follow an answer of `_with_what_goes_along` that was sent as a message (hook)."""

    def _deliver(self, message, outgoing):
        """Send `outgoing`, stored as `message`, over the conversation's channel (hook).

        A channel calls this before it sends anything.

        :raise ValueError: `message` is an internal note
        """
        self._check_is_no_note(message, outgoing)

    def _bot_partner(self):
        """Return the partner in whose name the system speaks.

        Read from the cache of external ids.
        """
        return self.env["res.partner"].browse(
            self.env["ir.model.data"]._xmlid_to_res_id("contact_center.partner_bot")
        )

    def _text_to_html(self, text):
        """Return safe HTML (Markup) of a text as people read it (hook).

        A channel knows its own markup.
        """
        return plaintext2html(text)

    def _outgoing_body(self, outgoing):
        """Return the HTML of an outgoing message, with the options as a list."""
        parts = []
        if outgoing.location:
            parts.append(self._location_body(outgoing.location))
        if outgoing.header:
            parts.append(Markup("<p><strong>%s</strong></p>") % outgoing.header)
        if outgoing.text:
            parts.append(self._text_to_html(outgoing.text))
        if outgoing.options:
            items = Markup().join(
                Markup("<li>%s%s</li>")
                % (
                    option.title,
                    Markup("<br/><small>%s</small>") % option.description
                    if option.description
                    else "",
                )
                for option in outgoing.options
            )
            parts.append(Markup("<ul>%s</ul>") % items)
        if outgoing.footer:
            parts.append(Markup("<p><small>%s</small></p>") % outgoing.footer)
        return Markup().join(parts)

    def _agent_body(self, body):
        """Return an agent's text as it is stored and shown in Discuss (hook).

        Markup or str.
        """
        return body

    def _on_agent_message(self, message):
        """Deliver an agent's Discuss message to the citizen.

        :param message: the mail.message, from whose body and attachments the `Outgoing` is made
        """
        self.ensure_one()
        now = fields.Datetime.now()
        vals = {"unread_count": 0, "last_outbound_at": now}
        # sudo: contact_center.conversation - internal bookkeeping, not writable by users
        conversation = self.sudo()
        is_first = conversation.state == lifecycle.IN_SERVICE and not conversation.replied_at
        conversation.write({**vals, "replied_at": now} if is_first else vals)
        conversation._end_hold()
        self._deliver(message, self._outgoing_from_message(message))
        if is_first:
            self._log("first_reply")
        self._bus_refresh(message)

    # ------------------------------------------------------------
    # Storage
    # ------------------------------------------------------------

    def _store_message(self, author, body, attachments=None):
        """Store a message in the Discuss channel.

        While nobody is watching (bot, survey) a plain mail.message is written, at a fraction of the
        cost of `message_post`, whose notifications nobody would receive. Once people are involved
        it is posted, so that it appears on their screens at once.
        """
        channel = self.discuss_channel_id
        attachment_ids = []
        if attachments:
            # sudo: ir.attachment - a message's file belongs to the channel, not to a user
            attachments.sudo().write({"res_model": "discuss.channel", "res_id": channel.id})
            attachment_ids = attachments.ids
        if self.state in lifecycle.STATES_WITH_PEOPLE:
            # sudo: discuss.channel - citizen and bot have no user, the system posts for them
            return (
                channel.sudo()
                ._post_by_system(
                    author_id=author.id,
                    email_from=False,
                    body=body if isinstance(body, Markup) else escape(body or ""),
                    message_type="comment",
                    subtype_xmlid="mail.mt_comment",
                    attachment_ids=attachment_ids,
                )
                .with_env(self.env)
            )
        vals = {
            "model": "discuss.channel",
            "res_id": channel.id,
            "author_id": author.id,
            # Set explicitly, so that Odoo does not compute them: no mail is sent from here.
            "email_from": False,
            "reply_to": False,
            "body": body,
            "message_type": "comment",
            "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment"),
        }
        # sudo: mail.message - as above
        messages = self.env["mail.message"].sudo()
        if attachment_ids:
            message = messages.create({**vals, "attachment_ids": [(6, 0, attachment_ids)]})
        else:
            message = messages._insert_unwatched(vals)
        return message.with_env(self.env)

    def _attach(self, message, attachments):
        """Add late files to a stored message, and show them on open screens."""
        self.ensure_one()
        # sudo: ir.attachment, mail.message - written by the system for the citizen
        attachments.sudo().write(
            {"res_model": "discuss.channel", "res_id": self.discuss_channel_id.id}
        )
        message.sudo().write({"attachment_ids": [(4, attachment.id) for attachment in attachments]})
        if self.state in lifecycle.STATES_WITH_PEOPLE:
            message._show_again()

    def _outgoing_from_message(self, message):
        """Return the `Outgoing` for `message` (an agent's mail.message)."""
        # sudo: ir.attachment - the files of a message that the agent just posted
        media = tuple(
            Media(
                kind=self._media_kind(attachment),
                attachment_id=attachment.id,
                filename=attachment.name or "",
                mimetype=attachment.mimetype or "",
            )
            for attachment in message.sudo().attachment_ids.sorted("id")
        )
        text = html2plaintext(message.body or "", include_references=False).strip()
        return Outgoing(text=text, media=media)

    def _media_kind(self, attachment):
        """Return the kind of `core.values.Media` of an ir.attachment, by its MIME type."""
        # sudo: discuss.voice.metadata - tells a recorded voice message from an audio file
        if attachment.sudo().voice_ids:
            return "voice"
        kind = (attachment.mimetype or "").partition("/")[0]
        return kind if kind in ("image", "video", "audio") else "document"
