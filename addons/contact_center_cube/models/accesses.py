# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center.models.accesses import Access


class Accesses(models.AbstractModel):
    """The logins of the database that read the cubes."""

    _inherit = "contact_center.accesses"

    @api.model
    def _list(self):
        # sudo: contact_center.cube.reader - the caller checks the right
        readers = self.env["contact_center.cube.reader"].sudo().search([], order="id")
        how = self.env._("Data ▸ Logins that read the cubes: take the login away.")
        return super()._list() + [
            Access(
                f"contact_center.cube.reader,{reader.id}",
                self.env._("Login of the database"),
                reader.role,
                reader.purpose,
                how,
            )
            for reader in readers
        ]
