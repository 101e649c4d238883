from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..core import contacts


class ResPartner(models.Model):
    """Citizens: found by any part of what is known of them, with their conversations at hand."""

    _inherit = "res.partner"
    _rec_names_search = [
        "complete_name",
        "email",
        "ref",
        "vat",
        "company_registry",
        "contact_center_find",
    ]

    contact_center_department = fields.Char(
        string="Secretariat or department", help="Where the person works, for the city's own staff."
    )
    contact_center_phone_key = fields.Char(
        string="Telephone in one form",
        compute="_compute_contact_center_search",
        store=True,
        index="btree_not_null",
        help="The same for a mobile with and without its ninth digit.",
    )
    contact_center_search = fields.Char(
        string="Search text", compute="_compute_contact_center_search", store=True, index="trigram"
    )
    contact_center_find = fields.Char(
        string="Name, number, e-mail or document",
        store=False,
        search="_search_contact_center_find",
    )
    contact_center_conversation_ids = fields.One2many(
        "contact_center.conversation",
        "partner_id",
        string="Conversations with the citizen",
        groups="contact_center.group_technician,contact_center.group_manager",
    )
    contact_center_conversation_count = fields.Integer(
        compute="_compute_contact_center_conversation_count",
        string="Conversations",
        groups="contact_center.group_technician,contact_center.group_manager",
    )

    @api.depends_context("uid")
    def _compute_contact_center_conversation_count(self):
        """Conversations with this citizen that the user may see."""
        groups = self.env["contact_center.conversation"]._read_group(
            [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.contact_center_conversation_count = counts.get(partner.id, 0)

    # ------------------------------------------------------------
    # Search
    # ------------------------------------------------------------

    @api.depends("name", "email", "phone", "vat", "ref", "contact_center_department")
    def _compute_contact_center_search(self):
        for partner in self:
            partner.contact_center_phone_key = contacts.phone_key(partner.phone) or False
            partner.contact_center_search = (
                contacts.search_text(
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
            # An exact comparison (imports, look-ups by name) is not what this field is for
            return Domain.FALSE
        if operator != "ilike":
            return NotImplemented
        words = contacts.search_words(value)
        if not words:
            return Domain.TRUE
        return self._contact_center_find(words)

    @api.model
    def _contact_center_find(self, words):
        """Hook: the domain of contacts that have all `words` (`core.contacts.search_words`).

        A channel adds those who are known to it under other numbers or names.
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
        for partner in self:
            abroad = partner.country_id and partner.country_id.code != "BR"
            if not partner.vat or partner.vat == "/" or abroad:
                continue
            try:
                contacts.format_document(partner.vat)
            except ValueError:
                raise ValidationError(
                    self.env._(
                        "%(document)s is neither a CPF nor a CNPJ: please check the digits of "
                        "%(name)s.",
                        document=partner.vat,
                        name=partner.display_name,
                    )
                ) from None

    @api.model_create_multi
    def create(self, vals_list):
        """Write telephones and documents in one way; name duplicates in a file being imported.

        :raise ValidationError: a telephone is none, with the reason
        """
        if not self.env.su:
            vals_list = [self._contact_center_tidy(vals) for vals in vals_list]
        if self.env.context.get("import_file"):
            self._refuse_imported_duplicates(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """Write telephones and documents in one way; archiving is for administrators.

        :raise ValidationError: a telephone is none, with the reason
        """
        if not self.env.su:
            if len(self) > 1 and vals.get("phone"):
                # what else a telephone's text says goes into each one's own notes
                for partner in self:
                    partner.write(vals)
                return True
            if any(partner.active != vals.get("active", partner.active) for partner in self):
                self._check_may_archive()
            vals = self._contact_center_tidy(vals)
        return super().write(vals)

    def _contact_center_tidy(self, vals):
        """Return `vals` as people type or import them with telephone and document as printed."""
        vals = dict(vals)
        if vals.get("phone"):
            vals.update(self._tidy_phone(vals["phone"], vals.get("comment", self.comment)))
        if vals.get("vat"):
            try:
                vals["vat"] = contacts.format_document(vals["vat"])
            except ValueError:
                return vals  # the constraint says so, unless the person is of another country
        return vals

    @api.onchange("phone", "vat")
    def _onchange_contact_center_tidy(self):
        """Show at once how telephone and document will be stored, or why they will not be."""
        try:
            vals = self._contact_center_tidy({"phone": self.phone, "vat": self.vat})
        except ValidationError as error:
            return {"warning": {"title": self.env._("Telephone"), "message": error.args[0]}}
        self.update(vals)
        return None

    def _check_may_archive(self):
        """Raise AccessError unless the user may take contacts out of everybody's sight."""
        allowed = ("contact_center.group_administrator", "base.group_partner_manager")
        if not any(self.env.user.has_group(group) for group in allowed):
            raise AccessError(self.env._("Only administrators archive or restore contacts."))

    # ------------------------------------------------------------
    # Deleting
    # ------------------------------------------------------------

    def _contact_center_kept(self):
        """Hook: what must be kept of these contacts, as (how many, what it is) with the reason.

        A contact with anything here is archived instead of deleted. Addons above add their own.
        """
        # sudo: contact_center.conversation, mail.message - only counted, whoever is asking
        conversations = (
            self.env["contact_center.conversation"].sudo().search([("partner_id", "in", self.ids)])
        )
        if not conversations:
            return []
        messages = (
            self.env["mail.message"]
            .sudo()
            .search_count(
                [
                    ("model", "=", "discuss.channel"),
                    ("res_id", "in", conversations.discuss_channel_id.ids),
                    ("message_type", "!=", "notification"),
                ]
            )
        )
        return [
            (len(conversations), self.env._("conversations, with their protocol numbers")),
            (messages, self.env._("messages of these conversations")),
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_contact_center_kept(self):
        for partner in self:
            if kept := partner._contact_center_kept():
                raise UserError(
                    self.env._(
                        "%(name)s cannot be deleted, because the law wants this kept: %(kept)s. "
                        "Archive the contact instead.",
                        name=partner.display_name,
                        kept=", ".join(f"{count} {what}" for count, what in kept),
                    )
                )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_view_contact_center_conversations(self):
        """Open the conversations with this citizen."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("contact_center.conversation_action")
        action.update(domain=[("partner_id", "=", self.id)], context={})
        return action

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
    """The word with the wildcards of LIKE as plain characters."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
