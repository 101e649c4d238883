# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain

_PANEL_TICKETS = 20
_ANY_TICKET = """
SELECT FROM glpi_ticket ticket
JOIN contact_center_conversation conversation ON conversation.id = ticket.conversation_id
WHERE conversation.partner_id = %s LIMIT 1
"""


class Conversation(models.Model):
    """The GLPI tickets of a conversation."""

    _inherit = "contact_center.conversation"

    ticket_ids = fields.One2many("glpi.ticket", "conversation_id", string="Tickets")
    ticket_count = fields.Integer(compute="_compute_ticket_count")

    @api.depends("ticket_ids")
    def _compute_ticket_count(self):
        counts = dict(
            self.env["glpi.ticket"]._read_group(
                [("conversation_id", "in", self.ids)], ["conversation_id"], ["__count"]
            )
        )
        for conversation in self:
            conversation.ticket_count = counts.get(conversation, 0)

    def _glpi_tickets(self, domain):
        """Return this citizen's tickets in `domain`, newest first."""
        if not self._glpi_has_tickets(self.partner_id):
            return self.env["glpi.ticket"]
        return self.env["glpi.ticket"].search(
            [("conversation_id.partner_id", "=", self.partner_id.id), *domain], order="id desc"
        )

    @api.model
    def _glpi_has_tickets(self, partner):
        """Return whether a citizen has any: most have none, and each message asks."""
        self.flush_model(["partner_id"])
        self.env.cr.execute(_ANY_TICKET, [partner.id])
        return bool(self.env.cr.rowcount)

    def action_open_tickets(self):
        """Show the tickets of this conversation; a single one opens directly."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("glpi_connector.ticket_action")
        action |= {"domain": [("conversation_id", "=", self.id)], "context": {}}
        if len(self.ticket_ids) == 1:
            action |= {"res_id": self.ticket_ids.id, "views": [(False, "form")]}
        return action

    def action_new_ticket(self):
        """Let the agent open a GLPI ticket for the citizen."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open GLPI ticket"),
            "res_model": "glpi.ticket.open",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_conversation_id": self.id},
        }

    def _panel_data(self):
        """Add the citizen's tickets: all that are not closed, and this conversation's own."""
        return {**super()._panel_data(), "glpi_tickets": self._panel_tickets()}

    def _panel_tickets(self):
        """Return the rows of the side panel, newest first.

        Tickets of the citizen's other conversations are included only while the citizen is being
        served here, with only the data that the citizen knows: number, title and state.
        """
        # sudo: glpi.ticket - tickets of the citizen whom the user serves
        tickets = self.env["glpi.ticket"].sudo()
        domain = Domain("conversation_id", "=", self.id)
        if self._is_being_served():
            others = Domain("conversation_id.partner_id", "=", self.sudo().partner_id.id)
            domain |= others & Domain("glpi_status", "not in", ["5", "6"])
        return [
            ticket._panel_row(readable=ticket.with_env(self.env).has_access("read"))
            for ticket in tickets.search(domain, order="id desc", limit=_PANEL_TICKETS)
        ]

    def _canned_values(self):
        # sudo: glpi.ticket - anybody who reads the conversation may know its tickets
        opened = self.sudo().ticket_ids.filtered("glpi_id").sorted("id")[-1:]
        return {**super()._canned_values(), "ticket": opened.glpi_number or ""}

    def _flow_values(self, names):
        values = super()._flow_values(names)
        if "ticket" in names:
            opened = self.ticket_ids.filtered("glpi_id").sorted("id")[-1:]
            values["ticket"] = opened.glpi_number or ""
        return values

    def _flow_value_chamados_abertos(self):
        """Return how many tickets of the citizen are neither solved nor closed."""
        domain = Domain("conversation_id.partner_id", "=", self.partner_id.id)
        domain &= Domain("glpi_status", "not in", ["5", "6"])
        # sudo: glpi.ticket - the citizen's own tickets, counted for the citizen
        count = self.env["glpi.ticket"].sudo().search_count(domain)
        return super()._flow_value_chamados_abertos() + count
