# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class AgentState(models.Model):
    """The ledger of states, read day by day."""

    _inherit = "contact_center.agent.state"

    # For the spells of one day among those of years.
    _end_us_idx = models.Index("(end_us)")
