# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..rest import text


class GlpiUser(models.Model):
    """A GLPI account, with only the data to find a requester or name a technician.

    Personal data of people who are not our contacts. Only administrators may read it, and accounts
    deleted or disabled in GLPI are emptied, not just archived.
    """

    _name = "glpi.user"
    _inherit = ["contact_center.machine.row", "glpi.catalogue.mixin"]
    _description = "GLPI User"
    _rec_names_search = ["complete_name", "login", "email"]

    login = fields.Char(index=True)
    email = fields.Char(help="All addresses, separated by blanks.")
    phone_digits = fields.Char(help="Digits of all telephones, separated by blanks.")
    registration = fields.Char(string="Registration number")

    _server_glpi_unique = models.Constraint(
        "UNIQUE(server_id, glpi_id)", "This user of this GLPI is already here."
    )

    @api.model
    def _sync_values(self, item):
        name = item.name or item.login or f"#{item.id}"
        if not item.visible:
            return self._emptied(item.id)
        return {
            "name": name,
            "complete_name": name,
            "active": True,
            "login": item.login or False,
            "email": " ".join(item.emails).lower() or False,
            "phone_digits": " ".join(filter(None, map(text.digits, item.phones))) or False,
            "registration": item.registration or False,
        }

    @api.model
    def _emptied(self, glpi_id):
        """Return the remaining values of a deleted account.

        Its number stays: tickets may still refer to it.
        """
        personal = dict.fromkeys(("login", "email", "phone_digits", "registration"), False)
        return {**personal, "name": f"#{glpi_id}", "complete_name": f"#{glpi_id}", "active": False}

    def _sync_archive(self):
        for user in self:
            user.write(self._emptied(user.glpi_id))
