# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from odoo.addons.contact_center.models.event import keep

# Details that name agents.
NAMES = frozenset({"from_agent", "to_agent", "previous_agent"})


class Event(models.Model):
    """Events of supervision, and the ledger as the city reads it."""

    _inherit = "contact_center.event"

    kind = fields.Selection(
        selection_add=[
            ("watched", "Watched by supervision"),
            ("joined", "A leader joined"),
            ("joined_ended", "The leader left again"),
        ],
        ondelete={"watched": keep, "joined": keep, "joined_ended": keep},
    )

    @api.depends_context("uid")
    def _compute_author(self):
        """Show the city the registration number of the person who did it."""
        super()._compute_author()
        if self.env.su or not self.env.user._sees_numbers():
            return
        system = self.env.ref("base.user_root")
        # sudo: contact_center.event - who did it, to show the number
        labels = (self.sudo().user_id - system).with_env(self.env)._agent_labels()
        for event in self:
            user = event.sudo().user_id
            if user in labels:
                event.author = labels[user]

    @api.depends_context("uid")
    def _compute_details(self):
        """Depend on the reader, to whom agents may be numbers."""
        return super()._compute_details()

    def _detail_hidden(self):
        hidden = super()._detail_hidden()
        return hidden | NAMES if self.env.user._sees_numbers() else hidden
