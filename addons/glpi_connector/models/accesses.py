# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center.models.accesses import Access


class Accesses(models.AbstractModel):
    """The users of this system in GLPI."""

    _inherit = "contact_center.accesses"

    @api.model
    def _list(self):
        # sudo: glpi.server - the caller checks the right
        servers = self.env["glpi.server"].sudo().search([], order="id")
        how = self.env._("GLPI: revoke the tokens of the integration's user; then archive it here.")
        return super()._list() + [
            Access(
                f"glpi.server,{server.id}",
                self.env._("User in GLPI"),
                server.name,
                server.url or "",
                how,
            )
            for server in servers
        ]
