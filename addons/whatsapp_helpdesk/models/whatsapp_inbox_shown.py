# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import models

from ..cloud_api import errors, markup
from ..cloud_api.errors import TOO_LARGE
from ..cloud_api.messages import MEDIA_TYPES
from .shown_above import ABOVE

_KNOWN_TYPES = frozenset(
    {"text", "location", "contacts", "order", "interactive", "button", *MEDIA_TYPES}
)
# As many contact cards of one message are shown; Meta allows 257
CARDS_SHOWN = 20


class WhatsappEvent(models.Model):
    """How every type of message reads in Discuss: safe HTML that fetches nothing."""

    _inherit = "whatsapp.event"

    def _body(self, conversation, message, incoming):
        """Return the HTML (Markup) of a message.

        :param message: `cloud_api.messages.Message`
        :param incoming: the same as `Incoming`
        """
        return self._lead(message) + self._content_body(conversation, message, incoming)

    def _lead(self, message):
        """Return where the citizen came from: an advertisement, or a product of the catalogue."""
        parts = Markup()
        if message.summary:
            parts += self._with_summary(Markup(), message.summary)
        if referral := message.referral:
            lines = [self.env._("The citizen came from an advertisement or post:")]
            lines += [line for line in (referral.headline, referral.body) if line]
            text = Markup("<br>").join(lines)
            if referral.url:
                link = Markup('<br><a href="%s" target="_blank" rel="noreferrer">%s</a>')
                text += link % (referral.url, self.env._("Open"))
            parts += ABOVE % (Markup("📣 %s") % text)
        if message.product:
            words = self.env._("About the product %s of the catalogue:", message.product)
            parts += ABOVE % (Markup("🛒 %s") % words)
        return parts

    def _with_summary(self, words, summary):
        """Return the HTML of `words` with Meta's summary of the talk before."""
        if not summary:
            return words
        title = self.env._("Summary of earlier messages, made by Meta's machine:")
        return ABOVE % (Markup("🧾 %s<br>%s") % (title, summary)) + words

    def _content_body(self, conversation, message, incoming):
        """Return the HTML of the content, by type, and of an error if that tells more."""
        content = self._readable_body(conversation, message, incoming)
        if not content:
            return self._stub(message)
        if message.type in _KNOWN_TYPES and not message.error_code:
            return content
        # Meta's words about it, and the parts that can be read all the same
        return self._stub(message) + content

    def _readable_body(self, conversation, message, incoming):
        """Return the HTML of a message's readable parts; empty when there are none."""
        if message.error_code == TOO_LARGE:
            # There is no file to wait for
            return (
                Markup("<p>%s</p>") % Markup(markup.to_html(message.text)) if message.text else ""
            )
        if message.place:
            return conversation._incoming_body(incoming)
        if message.media and message.media.media_id:
            return self.env["whatsapp.message"]._media_body(
                message.media.kind, message.text, self.env._("downloading…")
            )
        if message.cards:
            return self._cards_body(message)
        if message.type == "order":
            words = self.env._("Order from the catalogue:")
            return Markup("<p>🛒 <em>%s</em><br>%s</p>") % (
                words,
                Markup(markup.to_html(message.text)),
            )
        if message.call_permission:
            return Markup("<p>📞 <em>%s</em></p>") % self._call_words(message.call_permission)
        if message.text:
            return Markup("<p>%s</p>") % Markup(markup.to_html(message.text))
        return Markup()

    def _cards_body(self, message):
        """Return contact cards as HTML, each with its numbers and addresses."""
        parts = Markup()
        for card in message.cards[:CARDS_SHOWN]:
            details = list(card.details())
            if card.birthday:
                details.append(self.env._("Birthday: %s", card.birthday))
            lines = Markup("<br>").join(details)
            parts += Markup("<p>👤 <strong>%s</strong>%s%s%s</p>") % (
                card.name or self.env._("Without a name"),
                Markup(" <em>%s</em>") % self.env._("(the citizen's own number)")
                if card.own
                else "",
                Markup("<br>") if lines else "",
                lines,
            )
        if len(message.cards) > CARDS_SHOWN:
            more = len(message.cards) - CARDS_SHOWN
            parts += Markup("<p><em>%s</em></p>") % self.env._("and %s more contacts", more)
        return parts

    @staticmethod
    def _cards_text(message):
        """Return contact cards as text: one line each."""
        return "\n".join(
            ": ".join(part for part in (card.name, ", ".join(card.details())) if part)
            for card in message.cards
        )

    def _call_words(self, answer):
        """Return the answer to the question whether the city may call."""
        if answer == "accept":
            return self.env._("The citizen agreed to be called on WhatsApp.")
        return self.env._("The citizen does not want to be called on WhatsApp.")

    # ------------------------------------------------------------
    # Content that cannot be shown
    # ------------------------------------------------------------

    def _stub(self, message):
        """Return the HTML for content that cannot be shown; the event keeps the original."""
        kind = self._unsupported_words().get(message.unsupported, message.unsupported)
        kind = kind or self._unsupported_words().get(message.type, message.type)
        if message.error_code == TOO_LARGE:
            words = self.env._("The citizen sent a file that is too large for WhatsApp.")
        elif message.error_code == "131060":
            words = self.env._(
                "A message that WhatsApp does not make available here: it is on the city's "
                "telephone."
            )
        elif message.type == "request_welcome":
            words = self.env._("The citizen opened the conversation.")
        elif message.type == "media_placeholder":
            words = self.env._("A file that is not available here.")
        elif message.error_code and message.type in _KNOWN_TYPES:
            reason = errors.info(message.error_code).reason
            words = self.env._("WhatsApp says of this message: %s", self.env._(reason))
        elif message.ours:
            words = self.env._("Sent elsewhere, of a kind that cannot be shown here: %s.", kind)
        elif message.type in ("unsupported", "unknown", "ephemeral"):
            words = self.env._(
                "The citizen sent something that WhatsApp does not pass on: %s.",
                kind,
            )
        elif message.type in _KNOWN_TYPES:
            words = self.env._("The citizen sent a message without readable content.")
        else:
            words = self.env._(
                "The citizen sent a message of a type that is not known here (%s).", kind
            )
        return Markup("<p><em>%s</em></p>") % words

    def _unsupported_words(self):
        """Return the readable names of kinds of content that WhatsApp only names."""
        _ = self.env._
        return {
            "ephemeral": _("a message that disappears"),
            "event": _("an event"),
            "edit": _("a correction of an earlier message"),
            "gif": _("a moving picture (GIF)"),
            "group_invite": _("an invitation to a group"),
            "image": _("a picture of a kind not supported"),
            "interactive": _("a message with buttons"),
            "keep_in_chat": _("a note to keep a message"),
            "link_preview": _("a link with preview"),
            "list": _("a list"),
            "location": _("a live location"),
            "media_placeholder": _("a file that is not available"),
            "order": _("an order"),
            "pin": _("a pinned message"),
            "poll": _("a poll"),
            "poll_creation": _("a poll"),
            "poll_update": _("a vote in a poll"),
            "product": _("a product of a catalogue"),
            "reaction": _("a reaction"),
            "unknown": _("unknown content"),
            "view_once": _("a picture or video to be seen once"),
        }
