from odoo import api, fields, models
from odoo.fields import Domain


class GlpiTicketOpen(models.TransientModel):
    """Dialog in which an agent opens a GLPI ticket for the citizen of a conversation."""

    _name = "glpi.ticket.open"
    _description = "Open GLPI Ticket"

    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, readonly=True, ondelete="cascade"
    )
    title = fields.Char(required=True)
    description = fields.Text(required=True)
    category_id = fields.Many2one("glpi.category")
    location_id = fields.Many2one("glpi.location")
    requester_name = fields.Char()
    requester_email = fields.Char(string="Requester's e-mail")
    with_files = fields.Boolean(string="Send the citizen's files", default=True)

    @api.onchange("conversation_id")
    def _onchange_conversation_id(self):
        """Start from what the conversation already knows of the citizen."""
        conversation = self.conversation_id
        collected = {entry["key"]: entry["value"] for entry in conversation.collected or []}
        partner = conversation.partner_id
        self.requester_name = collected.get("nome") or partner.name
        self.requester_email = collected.get("email") or partner.email

    def action_open(self):
        """Register the ticket; it is sent to GLPI right after."""
        self.ensure_one()
        conversation = self.conversation_id
        conversation.check_access("read")
        conversation._check_is_agent()
        self.env["glpi.ticket"]._open_for(
            conversation,
            self.title,
            media_refs=self._media_refs() if self.with_files else (),
            description=self.description,
            category_id=self.category_id.id,
            location_id=self.location_id.id,
            requester_name=self.requester_name,
            requester_email=self.requester_email,
            requester_phone=conversation.partner_id.phone,
        )
        return {"type": "ir.actions.act_window_close"}

    def _media_refs(self):
        """References of the citizen's messages with files that no ticket of theirs has yet."""
        conversation = self.conversation_id
        # sudo: mail.message, glpi.document - of a conversation that the agent serves
        sent = conversation.sudo().ticket_ids.document_ids.message_id
        messages = (
            self.env["mail.message"]
            .sudo()
            .search(
                conversation._said_domain()
                & Domain("author_id", "=", conversation.partner_id.id)
                & Domain("attachment_ids", "!=", False)
                & Domain("id", "not in", sent.ids)
            )
        )
        return [f"message:{message.id}" for message in messages]
