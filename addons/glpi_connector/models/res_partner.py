from odoo import api, fields, models


class ResPartner(models.Model):
    """A citizen's tickets in GLPI at hand."""

    _inherit = "res.partner"

    glpi_ticket_count = fields.Integer(
        compute="_compute_glpi_ticket_count",
        string="GLPI tickets",
        groups="contact_center.group_technician,contact_center.group_manager",
    )

    @api.depends_context("uid")
    def _compute_glpi_ticket_count(self):
        """Tickets of this citizen that the user may see."""
        for partner in self:
            partner.glpi_ticket_count = self.env["glpi.ticket"].search_count(
                [("conversation_id.partner_id", "in", partner.ids)]
            )

    def _contact_center_kept(self):
        """Tickets are kept: GLPI has them too, with the number that the citizen was told."""
        kept = super()._contact_center_kept()
        # sudo: glpi.ticket - only counted, whoever is asking
        tickets = (
            self.env["glpi.ticket"]
            .sudo()
            .search_count([("conversation_id.partner_id", "in", self.ids)])
        )
        return [*kept, (tickets, self.env._("tickets in GLPI"))] if tickets else kept

    def action_view_glpi_tickets(self):
        """Open this citizen's tickets."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("glpi_connector.ticket_action")
        return {
            **action,
            "domain": [("conversation_id.partner_id", "=", self.id)],
            "context": {},
        }
