# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class AgentState(models.Model):
    """A day's intervals are found without reading all of them."""

    _inherit = "contact_center.agent.state"

    # As for the conversations
    _cube_start_idx = models.Index("USING brin (start_us)")
