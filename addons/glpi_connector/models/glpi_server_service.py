from odoo import fields, models


class GlpiServer(models.Model):
    """What passes between GLPI's technicians and citizens, as this GLPI's owners want it."""

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
        help="What citizen and agent write to each other while an agent serves, once the "
        "conversation has a ticket. The agent can send the whole conversation at any time.",
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
        """How citizens may call the GLPI account with this id; "" for nobody they may know."""
        self.ensure_one()
        if not user_id or self.technician_shown == "none":
            return ""
        # sudo: glpi.user - the catalogue is the administrators'; a name the setting lets be seen
        account = (
            self.env["glpi.user"]
            .sudo()
            .search([("server_id", "=", self.id), ("glpi_id", "=", user_id)], limit=1)
        )
        # an account without a name of its own is shown by its login or number: nobody's name
        name = account.name if account and account.name != account.login else ""
        if not name or name.startswith("#"):
            return ""
        return name.split()[0] if self.technician_shown == "first" else name
