# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import fields, models

from ..cloud_api import markup

# Types that change an existing message; no bot hears of them
CHANGES = {
    "reaction": "_change_reaction",
    "edit": "_change_text",
    "revoke": "_change_revoke",
}


class WhatsappEvent(models.Model):
    """Reactions, corrections and deletions: shown at the message that they are about.

    Each side changes only its own messages, and only in this person's conversation.
    """

    _inherit = "whatsapp.event"

    def _process_change(self, identity, message, direction):
        """Apply one of `CHANGES`.

        :param message: `cloud_api.messages.Message`
        :param direction: "in": the citizen did it; "out": somebody at the city's telephone
        :return: a note for people, or None
        """
        target = self.env["whatsapp.message"]._of_wamid(self.account_id, message.target)
        if target.identity_id != identity:
            target = target.browse()
        return getattr(self, CHANGES[message.type])(identity, message, direction, target)

    def _author(self, identity, direction):
        """Return the author in whose name a change is shown."""
        if direction == "in":
            return identity.partner_id
        return self.env["whatsapp.message"]._phone_app()

    def _change_reaction(self, identity, message, direction, target):
        """Show a reaction at the message it is about; no emoji takes it away."""
        if not target.mail_message_id:
            return self.env._("Kept: the message it is about is not known.")
        target._set_reaction(self._author(identity, direction), message.emoji)
        if direction == "in" and target.direction == "out" and target.conversation_id:
            # also one that has ended: an agent who asked something there must see the answer
            target.conversation_id._receive_reaction(target.mail_message_id, message.emoji)
        return None

    def _change_text(self, identity, message, direction, target):
        """Show the new text in place of the old one, which can still be looked up."""
        if direction == "in":
            identity._seen(self.at)
        if target.kept_body and target.direction == direction:
            target._replace_body(Markup("<p>%s</p>") % Markup(markup.to_html(message.text)))
            return None
        known = target.mail_message_id and target.direction == direction
        author = self._author(identity, direction)
        if not known or not message.text:
            words = self.env._("Corrected a message that is not here:")
            text = Markup(markup.to_html(message.text))
            return self._note_in_chat(identity, Markup("✏️ %s<br>%s") % (words, text), author)
        target._correct(message.text, at=self.at, change=message.id)
        return self._remark(identity, target, self.env._("✏️ Corrected this message."), author)

    def _change_revoke(self, identity, message, direction, target):
        """Mark a message as deleted at its author's side; here it stays."""
        author = self._author(identity, direction)
        at = fields.Datetime.to_string(self.at or fields.Datetime.now())
        by = "citizen" if direction == "in" else "us"
        if target.kept_body and target.direction == direction:
            target._mark(revoked_at=at, revoked_by=by)
            return None
        if not target.mail_message_id or target.direction != direction:
            words = self.env._("🗑 Deleted a message that is not here.")
            return self._note_in_chat(identity, words, author)
        target._mark(revoked_at=at, revoked_by=by)
        return self._remark(identity, target, self.env._("🗑 Deleted this message."), author)

    # ------------------------------------------------------------
    # Beside the mark
    # ------------------------------------------------------------

    def _remark(self, identity, target, words, author):
        """Repeat a change at the end of the chat: its message may have scrolled out of sight.

        Nothing is said when it is the last message, whose mark nobody overlooks.
        """
        conversation = self._open_conversation_of(identity)
        if not conversation or conversation != target.conversation_id:
            return
        if conversation._is_last_message(target.mail_message_id):
            return
        stored = conversation._store_message(author, Markup("<p><em>%s</em></p>") % words)
        self.env["whatsapp.message"]._quote(conversation, stored, target.mail_message_id)
        return

    def _note_in_chat(self, identity, body, author=None):
        """Show `body` in the open conversation, if there is one; no bot hears of it."""
        conversation = self._open_conversation_of(identity)
        if not conversation:
            return self.env._("Kept: there is no open conversation to show it in.")
        author = author or identity.partner_id
        conversation._store_message(author, Markup("<p><em>%s</em></p>") % body)
        return None
