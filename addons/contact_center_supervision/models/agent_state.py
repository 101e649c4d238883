# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

# In place of the id of a queue: news of people.
PEOPLE = 0


class AgentState(models.Model):
    """Changes of agents' states as the team's screens hear of them."""

    _inherit = "contact_center.agent.state"

    # For today's shares of all agents, however old the ledger is.
    _end_idx = models.Index('("end", user_id)')

    @api.model
    def _announce(self, user):
        self.env["contact_center.team"]._pulse({PEOPLE})
        return super()._announce(user)

    @api.model
    def _sync_service(self, user):
        """Keep no ledger of the city's people: who intercepts is no agent."""
        if user and not user.has_group("contact_center.group_technician"):
            return None
        return super()._sync_service(user)
