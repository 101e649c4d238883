# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Domain


class Conversation(models.Model):
    """What the city's people see of conversations, and which they may intercept."""

    _inherit = "contact_center.conversation"

    @api.model
    def _visible_domain(self):
        """Restrict the city's people to their queues; without the right, to nobody's data.

        What they serve themselves after intercepting it stays theirs.
        """
        domain = super()._visible_domain()
        user = self.env.user
        if not user._is_of_city():
            return domain
        own = Domain("agent_id", "=", user.id)
        if not user._sees_citizens():
            return domain & own
        # sudo: res.users - one's own restriction
        queues = user.sudo().contact_center_city_queue_ids
        return domain & (own | Domain("queue_id", "in", queues.ids)) if queues else domain

    def _may_take_over(self):
        """Let the city's people intercept what they may see."""
        if super()._may_take_over():
            return True
        return self.env.user._is_of_city() and self.has_access("read")

    def _transcript_entry(self, message, marks):
        entry = super()._transcript_entry(message, marks)
        if not self.env.user._contact_center_sees_numbers():
            return entry
        return self._with_numbers(entry)

    def _with_numbers(self, text):
        """Return what was said here with registration numbers where agents were named.

        Citizens are told the name of the agent who joins.

        :param text: str, or Markup, in which names are escaped
        """
        for name, number in self._numbers_by_name().items():
            text = text.replace(name, number)
        return text

    def _numbers_by_name(self):
        """Return what the city reads in the place of the names of agents: {name: number}."""
        # sudo: contact_center.conversation - who ever served, to hide the names
        agents = self.sudo().event_ids.agent_id | self.sudo().agent_id
        labels = agents.with_env(self.env)._contact_center_labels()
        # sudo: res.users - the name that is hidden
        return {user.sudo().name: label for user, label in labels.items()}
