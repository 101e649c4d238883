# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class GlpiServer(models.Model):
    """Settings of what passes between GLPI's technicians and citizens."""

    _inherit = "glpi.server"

    service_messages = fields.Selection(
        [
            ("none", "Not sent"),
            ("private", "As private followups"),
            ("public", "As public followups"),
        ],
        string="Messages during service",
        required=True,
        default="none",
        help="Forward messages between citizen and agent once the conversation has a ticket. The "
        "agent can send the whole conversation at any time.",
    )
    technician_shown = fields.Selection(
        [
            ("none", "Nobody's name"),
            ("first", "First name"),
            ("full", "Full name"),
        ],
        string="Citizens see of GLPI's technicians",
        required=True,
        default="first",
    )

    def _technician_name(self, user_id):
        """Return the name shown to citizens for a GLPI account; "" if it must not be shown."""
        self.ensure_one()
        if not user_id or self.technician_shown == "none":
            return ""
        # sudo: glpi.user - the catalogue is the administrators'; a name the setting lets be seen
        account = (
            self.env["glpi.user"]
            .sudo()
            .search([("server_id", "=", self.id), ("glpi_id", "=", user_id)], limit=1)
        )
        # an account without a name is displayed by its login or number: not a person's name
        name = account.name if account and account.name != account.login else ""
        if not name or name.startswith("#"):
            return ""
        return name.split()[0] if self.technician_shown == "first" else name
