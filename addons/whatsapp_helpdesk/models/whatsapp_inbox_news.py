# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ..cloud_api import changed_ids, errors, events, phone
from ..cloud_api.reading import a_dict, a_text

# System messages that are about ids; "" in deliveries of long ago
_CHANGED = frozenset({"user_changed_number", "user_changed_user_id", ""})
_ANOTHER_TELEPHONE = frozenset({"customer_identity_changed", "user_identity_changed"})
_ABOUT_IDS = _CHANGED | _ANOTHER_TELEPHONE


class WhatsappEvent(models.Model):
    """Events other than messages: changed ids, preferences, templates, errors."""

    _inherit = "whatsapp.event"

    def _process_system(self, message):
        """Process WhatsApp's news about a person: mostly a changed number or id."""
        if message.option_id not in _ABOUT_IDS:
            return self._process_other_system(message)
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
        if message.option_id in _CHANGED:
            self._follow_number(identity, message)
        return self._note_by_system(identity, words)

    def _process_other_system(self, message):
        """Show WhatsApp's news that is not about ids, or keep it for later."""
        identity = self._person_of(message)
        if not identity:
            return self.env._("Nothing was done: the person is not known.")
        conversation = self._open_conversation_of(identity)
        if conversation:
            return self._note_in_chat(
                identity, self._system_words(message), conversation._bot_partner()
            )
        self.env["whatsapp.message"]._keep(
            self.account_id, identity, message, self._kept_body(message), False, self.at
        )
        return self.env._("Kept: the next conversation with this person begins with it.")

    def _system_words(self, message):
        """Return the change in words; Meta's own are English and may name other numbers."""
        old, new = phone.display(message.old_wa_id), phone.display(message.wa_id)
        if message.option_id in _ANOTHER_TELEPHONE:
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
        if message.option_id in _CHANGED:
            return self.env._("The citizen's number or id on WhatsApp changed.")
        return self.env._("WhatsApp says: %s", message.text or message.option_id or "?")

    def _follow_number(self, identity, message):
        """Update the contact's telephone if it was the old number on WhatsApp."""
        partner = identity.partner_id
        forms = {phone.e164(form) for form in phone.variants(message.old_wa_id)}
        if phone.e164(phone.digits(partner.phone or "")) in forms and message.wa_id:
            partner.phone = phone.display(message.wa_id)

    def _note_by_system(self, identity, words):
        """Note something about the citizen in the open conversation and in its record.

        The record has no numbers, since it is kept for good.
        """
        conversation = self._open_conversation_of(identity)
        if conversation:
            conversation._log(
                "note", note=self.env._("The citizen's number or id on WhatsApp changed.")
            )
        bot = self.env["contact_center.conversation"]._bot_partner()
        return self._note_in_chat(identity, words, bot)

    def _process_identity(self):
        """Process a changed id that comes in a field of its own (`user_id_update`)."""
        change = changed_ids.read(a_dict(self.payload.get("identity")))
        portfolio = self.account_id.portfolio or self._portfolio_of_waba()
        identity = self.env["whatsapp.identity"]._change(
            portfolio, change.old_bsuid, change.old_wa_id, change.bsuid, change.wa_id
        )
        if not identity:
            return self.env._("Nothing was done: the person is not known.")
        words = self.env._("The citizen's number or id on WhatsApp changed.")
        return self._note_by_system(identity, words)

    def _portfolio_of_waba(self):
        """Return the portfolio of the event's account, for news without a number."""
        account = self.env["whatsapp.account"].search([("waba_id", "=", self.waba_id)], limit=1)
        return account.portfolio or "default"

    def _process_preference(self):
        """Note that a citizen stopped or resumed marketing."""
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

    def _process_template(self):
        """Process news about a message template: its status, quality, category or parts."""
        value = a_dict(self.payload.get("value"))
        name = a_text(value.get("message_template_name"))
        language = a_text(value.get("message_template_language")).replace("-", "_")
        template = self.env["whatsapp.template"].search(
            [("name", "=", name), ("language", "=", language), ("waba_id", "=", self.waba_id)],
            limit=1,
        )
        template._apply_news(value)
        self._tell_template_news(value)
        if not template or a_text(self.payload.get("field")).endswith("components_update"):
            # The news has only excerpts of the parts: fetched whole, outside of this transaction
            self.env["whatsapp.account"].search(
                [("waba_id", "=", self.waba_id)], limit=1
            )._fetch_templates_later()
        return None if template else self.env._("Kept: the template is not known here.")

    def _process_error(self):
        """Process an error of the account: pause the number when nothing would go out."""
        error = a_dict(self.payload.get("error"))
        code = a_text(error.get("code"))
        details = a_text(a_dict(error.get("error_data")).get("details"))
        details = details or a_text(error.get("message") or error.get("title"))
        verdict = errors.of_webhook(code, a_text(self.payload.get("field")))
        accounts = self.account_id or self.env["whatsapp.account"]._concerned(self.waba_id, {})
        if verdict is errors.Verdict.PAUSE:
            for account in accounts:
                account._pause(code, details)
        elif verdict is errors.Verdict.CHECK:
            accounts._check_later()
        return accounts[:1]._reason(code, details) if accounts else details
