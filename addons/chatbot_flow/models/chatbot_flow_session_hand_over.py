# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import email_normalize

from ..engine import matching
from .chatbot_flow_session_contact import PARTNER_FIELDS


class ChatbotFlowSession(models.Model):
    """Saves the citizen's answers on the contact when people take over."""

    _inherit = "chatbot.flow.session"

    def _keep_answers(self):
        """Save the flow's values that the contact lacks.

        Without a saving step on the path to a person the data would be lost, and the agent would
        ask again. Existing data stays, and nothing stops the hand-over.
        """
        self.ensure_one()
        better = self._better_answers()
        if better:
            self._run_action("fill_contact", better)

    def _action_fill_contact(self, params):
        """Save `params` ({name of `PARTNER_FIELDS`: text}) on the contact, and record which."""
        conversation = self.conversation_id
        partner = conversation.partner_id
        partner._chatbot_keep(params)
        labels = partner.fields_get([PARTNER_FIELDS[name] for name in params], ["string"])
        names = ", ".join(sorted(label["string"] for label in labels.values()))
        conversation._log("citizen_edited", fields=names)
        return {"ok": True, "values": {}}

    def _better_answers(self):
        """Return the flow's values that the contact lacks: {name of `PARTNER_FIELDS`: text}.

        Nothing for a contact that is a user, whose e-mail can reset a password, or from somebody
        who said they are a different person.
        """
        if not self.version_id:
            return {}
        told = {name: str(value).strip() for name, value in self._given_values().items()}
        if not told or self.conversation_id._is_citizen_locked() or self._is_other_person():
            return {}
        partner = self.conversation_id.partner_id
        told["email"] = email_normalize(told.get("email") or "")
        told["phone"] = self._phone(told.get("phone"))
        better = {
            name: value
            for name, value in told.items()
            if value and name != "name" and not partner[PARTNER_FIELDS[name]]
        }
        if self._is_better_name(told.get("name") or "", partner.name or ""):
            better["name"] = told["name"]
        return better

    def _is_better_name(self, told, kept):
        """Return whether a given name improves on the contact's.

        It does if that is not a real name (a number, a user name), or if the given one has all its
        words and more.
        """
        if not any(map(str.isalpha, told)):
            return False
        if self.conversation_id._is_citizen_nameless():
            return True
        told_words, kept_words = (matching.normalise(name).split() for name in (told, kept))
        return set(kept_words) < set(told_words)
