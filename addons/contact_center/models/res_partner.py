# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core import contacts


class ResPartner(models.Model):
    """Citizens, with their conversations; a contact with conversations is not deleted."""

    _inherit = "res.partner"

    contact_center_department = fields.Char(
        string="Secretariat or department", help="Where the person works, for the city's own staff."
    )
    contact_center_phone_key = fields.Char(
        string="Telephone in one form",
        compute="_compute_contact_center_phone_key",
        store=True,
        index="btree_not_null",
        help="The same for a mobile with and without its ninth digit.",
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

    @api.depends("phone")
    def _compute_contact_center_phone_key(self):
        for partner in self:
            partner.contact_center_phone_key = contacts.phone_key(partner.phone) or False

    @api.depends_context("uid")
    def _compute_contact_center_conversation_count(self):
        """Count this citizen's conversations that the user may see."""
        groups = self.env["contact_center.conversation"]._read_group(
            [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.contact_center_conversation_count = counts.get(partner.id, 0)

    # ------------------------------------------------------------
    # Deleting
    # ------------------------------------------------------------

    def _contact_center_kept(self):
        """Return what must be kept for these contacts: how many, of what, why (hook).

        A contact with anything here is archived instead of deleted. Higher addons add their own.
        """
        # sudo: contact_center.conversation, mail.message - counts only, for any user
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
