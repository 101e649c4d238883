# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.contact_center.core import contacts


class ResPartner(models.Model):
    """Imported files of citizens: the template, and refusing people who already exist."""

    _inherit = "res.partner"

    @api.model
    def get_import_templates(self):
        """Offer a file with the columns of a citizen, in the screen's own words."""
        template = {
            "label": self.env._("Template for citizens (xlsx)"),
            "template": "/contact_center_contact/static/xls/modelo_contatos.xlsx",
        }
        return [template, *super().get_import_templates()]

    @api.model
    def _refuse_imported_duplicates(self, vals_list):
        """Raise ValidationError, naming both, if an imported person is already known.

        People are never merged automatically: the importing user removes the line, or gives it the
        ID of the contact to update.
        """
        seen = {}
        for vals in vals_list:
            keys = {
                "contact_center_phone_key": contacts.phone_key(vals.get("phone")),
                "vat": vals.get("vat"),
            }
            for field, value in keys.items():
                if not value:
                    continue
                known = seen.get((field, value)) or self._known_as(field, value)
                if known:
                    raise ValidationError(
                        self.env._(
                            "“%(name)s” has the same %(what)s as “%(known)s”.",
                            name=vals.get("name") or "",
                            what=self.env._("CPF or CNPJ")
                            if field == "vat"
                            else self.env._("telephone"),
                            known=known,
                        )
                    )
                seen[(field, value)] = vals.get("name") or value

    @api.model
    def _known_as(self, field, value):
        """Return the name and id of a contact with this key, or ""."""
        known = self.search([(field, "=", value)], limit=1)
        return f"{known.display_name} (ID {known.id})" if known else ""
