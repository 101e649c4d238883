# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models

from ..cloud_api import events, messages
from ..cloud_api.reading import a_dict, a_text
from .whatsapp_inbox_changes import CHANGES

# After so long without a word the other application is done with the citizen
_SILENCE = timedelta(hours=24)


class Conversation(models.Model):
    """Conversations that another application of the city's answers (Meta: "standby")."""

    _inherit = "contact_center.conversation"

    whatsapp_standby = fields.Boolean(
        string="Answered by another application",
        readonly=True,
        copy=False,
        help="Another application of the city's answers the citizen at Meta: the bot is silent.",
    )

    _standby_idx = models.Index("(id) WHERE whatsapp_standby")

    def _receive_in_standby(self, body):
        """Show a message that the citizen wrote to the other application; nobody has to answer.

        :return: the mail.message
        """
        stored = self._store_message(self.partner_id, body)
        # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
        self.sudo().last_inbound_at = fields.Datetime.now()
        if self.state in ("queued", "in_service"):
            self._bus_refresh(stored)
        return stored

    @api.model
    def _close_standby(self):
        """Close, without a word, conversations that the other application left (scheduled)."""
        # sudo: contact_center.conversation - scheduled action
        silent = self.sudo().search(
            [
                ("whatsapp_standby", "=", True),
                ("state", "=", "bot"),
                ("last_inbound_at", "<", fields.Datetime.now() - _SILENCE),
            ],
            limit=200,
        )
        for conversation in silent:
            conversation._close("expired")


class WhatsappEvent(models.Model):
    """Messages while another application answers, and changes of the application."""

    _inherit = "whatsapp.event"

    def _process_standby(self):
        """Show the message; the other application answers it, not the bot."""
        if "message" not in self.payload:
            return self.env._("Kept: another application answers this person.")
        ours = bool(self.payload.get("ours"))
        message = messages.parse_message(self.payload, echo=ours)
        if note := self._only_kept(message):
            return note
        if message.type == "system":
            return self._process_system(message)
        identity = self._person_of(message)
        if not identity:
            return self.env._("Nothing was done: it does not say who wrote.")
        if message.type in CHANGES:
            return self._process_change(identity, message, "out" if ours else "in")
        if not ours:
            identity._seen(self.at)
        conversation = self._standby_conversation(identity)
        if ours:
            author = self.env.ref("whatsapp_helpdesk.partner_other_app")
            self._show_echo(identity, conversation, message, author)
        else:
            self._show_standby(identity, conversation, message)
        return self.env._("Shown, not answered: another application answers this person.")

    def _show_standby(self, identity, conversation, message):
        """Show a message of the citizen's that the other application answers."""
        body = self._body(conversation, message, self._incoming(message))
        stored = conversation._receive_in_standby(body)
        record = self.env["whatsapp.message"]._record_inbound(
            self.account_id, identity, conversation, stored, message
        )
        if message.quoted:
            record._show_quoted(message.quoted)
        record._fetch_pending()

    def _standby_conversation(self, identity):
        """Return the open conversation with a person, or a new one that the bot leaves alone."""
        conversation = self._open_conversation_of(identity)
        if not conversation:
            conversation = self._open_conversation(identity)
        if conversation.state == "bot":
            # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
            conversation.sudo().whatsapp_standby = True
        return conversation

    def _process_routing(self):
        """Process Meta's news of which application answers a citizen from now on."""
        value = a_dict(self.payload.get("handover")) or a_dict(self.payload.get("value"))
        sender = a_dict(value.get("sender"))
        bsuid, wa_id = events.person(sender, "user_id", "phone_number", "wa_id")
        identity = self.env["whatsapp.identity"]._find(self.account_id.portfolio, bsuid, wa_id)
        conversation = self._open_conversation_of(identity) if identity else None
        if not conversation:
            return self.env._("Kept: the application that answers this person changed at Meta.")
        if a_text(value.get("type")) == "control_passed":
            # sudo: contact_center.conversation - as in `_standby_conversation`
            conversation.sudo().whatsapp_standby = False
        passed = a_dict(value.get("control_passed"))
        context = a_dict(passed.get("conversation_context") or value.get("conversation_context"))
        summary = a_text(a_dict(context.get("summary")).get("text"))
        words = self.env._("The application that answers this person on WhatsApp changed at Meta.")
        bot = conversation._bot_partner()
        return self._note_in_chat(identity, self._with_summary(words, summary), bot)
