# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

from ..cloud_api import events


class Intake(models.AbstractModel):
    """Adds the messages that Meta delivered."""

    _inherit = "contact_center.intake"

    @api.model
    def _counts(self, start, end):
        """Count messages: what is not processed yet, or failed, did not come in."""
        query = SQL(
            """
            SELECT count(*), count(*) FILTER (WHERE state != 'processed') FROM whatsapp_event
            WHERE kind = %(message)s AND create_date >= %(start)s AND create_date < %(end)s
            """,
            message=events.MESSAGE,
            start=start,
            end=end,
        )
        return {**super()._counts(start, end), "whatsapp": self.env.execute_query(query)[0]}
