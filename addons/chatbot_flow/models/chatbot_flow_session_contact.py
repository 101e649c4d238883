# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Data that a flow saves on the contact, and what later conversations may use."""

from odoo import fields, models

from odoo.addons.contact_center.core import contacts
from odoo.addons.contact_center.core.phones import NotAPhone

from ..engine import memory

# Field of the contact behind each of the engine's names (`engine.steps.CONTACT_FIELDS`).
PARTNER_FIELDS = {
    "name": "name",
    "email": "email",
    "phone": "phone",
    "document": "vat",
    "street": "street",
    "district": "street2",
    "city": "city",
    "zip": "zip",
}
# Values that have always been saved, even without a question for them.
USUAL_VALUES = {"name": "nome", "email": "email", "phone": "telefone"}


class ResPartner(models.Model):
    """Data that a citizen gave the bot, which it may remember.

    A contact also holds data from agents and imported files: that was not given to the bot, and
    must not be revealed to the person holding the phone.
    """

    _inherit = "res.partner"

    chatbot_given = fields.Json(
        string="Given to the bot",
        readonly=True,
        copy=False,
        help="Which of the contact's data the person gave to the bot, and when: {name: time}.",
    )

    def _chatbot_known(self):
        """Return this citizen's earlier data that the bot may remember: {name: text}.

        Nothing about people who were erased or withdrew their consent, and nothing older than the
        retention period.
        """
        self.ensure_one()
        given = self.chatbot_given
        if not given or not self.active or self._is_erased() or self._refuses_memory():
            return {}
        before = self._chatbot_kept_since()
        return {
            name: str(self[field])
            for name, field in PARTNER_FIELDS.items()
            if (at := given.get(name)) and self[field] and (not before or at >= before)
        }

    def _chatbot_kept_since(self):
        """Return the moment before which nothing is remembered, as text; "" without a retention."""
        before = self.env["contact_center.personal.data"]._kept_since()
        return fields.Datetime.to_string(before) if before else ""

    def _chatbot_keep(self, values):
        """Store the citizen's data: {name: text}, and that it came from them."""
        self.ensure_one()
        now = fields.Datetime.to_string(fields.Datetime.now())
        self.write(
            {
                **{PARTNER_FIELDS[name]: value for name, value in values.items()},
                "chatbot_given": {**(self.chatbot_given or {}), **dict.fromkeys(values, now)},
            }
        )

    def _erase_personal_data(self):
        """Remove the remembered data of erased people."""
        result = super()._erase_personal_data()
        # sudo: res.partner - the officer's work does not depend on what they may write
        self.sudo().with_context(tracking_disable=True).write({"chatbot_given": False})
        return result


class ChatbotFlowSession(models.Model):
    """The action that saves the citizen's contact data."""

    _inherit = "chatbot.flow.session"

    def _action_save_contact(self, params):
        """Save the citizen's identifying data on the contact.

        :param params: any of name, email, phone, document, street, district, city, zip; missing
        ones come from the questions with a contact field. A contact who is a user of the platform
        is left alone, and so is one when a different person is writing: that person's data stays
        with the conversation.
        """
        partner = self.conversation_id.partner_id
        if partner.user_ids or self._is_other_person():
            return {"ok": True, "values": {}}
        wanted = {name: params.get(name) for name in PARTNER_FIELDS}
        for name, value in self._given_values().items():
            wanted[name] = wanted[name] or value
        wanted["phone"] = self._phone(wanted["phone"])
        kept = {name: str(value) for name, value in wanted.items() if value}
        if kept:
            partner._chatbot_keep(kept)
        return {"ok": True, "values": {}}

    def _given_values(self):
        """Return the flow's values for contact fields: {name: value}."""
        values = self._values()
        flow = self.version_id._compiled((self.engine_state or {}).get("flow"))
        found = {}
        for variable, name in flow.contact_fields.items():
            value = values.get(variable)
            if isinstance(value, str) and value:
                found.setdefault(name, value)
        for name, variable in USUAL_VALUES.items():
            if values.get(variable):
                found.setdefault(name, values[variable])
        return found

    def _is_other_person(self):
        """Return whether the person writing said they are not the contact."""
        state = (self.engine_state or {}).get("memory") or {}
        return state.get("person") == memory.OTHER

    def _contact_value(self, name):
        """Return one of the contact's own data (`PARTNER_FIELDS`), "" if another writes."""
        if self._is_other_person():
            return ""
        return self.conversation_id.partner_id[PARTNER_FIELDS[name]] or ""

    def _phone(self, given):
        """Return a telephone as it is stored; None if invalid.

        A text question may be the source.
        """
        area = self.env["res.partner"]._area_code()
        try:
            return contacts.tidy_phone(str(given or ""), area)[0]
        except NotAPhone:
            return None
