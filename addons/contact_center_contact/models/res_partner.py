# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..core import documents, search


class ResPartner(models.Model):
    """The registry of citizens: found by any of their data, stored in one format.

    Its rules apply only to the center's own contacts (`_contact_center_registered`); a
    salesperson's contacts keep Odoo's behaviour.
    """

    _inherit = "res.partner"
    _rec_names_search = [
        "complete_name",
        "email",
        "ref",
        "vat",
        "company_registry",
        "contact_center_find",
    ]

    contact_center_search = fields.Char(
        string="Search text", compute="_compute_contact_center_search", store=True, index="trigram"
    )
    contact_center_find = fields.Char(
        string="Name, number, e-mail or document",
        store=False,
        search="_search_contact_center_find",
    )

    # ------------------------------------------------------------
    # Whose rules hold
    # ------------------------------------------------------------

    @api.model
    def _is_contact_center_registry(self):
        """Return whether the user is working in the registry of citizens.

        This is so on its screens, which set the context, or if the user manages no other contacts.
        """
        if self.env.context.get("contact_center_registry"):
            return True
        user = self.env.user
        return user.has_group("contact_center.group_technician") and not user.has_group(
            "base.group_partner_manager"
        )

    def _contact_center_registered(self):
        """Return those of these contacts to which the registry's rules apply.

        These are people who have conversations, by any editor, and anybody edited in the
        registry.
        """
        if self._is_contact_center_registry():
            return self
        # sudo: contact_center.conversation - existence only
        groups = (
            self.env["contact_center.conversation"]
            .sudo()
            ._read_group([("partner_id", "in", self.ids)], ["partner_id"])
        )
        return self.browse(partner.id for (partner,) in groups)

    # ------------------------------------------------------------
    # Search
    # ------------------------------------------------------------

    @api.depends("name", "email", "phone", "vat", "ref", "contact_center_department")
    def _compute_contact_center_search(self):
        for partner in self:
            partner.contact_center_search = (
                search.search_text(
                    partner.name,
                    partner.email,
                    partner.vat,
                    partner.ref,
                    partner.contact_center_department,
                    phones=(partner.phone,),
                )
                or False
            )

    def _search_contact_center_find(self, operator, value):
        """Search by any part of name, telephone (either form), e-mail or document."""
        if operator == "in":
            # Exact comparisons (imports, look-ups by name) are not the purpose of this field
            return Domain.FALSE
        if operator != "ilike":
            return NotImplemented
        words = search.search_words(value)
        if not words:
            return Domain.TRUE
        return self._contact_center_find(words)

    @api.model
    def _contact_center_find(self, words):
        """Return the domain of contacts that match all `words` (hook).

        See `core.search.search_words`.

        A channel adds those it knows by other numbers or names.
        """
        return Domain.AND(
            Domain("contact_center_search", "ilike", _escaped(word)) for word in words
        )

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------

    @api.constrains("vat", "country_id")
    def _check_contact_center_document(self):
        """Refuse a CPF or CNPJ with wrong check digits (people of other countries have others)."""
        wrong = self.filtered(lambda partner: partner._is_wrong_document())
        for partner in wrong._contact_center_registered():
            raise ValidationError(
                self.env._(
                    "%(document)s is neither a CPF nor a CNPJ: please check the digits of "
                    "%(name)s.",
                    document=partner.vat,
                    name=partner.display_name,
                )
            )

    def _is_wrong_document(self):
        """Return whether this contact's document should be a CPF or CNPJ but is not."""
        self.ensure_one()
        abroad = self.country_id and self.country_id.code != "BR"
        if not self.vat or self.vat == "/" or abroad:
            return False
        try:
            documents.format_document(self.vat)
        except ValueError:
            return True
        return False

    @api.model_create_multi
    def create(self, vals_list):
        """Normalise telephones and documents; report duplicates in an imported file.

        :raise ValidationError: a telephone is none, with the reason
        """
        if self._is_contact_center_registry():
            if not self.env.su:
                vals_list = [self._contact_center_tidy(vals) for vals in vals_list]
            if self.env.context.get("import_file"):
                self._refuse_imported_duplicates(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """Normalise telephones and documents; only administrators may archive.

        :raise ValidationError: a telephone is none, with the reason
        """
        if self.env.su or not {"phone", "vat", "active"} & vals.keys():
            return super().write(vals)
        registered = self._contact_center_registered()
        if others := self - registered:
            super(ResPartner, others).write(vals)
        for partner in registered:
            if partner.active != vals.get("active", partner.active):
                self._check_may_archive()
        if not vals.get("phone"):
            return super(ResPartner, registered).write(registered._contact_center_tidy(vals))
        for partner in registered:
            # the rest of a telephone's text goes into each contact's own notes
            super(ResPartner, partner).write(partner._contact_center_tidy(vals))
        return True

    def _contact_center_tidy(self, vals):
        """Return typed or imported `vals` with telephone and document in their usual format."""
        vals = dict(vals)
        if vals.get("phone"):
            vals.update(self._tidy_phone(vals["phone"], vals.get("comment", self.comment)))
        if vals.get("vat"):
            try:
                vals["vat"] = documents.format_document(vals["vat"])
            except ValueError:
                return vals  # the constraint reports it, unless the person is from another country
        return vals

    @api.onchange("phone", "vat")
    def _onchange_contact_center_tidy(self):
        """Show at once how telephone and document will be stored, or why they are invalid."""
        if not self._is_contact_center_registry() and not self._origin._contact_center_registered():
            return None
        try:
            vals = self._contact_center_tidy({"phone": self.phone, "vat": self.vat})
        except ValidationError as error:
            return {"warning": {"title": self.env._("Telephone"), "message": error.args[0]}}
        self.update(vals)
        return None

    def _check_may_archive(self):
        """Raise AccessError unless the user may archive contacts."""
        allowed = ("contact_center.group_administrator", "base.group_partner_manager")
        if not any(self.env.user.has_group(group) for group in allowed):
            raise AccessError(self.env._("Only administrators archive or restore contacts."))

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_contact_center_delete(self):
        """Open the dialog that says what would be deleted and what is kept."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Delete contacts"),
            "res_model": "contact_center.contact.delete",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_ids": self.ids},
        }


def _escaped(word):
    """Return the word with LIKE wildcards escaped."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
