from markupsafe import Markup, escape

from odoo import fields, models
from odoo.tools import html2plaintext, plaintext2html

from ..core import caps, lifecycle
from ..core.values import Media, Outgoing
from .discuss_channel import OWN_POST


class Conversation(models.Model):
    """Storing what is said on both sides, and handing it on."""

    _inherit = "contact_center.conversation"

    # ------------------------------------------------------------
    # From the citizen
    # ------------------------------------------------------------

    def _receive(self, incoming, body=None, attachments=None):
        """Store a message of the citizen and hand it to whoever serves.

        :param incoming: `core.values.Incoming`
        :param body: HTML (Markup) to show instead of the one made from `incoming`
        :param attachments: ir.attachment records of its files
        :return: the mail.message, or False when the conversation was waiting for the survey and
            this is no answer to it: it is closed then, and the caller opens a new one
        :raise ValueError: the conversation is closed
        """
        self.ensure_one()
        if self.state == lifecycle.CLOSED:
            raise ValueError(f"conversation {self.protocol} is closed")
        if self.state == lifecycle.SURVEY:
            return self._receive_survey_answer(incoming, body=body, attachments=attachments)
        people = self.state in lifecycle.STATES_WITH_PEOPLE
        message = self._store_message(
            self.partner_id,
            self._incoming_body(incoming) if body is None else body,
            attachments,
        )
        vals = {"last_inbound_at": fields.Datetime.now()}
        if people:
            vals["unread_count"] = self.unread_count + 1
        # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
        self.sudo().write(vals)
        if self._follow_wish(incoming):
            if people:
                self._bus_refresh(message)
        elif people:
            self._bus_refresh(message)
            if self.state == lifecycle.QUEUED:
                self._tell_closed()
        elif self._over_cap(caps.MESSAGES, incoming.at):
            # Kept and shown, as everything; only the bot does not work on it
            return message
        elif self._privacy_admits(incoming, message):
            self._serve_without_people(incoming, message)
        return message

    def _over_cap(self, kind, at=None):
        """Hook: count one thing that the citizen asks of the machine (`core.caps.KINDS`).

        A channel that has caps answers the first one too many and records it.

        :param at: aware time at which it was asked for, now by default
        :return: whether it is one too many: the caller keeps what came and does no work for it
        """
        return False

    def _serve_without_people(self, incoming, message):
        """Let the bot answer, or call people when there is none."""
        if self._has_bot():
            self.with_context(contact_center_message_id=message.id)._on_bot_incoming(incoming)
        else:
            self._automatic("welcome")
            self._hand_over(reason="no_bot")

    def _incoming_body(self, incoming):
        """HTML of what the citizen sent, as people read it in Discuss."""
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
        """HTML of a place: its name and a link to the map."""
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
        """Say something to the citizen: store it and deliver it.

        :param outgoing: `core.values.Outgoing`
        :param author: res.partner who says it, the contact centre's bot by default
        :return: the mail.message
        """
        self.ensure_one()
        if author is None:
            author = self._bot_partner()
        attachment_ids = [media.attachment_id for media in outgoing.media if media.attachment_id]
        message = self._store_message(
            author,
            self._outgoing_body(outgoing),
            self.env["ir.attachment"].browse(attachment_ids),
        )
        # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
        self.sudo().last_outbound_at = fields.Datetime.now()
        self._deliver(message, outgoing)
        return message

    def _deliver(self, message, outgoing):
        """Hook: send `outgoing`, stored as `message`, over the conversation's channel."""

    def _bot_partner(self):
        """The partner in whose name the system speaks (read from the cache of external ids)."""
        return self.env["res.partner"].browse(
            self.env["ir.model.data"]._xmlid_to_res_id("contact_center.partner_bot")
        )

    def _text_to_html(self, text):
        """Hook: safe HTML (Markup) of a text as people read it; a channel knows its own marks."""
        return plaintext2html(text)

    def _outgoing_body(self, outgoing):
        """HTML of what is said, with the options as a list."""
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
        """Hook: what an agent wrote (Markup, or text), as it is kept and shown in Discuss."""
        return body

    def _on_agent_message(self, message):
        """An agent wrote in Discuss: deliver it to the citizen.

        :param message: the mail.message, from whose body and attachments the `Outgoing` is made
        """
        self.ensure_one()
        # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
        self.sudo().write({"unread_count": 0, "last_outbound_at": fields.Datetime.now()})
        self._deliver(message, self._outgoing_from_message(message))
        self._bus_refresh(message)

    # ------------------------------------------------------------
    # Storage
    # ------------------------------------------------------------

    def _store_message(self, author, body, attachments=None):
        """Keep a message in the discussion channel.

        While nobody watches (bot, survey) a bare mail.message is written: a third of the cost of
        `message_post`, whose notifications nobody would receive. With people it is posted, so
        that it appears on their screens at once.
        """
        channel = self.discuss_channel_id
        attachment_ids = []
        if attachments:
            # sudo: ir.attachment - a file of a message belongs to the channel, whoever stored it
            attachments.sudo().write({"res_model": "discuss.channel", "res_id": channel.id})
            attachment_ids = attachments.ids
        if self.state in lifecycle.STATES_WITH_PEOPLE:
            # sudo: discuss.channel - citizen and bot have no user, the system posts for them
            return (
                channel.sudo()
                .with_context(contact_center_post=OWN_POST)
                .message_post(
                    author_id=author.id,
                    email_from=False,
                    body=body if isinstance(body, Markup) else escape(body or ""),
                    message_type="comment",
                    subtype_xmlid="mail.mt_comment",
                    attachment_ids=attachment_ids,
                )
                .with_env(self.env)
            )
        # sudo: mail.message - as above
        return (
            self.env["mail.message"]
            .sudo()
            .create(
                {
                    "model": "discuss.channel",
                    "res_id": channel.id,
                    "author_id": author.id,
                    # Given, so that Odoo does not work them out: no mail leaves from here.
                    "email_from": False,
                    "reply_to": False,
                    "body": body,
                    "message_type": "comment",
                    "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment"),
                    "attachment_ids": [(6, 0, attachment_ids)] if attachment_ids else [],
                }
            )
            .with_env(self.env)
        )

    def _attach(self, message, attachments):
        """Add files that arrived later to a stored message, and show them to who watches."""
        self.ensure_one()
        # sudo: ir.attachment, mail.message - written by the system for the citizen
        attachments.sudo().write(
            {"res_model": "discuss.channel", "res_id": self.discuss_channel_id.id}
        )
        message.sudo().write({"attachment_ids": [(4, attachment.id) for attachment in attachments]})
        if self.state in lifecycle.STATES_WITH_PEOPLE:
            message._show_again()

    def _outgoing_from_message(self, message):
        """The `Outgoing` that says what `message` (a mail.message of an agent) says."""
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
        """Kind of `core.values.Media` of an ir.attachment, by its MIME type."""
        # sudo: discuss.voice.metadata - tells a recorded voice message from an audio file
        if attachment.sudo().voice_ids:
            return "voice"
        kind = (attachment.mimetype or "").partition("/")[0]
        return kind if kind in ("image", "video", "audio") else "document"
