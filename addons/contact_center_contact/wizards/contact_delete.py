# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError


class ContactDelete(models.TransientModel):
    """Asks before contacts are deleted, and lists what the law requires to keep."""

    _name = "contact_center.contact.delete"
    _description = "Delete Contacts"

    partner_ids = fields.Many2many(
        "res.partner", string="Contacts", required=True, context={"active_test": False}
    )
    kept_ids = fields.Many2many(
        "res.partner", string="Contacts to archive", compute="_compute_kept"
    )
    kept = fields.Html(compute="_compute_kept", sanitize=False)
    deleted_count = fields.Integer(compute="_compute_kept")

    @api.depends("partner_ids")
    def _compute_kept(self):
        for wizard in self:
            rows, kept_partners = [], self.env["res.partner"]
            for partner in wizard.partner_ids:
                if kept := partner._contact_center_kept():
                    kept_partners |= partner
                    what = ", ".join(f"{count} {label}" for count, label in kept)
                    rows.append(Markup("<li><b>%s</b>: %s</li>") % (partner.display_name, what))
            wizard.kept_ids = kept_partners
            wizard.deleted_count = len(wizard.partner_ids - kept_partners)
            wizard.kept = Markup("<ul>%s</ul>") % Markup().join(rows) if rows else False

    def action_confirm(self):
        """Delete the contacts without a history and archive the others."""
        self.ensure_one()
        if not self.env.user.has_group("contact_center.group_administrator"):
            raise AccessError(self.env._("Only administrators delete contacts."))
        kept = self.kept_ids.filtered(lambda partner: partner._contact_center_kept())
        (self.partner_ids - kept).unlink()
        kept.action_archive()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contacts"),
            "res_model": "res.partner",
            "views": [
                (self.env.ref("contact_center_contact.contact_view_list").id, "list"),
                (self.env.ref("contact_center_contact.contact_view_kanban").id, "kanban"),
                (self.env.ref("contact_center_contact.contact_view_form").id, "form"),
            ],
            "search_view_id": [self.env.ref("contact_center_contact.contact_view_search").id],
            "domain": self.env["ir.actions.act_window"]._for_xml_id(
                "contact_center_contact.contact_action"
            )["domain"],
            "context": {"contact_center_registry": True},
            "target": "main",
        }
