# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.contact_center.models.event import keep


class Event(models.Model):
    """Events of supervision."""

    _inherit = "contact_center.event"

    kind = fields.Selection(
        selection_add=[
            ("watched", "Watched by supervision"),
            ("joined", "A leader joined"),
            ("joined_ended", "The leader left again"),
        ],
        ondelete={"watched": keep, "joined": keep, "joined_ended": keep},
    )
