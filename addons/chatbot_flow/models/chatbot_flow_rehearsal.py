# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Trying out a flow: the situation passed to the engine, and the results in words."""

from odoo import api, models

from . import simulation_settings


class ChatbotFlow(models.Model):
    """Common code of the simulator and the flow tests."""

    _inherit = "chatbot.flow"

    def _situation(self, settings):
        """Return the engine's input in a situation (see `simulation_settings`).

        Hook: addons add values of the moment.
        """
        self.ensure_one()
        samples = self.env["chatbot.flow.step"]._action_values()
        return {
            "opening": settings.get("opening") or "",
            "known": simulation_settings.given(settings),
            "values": simulation_settings.moment(
                settings,
                self.name,
                self.env["contact_center.conversation"]._greeting,
                self.env["res.partner"]._area_code(),
            ),
            "actions": simulation_settings.results(settings, samples),
        }

    def _played(self, entries):
        """Return entries for the engine, with settings converted to situations."""
        return [
            {"kind": "situation", "situation": self._situation(entry["settings"])}
            if entry["kind"] == "situation"
            else entry
            for entry in entries
        ]

    @api.model
    def _over_words(self, over):
        """Return how the flow ended, in words."""
        _ = self.env._
        if over["kind"] == "handed_over":
            queue = self.env["chatbot.flow.session"]._queue(over["queue"])
            return _("Handed over to people: %s", queue.name or _("the number's own queue"))
        field = self.env["chatbot.flow.step"]._fields["outcome"]
        outcome = dict(field._description_selection(self.env)).get(over["outcome"], "")
        if over["kind"] == "survey":
            return _("The survey is asked, and the flow ends: %s", outcome)
        return _("End of the flow: %s", outcome)

    @api.model
    def _action_label(self, name):
        field = self.env["chatbot.flow.step"]._fields["action_name"]
        return dict(field._description_selection(self.env)).get(name, name)
