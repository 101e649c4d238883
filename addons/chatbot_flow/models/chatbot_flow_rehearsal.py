"""A flow tried out: the situation that the engine is given, and what came of it in words."""

from odoo import api, models

from . import simulation_settings


class ChatbotFlow(models.Model):
    """What the simulator and the flow tests have in common."""

    _inherit = "chatbot.flow"

    def _situation(self, settings):
        """What the engine is given in a situation (see `simulation_settings`).

        Hook: addons add values of the moment.
        """
        self.ensure_one()
        samples = self.env["chatbot.flow.step"]._action_values()
        return {
            "opening": settings.get("opening") or "",
            "values": simulation_settings.moment(
                settings, self.name, self.env["res.partner"]._area_code()
            ),
            "actions": simulation_settings.results(settings, samples),
        }

    def _played(self, entries):
        """Entries as the engine plays them: with the situation for the settings that turn it."""
        return [
            {"kind": "situation", "situation": self._situation(entry["settings"])}
            if entry["kind"] == "situation"
            else entry
            for entry in entries
        ]

    @api.model
    def _over_words(self, over):
        """How the flow ended, in words."""
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
