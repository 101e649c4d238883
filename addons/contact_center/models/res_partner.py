from odoo import api, fields, models


class ResPartner(models.Model):
    """A citizen's conversations at hand."""

    _inherit = "res.partner"

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

    def action_view_contact_center_conversations(self):
        """Open the conversations with this citizen."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("contact_center.conversation_action")
        action.update(domain=[("partner_id", "=", self.id)], context={})
        return action
