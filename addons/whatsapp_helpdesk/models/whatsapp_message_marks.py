# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import fields, models

from odoo.addons.contact_center.tools import plain_words

from ..cloud_api import markup
from .shown_above import ABOVE
from .whatsapp_inbox_shown import CARDS_SHOWN

# Longest name, number or address of a card that a button carries
_CARD_TEXT = 120


class WhatsappMessage(models.Model):
    """Marks on a message, and the message that it answers."""

    _inherit = "whatsapp.message"

    # See `mail.message._contact_center_marks`
    marks = fields.Json(readonly=True)

    def _marks_of(self, message):
        """Return the marks that a message (`cloud_api.messages.Message`) comes with, or None."""
        marks = {}
        if message.often_forwarded:
            marks["often_forwarded"] = True
        elif message.forwarded:
            marks["forwarded"] = True
        cards = [
            {
                "name": (card.name or (card.phones or card.emails or ("",))[0])[:_CARD_TEXT],
                "phones": [phone[:_CARD_TEXT] for phone in card.phones[:5]],
                "emails": [email[:_CARD_TEXT] for email in card.emails[:5]],
                "organization": card.organization[:_CARD_TEXT],
            }
            for card in message.cards[:CARDS_SHOWN]
            if not card.own and (card.phones or card.emails)
        ]
        if cards:
            marks["cards"] = cards
        return marks or None

    def _mark(self, **marks):
        """Add marks to this message and show them on open screens."""
        self.ensure_one()
        self.marks = {**(self.marks or {}), **marks}
        if self.conversation_id.state in ("queued", "in_service"):
            self.mail_message_id._notify_marks()

    def _correct(self, text, at, change):
        """Show `text` in place of this message's text, which is kept.

        :param at: when (naive UTC)
        :param change: id of the correction at WhatsApp; the same one is applied once
        """
        self.ensure_one()
        edited = (self.marks or {}).get("edited", [])
        if any(revision["change"] == change for revision in edited):
            return
        # sudo: mail.message - written by the system for the citizen
        earlier = plain_words(self.mail_message_id.sudo().body)
        at = fields.Datetime.to_string(at or fields.Datetime.now())
        if self.media_state:
            self.payload = {**(self.payload or {}), "caption": text}
            words = {
                "pending": self.env._("downloading…"),
                "held": self.env._("Too many files in a short time: this one was not fetched."),
                "failed": self.env._("The file could not be fetched: %s", self.error_reason or ""),
            }.get(self.media_state, "")
            body = self._media_body((self.payload or {}).get("kind"), text, words)
        else:
            body = Markup("<p>%s</p>") % Markup(markup.to_html(text))
        self._rewrite(body)
        self._mark(edited=[*edited, {"at": at, "text": earlier, "change": change}])

    # ------------------------------------------------------------
    # Quotes
    # ------------------------------------------------------------

    def _show_quoted(self, wamid):
        """Show in Discuss which message this one answers."""
        quoted = self._of_wamid(self.account_id, wamid)
        if not self.mail_message_id:
            return
        if quoted.identity_id != self.identity_id:
            quoted = quoted.browse()
        self._quote(self.conversation_id, self.mail_message_id, quoted.mail_message_id)

    def _quote(self, conversation, message, quoted):
        """Let `message` quote `quoted` (mail.message records; `quoted` may be empty).

        A message of another conversation is quoted by its words: its own conversation may be
        closed to readers of this one.
        """
        # sudo: mail.message - written by the system for the citizen
        message, quoted = message.sudo(), quoted.sudo()
        same = (quoted.model, quoted.res_id) == (message.model, message.res_id)
        if quoted and same:
            message.parent_id = quoted
        else:
            words = plain_words(quoted.body)[:300]
            words = words or self.env._("Answers a message that is not here.")
            message.body = ABOVE % words + message.body
        if conversation.state in ("queued", "in_service"):
            message._show_again()
