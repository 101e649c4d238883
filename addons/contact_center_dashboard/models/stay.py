# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class Stay(models.Model):
    """Waits of a period among those of years."""

    _inherit = "contact_center.stay"

    # Rows lie in the order of time: a few pages of index, and nothing to pay when one is written.
    _entered_at_idx = models.Index("USING brin (entered_at)")


class Conversation(models.Model):
    """Contacts of a period among those of years."""

    _inherit = "contact_center.conversation"

    _opened_at_idx = models.Index("USING brin (opened_at)")
    # For the contacts of one citizen in the days before
    _partner_opened_idx = models.Index("(partner_id, opened_at)")
