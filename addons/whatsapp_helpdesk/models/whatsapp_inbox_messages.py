# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

from odoo import models

from odoo.addons.contact_center.core.values import Incoming, Location, Media

from ..cloud_api import messages, phone
from ..cloud_api.errors import TOO_LARGE
from .whatsapp_inbox_changes import CHANGES

_OPTION_TYPES = frozenset({"interactive", "button"})

_KNOWN = "SELECT FROM whatsapp_message WHERE account_id = %s AND wamid = %s LIMIT 1"
_OPEN = """
SELECT id FROM contact_center_conversation
WHERE partner_id = %s AND channel_kind = 'whatsapp' AND whatsapp_account_id = %s
  AND state != 'closed'
ORDER BY id DESC LIMIT 1
"""


class WhatsappEvent(models.Model):
    """Citizens' messages become `Incoming` and are handed to the conversation.

    How they are shown: whatsapp_inbox_shown.py; corrections and deletions:
    whatsapp_inbox_changes.py.
    """

    _inherit = "whatsapp.event"

    def _process_message(self):
        """Receive a citizen's message: find its person and its conversation."""
        message = messages.parse_message(self.payload)
        if note := self._only_kept(message):
            return note
        if message.type == "system":
            return self._process_system(message)
        identity = self._identity_of(message)
        if not identity:
            return self.env._("Nothing was done: it does not say who wrote.")
        if message.type in CHANGES:
            return self._process_change(identity, message, "in")
        identity._seen(self.at)
        self._learn_own_card(identity, message)
        return self._receive(identity, message)

    def _only_kept(self, message):
        """Return why a message is kept and no more, in words; "" if it is processed."""
        if message.group_id:
            return self.env._("Kept, not served: it was written in a group.")
        if self._is_known(message):
            return self.env._("Nothing was done: this message is known already.")
        return ""

    def _identity_of(self, said):
        """Return the whatsapp.identity of a message's or call's person, made known if new.

        :return: empty if it does not say who wrote
        """
        return self.env["whatsapp.identity"]._of_person(
            self.account_id.portfolio,
            said.bsuid,
            said.wa_id,
            name=said.name,
            username=said.username,
        )

    def _is_known(self, message):
        """Return whether this message was processed before (an event processed again by hand)."""
        if not message.id:
            return False
        self.env["whatsapp.message"].flush_model(["wamid"])
        # In SQL, as what follows for each message
        self.env.cr.execute(_KNOWN, [self.account_id.id, message.id])
        return bool(self.env.cr.rowcount)

    def _receive(self, identity, message):
        """Hand a message to its conversation; open one when there is none."""
        incoming = identity._answer_by_number(self._incoming(message))
        conversation = self._open_conversation_of(identity)._for_message(incoming)
        if not conversation and self._receive_small_talk(identity, message, incoming):
            return self.env._("Kept: it needs no conversation of its own.")
        conversation = conversation or self._open_conversation(identity)
        if conversation.whatsapp_identity_id != identity:
            # One citizen, two telephones: the conversation goes on where they wrote last
            conversation.whatsapp_identity_id = identity
        if conversation.whatsapp_standby:
            # sudo: contact_center.conversation - Meta gives the citizen to us now
            conversation.sudo().whatsapp_standby = False
        stored = conversation._receive(incoming, body=self._body(conversation, message, incoming))
        self._note_received(identity, conversation, stored, message)
        return None

    def _note_received(self, identity, conversation, stored, message):
        """Record a message stored in a conversation, and fetch its file."""
        record = self.env["whatsapp.message"]._record_inbound(
            self.account_id, identity, conversation, stored, message
        )
        if record.marks and conversation.state in ("queued", "in_service"):
            # The screens were told of the message before its marks were known
            stored._notify_marks()
        if message.quoted and message.type not in _OPTION_TYPES:
            record._show_quoted(message.quoted)
        record._fetch_within_cap(message.at)
        self._receive_files(identity, conversation, message)
        if message.error_code == TOO_LARGE and conversation.state != "closed":
            conversation._automatic("file_too_large")

    def _receive_files(self, identity, conversation, message):
        """Show the files of a form's answers below them; the bot heard of the answers."""
        Message = self.env["whatsapp.message"]
        for file in message.files:
            body = Message._media_body(file.kind, file.caption, self.env._("downloading…"))
            stored = conversation._store_message(identity.partner_id, body)
            part = replace(message, id="", type=file.kind, media=file, files=(), cards=())
            Message._record_inbound(
                self.account_id, identity, conversation, stored, part
            )._fetch_within_cap(message.at)

    def _open_conversation_of(self, identity):
        """Return the conversation that is not closed, or an empty one."""
        conversations = self.env["contact_center.conversation"]
        conversations.flush_model(["partner_id", "whatsapp_account_id", "state"])
        self.env.cr.execute(_OPEN, [identity.partner_id.id, self.account_id.id])
        return conversations.browse(row_id for (row_id,) in self.env.cr.fetchall())

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
        """Return the message as `contact_center.core.values.Incoming`."""
        kind, more = "unsupported", {}
        if message.error_code == TOO_LARGE:
            # No file will come: a flow that asks for one must not go on
            kind = "unsupported"
        elif message.type in _OPTION_TYPES and message.option_id:
            kind, more = "option", {"option_id": message.option_id}
        elif message.type in ("text", "order", "interactive", "button"):
            kind = "text"
        elif message.media and message.media.media_id:
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
