# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import fields, models

from ..cloud_api import calls


class WhatsappEvent(models.Model):
    """Calls on WhatsApp: they cannot be answered here, but agents see them."""

    _inherit = "whatsapp.event"

    def _process_call(self):
        """Show a call that is over; a missed one alerts agents, as a message would."""
        if "call" not in self.payload:
            return self.env._("Kept: news about a call.")
        call = calls.parse(self.payload)
        if call.result == calls.RUNNING:
            return self.env._("Kept: the call is not over yet.")
        identity = self._identity_of(call)
        if not identity:
            return self.env._("Nothing was done: it does not say who wrote.")
        if call.by_citizen:
            # Meta: a call opens the 24 hours as a message does
            identity._seen(self.at)
        conversation = self._open_conversation_of(identity)
        missed = call.result == calls.MISSED
        if missed and conversation.state == "survey":
            # Nobody looks at it any more, and a call is no answer
            conversation._close(conversation._outcome_after_survey())
            conversation = conversation.browse()
        if not conversation and not missed:
            return self.env._("Kept: there is no open conversation to show it in.")
        self._show_call(identity, conversation or self._open_conversation(identity), call)
        return None

    def _show_call(self, identity, conversation, call):
        """Show a call in a conversation; a conversation opened for it waits for agents."""
        began_with_it = not conversation.last_inbound_at and not conversation.last_outbound_at
        body = Markup("<p>📞 <em>%s</em></p>") % self._call_result_words(call)
        author = identity.partner_id
        if not call.by_citizen:
            author = self._author(identity, "out")
        stored = conversation._store_message(author, body)
        if call.by_citizen:
            # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
            conversation.sudo().last_inbound_at = fields.Datetime.now()
        if conversation.state in ("queued", "in_service"):
            if call.result == calls.MISSED:
                # sudo: contact_center.conversation - as above
                conversation.sudo().unread_count += 1
            conversation._bus_refresh(stored)
        elif conversation.state == "bot" and began_with_it and call.result == calls.MISSED:
            conversation._hand_over(reason="missed_call")

    def _call_result_words(self, call):
        """Return the outcome of a call in words."""
        _ = self.env._
        minutes = f"{call.seconds // 60}:{call.seconds % 60:02}"
        return {
            calls.MISSED: _("Missed call: the citizen called on WhatsApp, and nobody answered."),
            calls.UNANSWERED: _("The city called on WhatsApp, and the citizen did not answer."),
            calls.ANSWERED: _("Call on WhatsApp, answered on another device (%s min).", minutes),
        }[call.result]
