# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ChatbotFlowSession(models.Model):
    """Subjects and districts that a flow finds out, and notices before its words."""

    _inherit = "chatbot.flow.session"

    def _measure(self, flow, before, state, event, path, effects):
        """Count the conversation for the subjects of the steps that it reached."""
        vals = super()._measure(flow, before, state, event, path, effects)
        if self.env["contact_center.alert.subject"]._watched():
            self._note_alert_steps(flow, before, state, path)
        return vals

    def _note_alert_steps(self, flow, before, state, path):
        """Note the watched subjects behind these steps, and the district that was given."""
        keys = self.env["contact_center.alert.subject"]._by_steps().get(self.flow_id.id, {})
        found = {pair for key in path for pair in keys.get(key, ())}
        given = self._alert_district_given(flow, state)
        is_new = given and (not before or given != self._alert_district_given(flow, before))
        if found or is_new:
            conversation = self.conversation_id
            district = given or conversation._alert_district()
            conversation._note_alert_subjects(found, "step", district)

    def _alert_district_given(self, flow, state):
        """Return the key of the district that the citizen told this flow, otherwise ""."""
        texts = (
            state.values.get(variable)
            for variable, name in flow.contact_fields.items()
            if name == "district"
        )
        given = next((text for text in texts if isinstance(text, str) and text), "")
        return given and self.env["contact_center.district"]._alert_key(given)

    def _carry_out(self, effects):
        """Say the notices that are due before the flow's own words."""
        self.conversation_id._say_alert_notices()
        return super()._carry_out(effects)
