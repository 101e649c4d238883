# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import uuid

from markupsafe import Markup

from odoo import api, fields, models

from ..cloud_api import files, markup, menu_text, payloads, phone, video


class Conversation(models.Model):
    """Conversations over WhatsApp: outgoing messages go into the outbox."""

    _inherit = "contact_center.conversation"

    channel_kind = fields.Selection(
        selection_add=[("whatsapp", "WhatsApp")], ondelete={"whatsapp": "set default"}
    )
    whatsapp_account_id = fields.Many2one(
        "whatsapp.account", string="WhatsApp number", readonly=True, ondelete="restrict"
    )
    whatsapp_identity_id = fields.Many2one(
        "whatsapp.identity", string="WhatsApp identity", readonly=True, ondelete="restrict"
    )

    _whatsapp_open_idx = models.Index(
        "(whatsapp_identity_id, whatsapp_account_id) WHERE state != 'closed'"
    )

    @api.depends("whatsapp_account_id")
    def _compute_number_key(self):
        result = super()._compute_number_key()
        for conversation in self.filtered("whatsapp_account_id"):
            conversation.number_key = f"whatsapp:{conversation.whatsapp_account_id.id}"
        return result

    def _first_company(self):
        """Return the number's company."""
        return self.whatsapp_account_id.company_id or super()._first_company()

    def _window_until(self):
        """Return the end of Meta's service window: 24 hours from the citizen's last message."""
        # sudo: contact_center.conversation, whatsapp.identity - agents may not see identities
        identity = self.sudo().whatsapp_identity_id
        if self.channel_kind != "whatsapp" or not identity:
            return super()._window_until()
        # A citizen who never wrote opened no window: it was over before the conversation began
        return identity._window_until() or self.opened_at

    def _never_wrote(self):
        """Return whether the person of this WhatsApp number never wrote: no window ever opened."""
        # sudo: contact_center.conversation, whatsapp.identity - as in `_window_until`
        identity = self.sudo().whatsapp_identity_id
        if self.channel_kind != "whatsapp" or not identity:
            return super()._never_wrote()
        return not identity.last_inbound_at

    def _answered_elsewhere(self):
        """Note that the city answered from the telephone: nobody has to answer again."""
        # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
        self.sudo().write({"unread_count": 0, "last_outbound_at": fields.Datetime.now()})
        self._bus_refresh()

    def _citizen_address(self):
        """Return the citizen's number; citizens who hide it have a name of their choice."""
        # sudo: contact_center.conversation, whatsapp.identity - as in `_window_until`
        identity = self.sudo().whatsapp_identity_id
        if self.channel_kind != "whatsapp" or not identity:
            return super()._citizen_address()
        number = phone.display(identity.phone or identity.wa_id or "")
        return {"number": number, "username": identity.username or ""}

    def _is_citizen_nameless(self):
        """Return whether the citizen is named only by an id of WhatsApp."""
        # sudo: contact_center.conversation, whatsapp.identity - as in `_window_until`
        identity = self.sudo().whatsapp_identity_id
        return super()._is_citizen_nameless() or bool(identity and identity._is_nameless())

    def _proved_number(self):
        """Return the writing person's number, which WhatsApp itself vouches for."""
        # sudo: contact_center.conversation, whatsapp.identity - as in `_window_until`
        identity = self.sudo().whatsapp_identity_id
        if self.channel_kind != "whatsapp" or not identity:
            return super()._proved_number()
        number = identity.phone or identity.wa_id or ""
        return f"+{number.lstrip('+')}" if number else ""

    def _text_to_html(self, text):
        """Convert *bold*, _italic_ and the other marks to HTML, as the telephone shows them."""
        if self.channel_kind != "whatsapp":
            return super()._text_to_html(text)
        # Safe: `to_html` escapes everything that it does not make itself.
        return Markup(markup.to_html(text))

    def _deliver(self, message, outgoing):
        """Put an outgoing message into the outbox, in this transaction."""
        super()._deliver(message, outgoing)
        # sudo: contact_center.conversation, whatsapp.message - agents may not see the outbox
        conversation = self.sudo()
        if conversation.channel_kind != "whatsapp" or not conversation.whatsapp_identity_id:
            return
        said_by_bot = message.author_id == conversation._bot_partner()
        vals_list = conversation._whatsapp_messages(message, outgoing, said_by_bot)
        conversation.env["whatsapp.message"]._say(vals_list)

    def _whatsapp_messages(self, message, outgoing, said_by_bot):
        """Return the values of the whatsapp.messages for `outgoing`, in order."""
        quoted = outgoing.quoted or self._whatsapp_quoted(message)
        parts = self._whatsapp_contents(message, outgoing, said_by_bot)
        return [
            self._whatsapp_row(
                message,
                **values,
                mergeable=said_by_bot and not quoted,
                quoted_wamid=quoted or False if index == 0 else False,
            )
            for index, values in enumerate(parts)
        ]

    def _whatsapp_row(self, message, payload, **values):
        """Return the values of one whatsapp.message of the outbox for `message` or a part of it."""
        return {
            "account_id": self.whatsapp_account_id.id,
            "identity_id": self.whatsapp_identity_id.id,
            "conversation_id": self.id,
            "mail_message_id": message.id,
            "direction": "out",
            "state": "queued",
            "kind": payload["type"],
            "payload": payload,
            "opaque": uuid.uuid4().hex,
            **values,
        }

    def _whatsapp_contents(self, message, outgoing, said_by_bot):
        """Return `{"payload", "attachment_id"}` for each message that it takes."""
        if outgoing.location:
            place = outgoing.location
            pin = payloads.location(place.latitude, place.longitude, place.name, place.address)
            text = payloads.render(outgoing.text) if outgoing.text else []
            return [{"payload": pin}, *({"payload": content} for content in text)]
        # Agents' formatting in Discuss becomes marks; a flow's texts are written with them
        text = outgoing.text
        if not said_by_bot and not outgoing.options:
            text = markup.from_html(message.body or "") or outgoing.text
        attached = [media for media in outgoing.media if media.attachment_id]
        parts = []
        caption = ""
        if attached and text and not outgoing.options and len(text) <= payloads.CAPTION_MAX:
            caption, text = text, ""
        for media in attached:
            values = self._whatsapp_file(media, caption)
            if caption and "caption" not in values["payload"][values["payload"]["type"]]:
                # Sounds and stickers have no caption: the text goes ahead
                parts.insert(0, {"payload": payloads.text(caption)})
            caption = ""
            parts.append(values)
        if text or outgoing.options or outgoing.header or outgoing.footer:
            contents = self._whatsapp_words(text, outgoing)
            parts.extend({"payload": content} for content in contents)
            if menu_text.is_menu(contents[-1]):
                numbers = enumerate(outgoing.options, 1)
                parts[-1]["labels"] = [option.label or str(number) for number, option in numbers]
        return parts

    def _whatsapp_words(self, text, outgoing):
        """Return the contents that say `text` and offer the options; a menu is never wordless."""
        button = outgoing.list_button
        if outgoing.options and not (text and button):
            env = self._citizen_env()
            text = text or env._("Choose an option:")
            button = button or env._("See options")
        return payloads.render(text, outgoing.options, button, outgoing.header, outgoing.footer)

    def _whatsapp_file(self, media, caption):
        """Return payload and attachment of one file (`contact_center.core.values.Media`)."""
        attachment = self.env["ir.attachment"].browse(media.attachment_id)
        mimetype = files.guess_type(attachment.name or "", attachment.mimetype or media.mimetype)
        verdict = self.env["whatsapp.media"]._judge(mimetype, attachment.file_size)
        kind = verdict.kind
        if media.kind == "voice" and not verdict.error:
            # Recorded here: the job that sends it converts it to WhatsApp's voice format
            kind = "voice"
        filename = media.filename or attachment.name or ""
        payload = payloads.media(kind or "document", "", caption, filename)
        values = {"payload": payload, "attachment_id": attachment.id}
        if verdict.error:
            values.update(state="failed", error_code=verdict.error)
        elif mimetype in video.TYPES and (codec := video.problem(attachment.raw or b"")):
            # Meta would take it, and the citizen could not play it
            values.update(state="failed", error_code="video_codec", error_detail=codec)
        return values

    def _whatsapp_quoted(self, message):
        """Return the WhatsApp id of the message that an agent answers in Discuss, or ""."""
        if not message.parent_id:
            return ""
        return self.env["whatsapp.message"]._said_in(message.parent_id)[:1].wamid or ""
