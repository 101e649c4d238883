from odoo import api, models
from odoo.exceptions import ValidationError

from ..core import contacts


class ResPartner(models.Model):
    """Files of citizens: the template, and what is refused because it is there already."""

    _inherit = "res.partner"

    @api.model
    def get_import_templates(self):
        """Offer a file with the columns of a citizen, in the screen's own words."""
        template = {
            "label": self.env._("Template for citizens (xlsx)"),
            "template": "/contact_center/static/xls/modelo_contatos.xlsx",
        }
        return [template, *super().get_import_templates()]

    @api.model
    def _refuse_imported_duplicates(self, vals_list):
        """Raise ValidationError, naming both, when an imported person is known already.

        Two people are never made one by themselves: whoever imports takes the line out, or gives
        it the ID of the contact to be changed.
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
        """Name and id of a contact with this key, or ""."""
        known = self.search([(field, "=", value)], limit=1)
        return f"{known.display_name} (ID {known.id})" if known else ""
