from odoo import models

from ..cloud_api import errors, events, messages, phone
from ..cloud_api.reading import a_dict, a_text
from .whatsapp_inbox_changes import CHANGES


class WhatsappEvent(models.Model):
    """Events that are no citizen's message: echoes, changed ids, preferences, news of Meta."""

    _inherit = "whatsapp.event"

    def _process_system(self, message):
        """WhatsApp says that a person's number or id changed: the same person goes on."""
        identity = self.env["whatsapp.identity"]._change(
            self.account_id.portfolio,
            message.old_bsuid,
            message.old_wa_id,
            message.bsuid,
            message.wa_id,
        )
        if not identity:
            return self.env._("Nothing was done: the person is not known.")
        words = self._system_words(message)
        self._follow_number(identity, message)
        return self._note_by_system(identity, words)

    def _system_words(self, message):
        """What changed, in words; Meta's own are in English and may name numbers differently."""
        old, new = phone.display(message.old_wa_id), phone.display(message.wa_id)
        if message.option_id == "customer_identity_changed":
            return self.env._(
                "The citizen's security code on WhatsApp changed: perhaps a new telephone. "
                "Before you give out personal data, make sure who is writing."
            )
        if old and new and old != new:
            return self.env._(
                "The citizen's number on WhatsApp changed from %(old)s to %(new)s.",
                old=old,
                new=new,
            )
        return self.env._("The citizen's number or id on WhatsApp changed.")

    def _follow_number(self, identity, message):
        """Let the contact's telephone follow, where it was the old number on WhatsApp."""
        partner = identity.partner_id
        forms = {phone.e164(form) for form in phone.variants(message.old_wa_id)}
        if phone.e164(phone.digits(partner.phone or "")) in forms and message.wa_id:
            partner.phone = phone.display(message.wa_id)

    def _note_by_system(self, identity, words):
        """Say something about the citizen in the open conversation, and in its record; there
        without numbers, since the record of the service is kept for good."""
        conversation = self._open_conversation_of(identity)
        if conversation:
            conversation._log(
                "note", note=self.env._("The citizen's number or id on WhatsApp changed.")
            )
        bot = self.env["contact_center.conversation"]._bot_partner()
        return self._note_in_chat(identity, words, bot)

    def _process_identity(self):
        """The same news in a field of its own (`user_id_update`)."""
        change = a_dict(self.payload.get("identity"))
        old_bsuid, old_wa_id = events.person(
            change, "previous_user_id", "old_user_id", "wa_id", "previous_wa_id"
        )
        bsuid, wa_id = events.person(
            change, "current_user_id", "new_user_id", "user_id", "new_wa_id"
        )
        portfolio = self.account_id.portfolio or self._portfolio_of_waba()
        identity = self.env["whatsapp.identity"]._change(
            portfolio, old_bsuid, old_wa_id, bsuid, wa_id
        )
        if not identity:
            return self.env._("Nothing was done: the person is not known.")
        words = self.env._("The citizen's number or id on WhatsApp changed.")
        return self._note_by_system(identity, words)

    def _portfolio_of_waba(self):
        """The portfolio of the account that the event is about, for news without a number."""
        account = self.env["whatsapp.account"].search([("waba_id", "=", self.waba_id)], limit=1)
        return account.portfolio or "default"

    def _process_preference(self):
        """A citizen stopped or resumed marketing."""
        preference = a_dict(self.payload.get("preference"))
        bsuid, wa_id = events.person(preference, "user_id", "wa_id")
        portfolio = self.account_id.portfolio or self._portfolio_of_waba()
        identity = self.env["whatsapp.identity"]._find(portfolio, bsuid, wa_id)
        if not identity:
            return self.env._("Nothing was done: the person is not known.")
        value = a_text(preference.get("value"))
        if value in ("stop", "resume"):
            identity.marketing_opt_out = value == "stop"
            return None
        return self.env._("Kept, but not understood: nothing was done.")

    def _process_echo(self):
        """Somebody answered from the telephone's own application: show it as said by us."""
        message = messages.parse_message(self.payload, echo=True)
        if self._is_known(message):
            return self.env._("Nothing was done: this message is known already.")
        identity = self.env["whatsapp.identity"]._find(
            self.account_id.portfolio, message.bsuid, message.wa_id
        )
        if not identity:
            return self.env._("Nothing was done: the person is not known.")
        if message.type in CHANGES:
            return self._process_change(identity, message, "out")
        conversation = self._open_conversation_of(identity)
        if not conversation:
            return self.env._("Kept: there is no open conversation to show it in.")
        body = self._body(conversation, message, self._incoming(message))
        stored = conversation._store_message(self._author(identity, "out"), body)
        record = self.env["whatsapp.message"]._record_echo(
            self.account_id, identity, conversation, stored, message
        )
        conversation._answered_elsewhere()
        stored._notify_marks()
        if message.quoted:
            record._show_quoted(message.quoted)
        if message.media:
            record._fetch_media_later()
        return None

    def _process_template(self):
        """News about a message template: status, quality, category, or its parts changed."""
        value = a_dict(self.payload.get("value"))
        name = a_text(value.get("message_template_name"))
        language = a_text(value.get("message_template_language")).replace("-", "_")
        template = self.env["whatsapp.template"].search(
            [("name", "=", name), ("language", "=", language), ("waba_id", "=", self.waba_id)],
            limit=1,
        )
        template._apply_news(value)
        if not template or a_text(self.payload.get("field")).endswith("components_update"):
            # The news has only excerpts of the parts: fetched whole, outside of this transaction
            self.env["whatsapp.account"].search(
                [("waba_id", "=", self.waba_id)], limit=1
            )._fetch_templates_later()
        return None if template else self.env._("Kept: the template is not known here.")

    def _process_error(self):
        """An error of the account, not of one message: pause when nothing would go out."""
        error = a_dict(self.payload.get("error"))
        code = a_text(error.get("code"))
        details = a_text(a_dict(error.get("error_data")).get("details"))
        details = details or a_text(error.get("message") or error.get("title"))
        account = self.account_id
        if account and errors.info(code).kind is errors.ErrorClass.PAUSE_ACCOUNT:
            account._pause(code, details)
        return account._reason(code, details) if account else details
