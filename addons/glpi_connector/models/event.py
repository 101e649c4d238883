# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.contact_center.models.event import keep

_KINDS = [
    ("ticket_requested", "Ticket requested"),
    ("ticket_opened", "Ticket opened"),
    ("ticket_failed", "Ticket failed"),
]


class Event(models.Model):
    """Ticket events in readable form."""

    _inherit = "contact_center.event"

    kind = fields.Selection(selection_add=_KINDS, ondelete=dict.fromkeys(dict(_KINDS), keep))

    def _detail_labels(self):
        return {**super()._detail_labels(), "given_up": self.env._("Given up")}

    def _detail_values(self):
        values = super()._detail_values()
        words = self.env._("Given up: this will not be sent to GLPI")
        values.setdefault("note", {})["glpi_given_up"] = words
        return values

    def _detail_hidden(self):
        # Our own id of the ticket; GLPI's, which people know, is in "number".
        return super()._detail_hidden() | {"ticket"}
