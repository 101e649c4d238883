# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.contact_center.models.event import keep

from .chatbot_flow_metering import GAVE_UP

_KINDS = [("flow_started", "Flow started"), ("flow_ended", "Flow ended")]


class Event(models.Model):
    """A flow's events in readable form: steps by title, reasons in words."""

    _inherit = "contact_center.event"

    kind = fields.Selection(selection_add=_KINDS, ondelete=dict.fromkeys(dict(_KINDS), keep))

    def _detail_labels(self):
        _ = self.env._
        return {
            **super()._detail_labels(),
            "before": _("Earlier conversation"),
            "flow": _("Flow"),
            "step": _("Step"),
            "version": _("Version"),
        }

    def _detail_values(self):
        _ = self.env._
        values = super()._detail_values()
        values["reason"] |= {
            GAVE_UP: _("Many wrong answers"),
            "action_failed": _("An action of the flow failed"),
            "choice_failed": _("A list of the flow could not be fetched"),
            "choice_empty": _("A list of the flow was empty"),
            "missing_step": _("The flow led to a step that is not there"),
            "too_many_steps": _("The flow went round in circles"),
            "flow": _("As the flow says"),
            "flow_error": _("The flow stopped by an error"),
        }
        notes = {
            "resumed": _("Goes on where an earlier conversation was broken off"),
            "other_person": _("Another person writes from this number"),
            "flow_error": _("The flow stopped by an error"),
        }
        return {**values, "note": {**values.get("note", {}), **notes}}

    def _detail_hidden(self):
        # The error is on the flow's session, for those who can fix it.
        return super()._detail_hidden() | {"error"}

    def _detail_words(self, key, value, label, values):
        if key == "step" and value:
            values = {value: self._step_title(value)}
        return super()._detail_words(key, value, label, values)

    def _step_title(self, key):
        """Return the title of a step of the conversation's flow, otherwise its key in words."""
        # sudo: chatbot.flow.session - anybody who reads the ledger may read step titles
        session = self.sudo().conversation_id.chatbot_session_ids[:1]
        return session._step_title(key) or self._detail_value_words(key)
