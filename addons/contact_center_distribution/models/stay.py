# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.contact_center.models.event import keep


class Stay(models.Model):
    """Stays that ended as only a queue with limits, or with call-backs, lets them end."""

    _inherit = "contact_center.stay"

    left_how = fields.Selection(
        selection_add=[
            ("no_room", "Turned away: no room"),
            ("to_callback", "Chose to be called back"),
        ],
        ondelete={"no_room": keep, "to_callback": keep},
    )
