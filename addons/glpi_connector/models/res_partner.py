# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class ResPartner(models.Model):
    """A citizen's GLPI tickets, and their verified address."""

    _inherit = "res.partner"

    glpi_ticket_count = fields.Integer(
        compute="_compute_glpi_ticket_count",
        string="GLPI tickets",
        groups="contact_center.group_technician,contact_center.group_manager",
    )

    glpi_email_proved = fields.Char(
        string="Proved e-mail",
        readonly=True,
        copy=False,
        groups="contact_center.group_manager",
        help="The address that the person confirmed by a code, or that staff entered.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Treat addresses entered by staff as verified; typed ones are only claims."""
        partners = super().create(vals_list)
        for partner, vals in zip(partners, vals_list, strict=True):
            if vals.get("email") and self._entered_by_staff():
                partner._glpi_prove_email(vals["email"])
        return partners

    def write(self, vals):
        """See `create`. A removed address is no longer verified."""
        result = super().write(vals)
        if "email" in vals and self._entered_by_staff():
            self._glpi_prove_email(vals["email"])
        elif "email" in vals and not vals["email"]:
            self._glpi_prove_email(False)
        return result

    def _entered_by_staff(self):
        """Return whether staff are acting, not the system for a citizen."""
        return not self.env.su and self.env.user._is_internal()

    def _glpi_prove_email(self, email):
        """Record that this address is this person's."""
        # sudo: res.partner - internal bookkeeping
        self.sudo().glpi_email_proved = (email or "").strip().casefold() or False

    def _glpi_email_is_proved(self, email):
        """Return whether the address is known to be this person's."""
        self.ensure_one()
        # sudo: res.partner - only compared
        proved = self.sudo().glpi_email_proved
        return bool(proved) and proved == (email or "").strip().casefold()

    @api.depends_context("uid")
    def _compute_glpi_ticket_count(self):
        """Count the tickets of this citizen that the user may see."""
        for partner in self:
            partner.glpi_ticket_count = self.env["glpi.ticket"].search_count(
                [("conversation_id.partner_id", "in", partner.ids)]
            )

    def _contact_center_kept(self):
        """Keep contacts with tickets: GLPI has those too, under the number the citizen knows."""
        kept = super()._contact_center_kept()
        # sudo: glpi.ticket - counts only, for any user
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
