# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center.models.accesses import Access


class Accesses(models.AbstractModel):
    """The links of wallboards, which need no login."""

    _inherit = "contact_center.accesses"

    @api.model
    def _list(self):
        # sudo: contact_center.wallboard - the caller checks the right
        boards = self.env["contact_center.wallboard"].sudo().search([], order="id")
        how = self.env._("Wallboards: end the link.")
        return super()._list() + [
            Access(
                f"contact_center.wallboard,{board.id}",
                self.env._("Link of a wallboard"),
                board.name,
                self.env._("until %s", f"{board.expires_at:%d/%m/%Y}"),
                how,
            )
            for board in boards
            if board.has_link
        ]
