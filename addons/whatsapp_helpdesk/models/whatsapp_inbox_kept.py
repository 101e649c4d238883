# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ..cloud_api import events, messages
from ..cloud_api.reading import a_dict, a_text
from .whatsapp_inbox_changes import CHANGES

# In the history: a file that was announced, and follows in a delivery of its own
PLACEHOLDER = "media_placeholder"


class WhatsappEvent(models.Model):
    """Events from the city's telephone: old messages, and those sent from it now."""

    _inherit = "whatsapp.event"

    def _process_history(self):
        """Keep an old message copied from the telephone; wake nobody.

        Whichever side sent it, it opens no conversation, reaches no bot and renews no window.
        """
        if "message" not in self.payload:
            return self._history_note()
        ours = bool(self.payload.get("ours"))
        message = messages.parse_message(self.payload, echo=ours)
        if message.group_id:
            return self.env._("Kept, not served: it was written in a group.")
        known = self.env["whatsapp.message"]._of_wamid(self.account_id, message.id)
        if known and not (known.kind == PLACEHOLDER and message.media):
            return self.env._("Nothing was done: this message is known already.")
        identity = self._person_of(message)
        if not identity:
            return self.env._("Nothing was done: it does not say who wrote.")
        if message.type in CHANGES:
            return self.env._("Kept: a change of something in the telephone's history.")
        body = self._kept_body(message)
        if known:
            known._complete(message, body)
        else:
            self.env["whatsapp.message"]._keep(
                self.account_id, identity, message, body, ours, self.at
            )
        return self.env._("Kept: it is from the telephone's history.")

    def _history_note(self):
        """Return the note for a part of the history without a message."""
        if error := a_dict(self.payload.get("error")):
            details = a_text(a_dict(error.get("error_data")).get("details"))
            return self.env._(
                "The telephone's history is not shared: %s",
                details or a_text(error.get("message") or error.get("title")) or "?",
            )
        return self.env._("Kept: the telephone's history goes on.")

    def _kept_body(self, message):
        """Return the HTML of a message that belongs to no conversation."""
        nothing = self.env["contact_center.conversation"]
        return self._body(nothing, message, self._incoming(message))

    def _person_of(self, message):
        """Return the person of a message, created if unknown; empty without any id."""
        own = self.account_id._own_number_forms() if message.wa_id and not message.bsuid else ()
        if message.wa_id in own:
            # The city does not talk to itself
            return self.env["whatsapp.identity"]
        return self._identity_of(message)

    def _process_echo(self):
        """Show an answer sent from the telephone's own application as said by us."""
        message = messages.parse_message(self.payload, echo=True)
        if note := self._only_kept(message):
            return note
        identity = self._person_of(message)
        if not identity:
            return self.env._("Nothing was done: the person is not known.")
        if message.type in CHANGES:
            return self._process_change(identity, message, "out")
        conversation = self._open_conversation_of(identity)
        if not conversation:
            self.env["whatsapp.message"]._keep(
                self.account_id, identity, message, self._kept_body(message), True, self.at
            )
            return self.env._("Kept: the next conversation with this person begins with it.")
        self._show_echo(identity, conversation, message, self._author(identity, "out"))
        conversation._answered_elsewhere()
        return None

    def _show_echo(self, identity, conversation, message, author):
        """Show in a conversation a message that the city's side sent elsewhere."""
        body = self._body(conversation, message, self._incoming(message))
        stored = conversation._store_message(author, body)
        record = self.env["whatsapp.message"]._record_echo(
            self.account_id, identity, conversation, stored, message
        )
        stored._notify_marks()
        if message.quoted:
            record._show_quoted(message.quoted)
        record._fetch_pending()

    def _process_contact(self):
        """Learn a name from the telephone's address book, for a person without one."""
        entry = a_dict(a_dict(self.payload.get("entry")).get("contact"))
        bsuid, wa_id = events.person(entry, "user_id", "phone_number", "wa_id")
        identity = self.env["whatsapp.identity"]._find(self.account_id.portfolio, bsuid, wa_id)
        removed = a_text(a_dict(self.payload.get("entry")).get("action")) == "remove"
        if identity and not removed:
            identity._learn_name(a_text(entry.get("full_name") or entry.get("first_name")))
        return self.env._("Kept: an entry of the telephone's address book.")
