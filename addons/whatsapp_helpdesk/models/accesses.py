# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center.models.accesses import Access


class Accesses(models.AbstractModel):
    """The numbers at Meta, with the tokens stored here."""

    _inherit = "contact_center.accesses"

    @api.model
    def _list(self):
        # sudo: whatsapp.account - the caller checks the right
        accounts = self.env["whatsapp.account"].sudo().search([], order="id")
        how = self.env._(
            "Meta Business: pass the number and the app to the city and revoke the token; then "
            "archive the account here."
        )
        return super()._list() + [
            Access(
                f"whatsapp.account,{account.id}",
                self.env._("WhatsApp number"),
                account.name,
                account.display_phone_number or account.phone_number_id,
                how,
            )
            for account in accounts
        ]
