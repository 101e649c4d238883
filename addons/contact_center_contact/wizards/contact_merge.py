# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError


class ContactMerge(models.TransientModel):
    """Merges two contacts after a person has compared them."""

    _name = "contact_center.contact.merge"
    _description = "Merge Contacts"

    duplicate_id = fields.Many2one(
        "contact_center.contact.duplicate", required=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="duplicate_id.partner_id")
    other_id = fields.Many2one(related="duplicate_id.other_id")
    reasons = fields.Char(related="duplicate_id.reasons")
    partner_facts = fields.Html(compute="_compute_facts", sanitize=False)
    other_facts = fields.Html(compute="_compute_facts", sanitize=False)
    keep = fields.Selection(
        [("partner", "The contact on the left"), ("other", "The contact on the right")],
        string="Which one stays",
        required=True,
        default="partner",
    )

    @api.depends("duplicate_id")
    def _compute_facts(self):
        for wizard in self:
            wizard.partner_facts = wizard._facts(wizard.partner_id)
            wizard.other_facts = wizard._facts(wizard.other_id)

    def _facts(self, partner):
        """Return the HTML of the data that distinguishes one person from another."""
        names = ("name", "phone", "email", "vat", "ref", "contact_center_department")
        names += ("street", "street2", "city", "contact_center_district_id")
        labels = partner.fields_get(names, ["string"])
        rows = [
            (
                labels[name]["string"],
                partner._fields[name].convert_to_export(partner[name], partner),
            )
            for name in names
            if partner[name]
        ]
        rows += [(label, count) for count, label in partner._contact_center_kept()]
        return Markup("<table class='table table-sm mb-0'>%s</table>") % Markup().join(
            Markup("<tr><th class='text-nowrap pe-3'>%s</th><td>%s</td></tr>") % row for row in rows
        )

    def action_merge(self):
        """Move all that the other contact has to the remaining one.

        Conversations, identities, tickets.

        Odoo's own merge also fills in missing data (e-mail, address ...). A note on the contact
        says what was merged, by whom and why.
        """
        self.ensure_one()
        pair = self.duplicate_id
        pair._check_may_decide()
        kept, gone = pair.partner_id, pair.other_id
        if self.keep == "other":
            kept, gone = gone, kept
        # sudo: res.users - existence only
        if (kept | gone).sudo().with_context(active_test=False).user_ids:
            raise UserError(self.env._("A contact that belongs to a user is not merged here."))
        note = self.env._(
            "Merged with the contact %(name)s (ID %(id)s; %(phone)s; %(email)s), because of: "
            "%(reasons)s. Its address: %(address)s.",
            name=gone.display_name,
            id=gone.id,
            phone=gone.phone or "-",
            email=gone.email or "-",
            reasons=pair.reasons or "-",
            address=", ".join(filter(None, (gone.street, gone.street2, gone.city))) or "-",
        )
        # sudo: contact_center.contact.duplicate - settled, and a pair of one contact is not a pair
        pair.sudo().unlink()
        # sudo: base.partner.merge.automatic.wizard, res.partner - moves rows that a supervisor may
        # not write
        merger = self.env["base.partner.merge.automatic.wizard"].sudo()
        merger._merge((kept | gone).ids, kept.sudo(), extra_checks=False)
        kept.message_post(body=note, subtype_xmlid="mail.mt_note")
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": kept.id,
            "views": [(self.env.ref("contact_center_contact.contact_view_form").id, "form")],
            "context": {"contact_center_registry": True},
        }
