from markupsafe import Markup

from odoo import models

from odoo.addons.contact_center.core.values import Incoming, Location, Media

from ..cloud_api import markup, messages, phone

_OPTION_TYPES = frozenset({"interactive", "button"})
_NOT_FOR_BOTS = {
    "reaction": "_show_reaction",
    "edit": "_show_edit",
    "revoke": "_show_revoke",
}


class WhatsappEvent(models.Model):
    """What a citizen sent -> `Incoming`, handed to the conversation."""

    _inherit = "whatsapp.event"

    def _process_message(self):
        """A citizen wrote: find who and in which conversation, and let it be received."""
        message = messages.parse_message(self.payload)
        if message.group_id:
            return self.env._("Kept, not served: it was written in a group.")
        if self._is_known(message):
            return self.env._("Nothing was done: this message is known already.")
        if message.type == "system":
            return self._process_system(message)
        identity = self.env["whatsapp.identity"]._of_person(
            self.account_id.portfolio,
            message.bsuid,
            message.wa_id,
            name=message.name,
            username=message.username,
        )
        if not identity:
            return self.env._("Nothing was done: it does not say who wrote.")
        if message.type in _NOT_FOR_BOTS:
            return getattr(self, _NOT_FOR_BOTS[message.type])(identity, message)
        identity._seen(self.at)
        self._learn_own_card(identity, message)
        return self._receive(identity, message)

    def _is_known(self, message):
        """Whether this message was processed before (an event processed again by hand)."""
        return bool(
            message.id
            and self.env["whatsapp.message"].search_count(
                [("account_id", "=", self.account_id.id), ("wamid", "=", message.id)], limit=1
            )
        )

    def _receive(self, identity, message):
        """Hand a message to its conversation; open one when there is none."""
        incoming = self._incoming(message)
        body = self._body(message)
        conversation = self._conversation(identity)
        stored = conversation._receive(incoming, body=body)
        if stored is False:
            # It was waiting for the survey, and this is no answer: it is closed now
            conversation = self._open_conversation(identity)
            stored = conversation._receive(incoming, body=body)
        record = self.env["whatsapp.message"]._record_inbound(
            self.account_id, identity, conversation, stored, message
        )
        if message.quoted and message.type not in _OPTION_TYPES:
            record._show_quoted(message.quoted)
        if message.media:
            record._fetch_media_later()

    def _conversation(self, identity):
        """The open conversation of a person at this number, or a new one."""
        conversation = self._open_conversation_of(identity)
        return conversation or self._open_conversation(identity)

    def _open_conversation_of(self, identity):
        """The conversation that is not closed, or an empty one."""
        return self.env["contact_center.conversation"].search(
            [
                ("whatsapp_identity_id", "=", identity.id),
                ("whatsapp_account_id", "=", self.account_id.id),
                ("state", "!=", "closed"),
            ],
            order="id desc",
            limit=1,
        )

    def _open_conversation(self, identity):
        """Open a conversation with the number's flow and queue."""
        account = self.account_id
        conversation = self.env["contact_center.conversation"]._open(
            identity.partner_id,
            "whatsapp",
            queue=account.queue_id,
            whatsapp_account_id=account.id,
            whatsapp_identity_id=identity.id,
            flow_id=account.flow_id.id,
        )
        conversation._start()
        return conversation

    def _learn_own_card(self, identity, message):
        """Learn the phone that a person shared on our request; other cards say nothing."""
        own = next((card for card in message.cards if card.own and card.phones), None)
        number = own and phone.digits(own.phones[0])
        if number and not identity.wa_id:
            identity._learn("", number)

    # ------------------------------------------------------------
    # Channel-neutral value
    # ------------------------------------------------------------

    def _incoming(self, message):
        """Return what was sent as `contact_center.core.values.Incoming`."""
        kind, more = "unsupported", {}
        if message.type in _OPTION_TYPES and message.option_id:
            kind, more = "option", {"option_id": message.option_id}
        elif message.type in ("text", "order", "interactive", "button"):
            kind = "text"
        elif message.media:
            kind = "media"
            more["media"] = Media(
                kind=message.media.kind,
                filename=message.media.filename,
                mimetype=message.media.mimetype,
                ref=message.media.media_id,
            )
        elif message.place:
            kind, place = "location", message.place
            more["location"] = Location(place.latitude, place.longitude, place.name, place.address)
        elif message.type == "contacts":
            kind = "contacts"
        return Incoming(
            kind=kind,
            text=message.text or self._cards_text(message),
            external_id=message.id,
            at=message.at,
            quoted=message.quoted,
            raw=message.raw,
            **more,
        )

    @staticmethod
    def _cards_text(message):
        """Contact cards as text: one line each."""
        return "\n".join(
            ": ".join(part for part in (card.name, ", ".join(card.phones + card.emails)) if part)
            for card in message.cards
        )

    # ------------------------------------------------------------
    # What people read
    # ------------------------------------------------------------

    def _body(self, message):
        """HTML of what was sent, for Discuss; None where the conversation's own is right."""
        if message.place:
            return None
        if message.media:
            return self.env["whatsapp.message"]._media_body(
                message.media.kind, message.text, self.env._("downloading…")
            )
        if message.type == "contacts":
            lines = markup.to_html(self._cards_text(message))
            return Markup("<p>👤 %s</p>") % Markup(lines)
        if message.type == "order":
            return Markup("<p>🛒 %s</p>") % Markup(markup.to_html(message.text))
        if message.text:
            return Markup("<p>%s</p>") % Markup(markup.to_html(message.text))
        return self._stub(message)

    def _stub(self, message):
        """HTML saying that something came which cannot be shown."""
        if message.error_code == "131052":
            words = self.env._("The citizen sent a file that is too large for WhatsApp.")
        elif message.type == "unsupported":
            words = self.env._(
                "The citizen sent something that WhatsApp does not pass on (%s).",
                message.unsupported,
            )
        else:
            words = self.env._(
                "The citizen sent a message of a type that is not known here (%s).", message.type
            )
        return Markup("<p><em>%s</em></p>") % words

    def _note_in_chat(self, identity, body):
        """Show `body` in the open conversation, if there is one; no bot sees it."""
        conversation = self._open_conversation_of(identity)
        if not conversation:
            return self.env._("Kept: there is no open conversation to show it in.")
        conversation._store_message(identity.partner_id, Markup("<p><em>%s</em></p>") % body)
        return None

    def _show_reaction(self, identity, message):
        """Show a reaction at the message it is about; no emoji takes it away."""
        target = self.env["whatsapp.message"]._of_wamid(self.account_id, message.target)
        if not target.mail_message_id:
            return self.env._("Kept: the message it is about is not known.")
        target._set_reaction(identity.partner_id, message.emoji)
        return None

    def _show_edit(self, identity, message):
        """Show a corrected text; what was said first stays."""
        identity._seen(self.at)
        return self._note_in_chat(
            identity,
            Markup("✏️ %s<br>%s")
            % (
                self.env._("The citizen corrected a message:"),
                Markup(markup.to_html(message.text)),
            ),
        )

    def _show_revoke(self, identity, message):
        """Say that a message was deleted at the citizen's side; here it stays."""
        return self._note_in_chat(identity, self.env._("🗑 The citizen deleted a message."))
