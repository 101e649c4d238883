from odoo import api, fields, models
from odoo.fields import Command, Domain

from odoo.addons.contact_center.tools import plain_words

from ..models.glpi_ticket_screen import words_of


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
    urgency = fields.Selection(selection="_urgencies", help="Empty: GLPI's default.")
    ticket_type = fields.Selection(selection="_types", string="Type", required=True, default="1")
    requester_name = fields.Char()
    requester_email = fields.Char(string="Requester's e-mail")
    requester_phone = fields.Char(string="Requester's phone")
    requester_checked = fields.Boolean(
        string="I checked that this is the citizen's address",
        help="Address and telephone find the requester's account in GLPI. What the citizen only "
        "typed may be somebody else's.",
    )
    with_files = fields.Boolean(string="Send the citizen's files", default=True)
    message_ids = fields.One2many(
        "glpi.ticket.open.message", "wizard_id", string="Messages that go along"
    )

    @api.model
    def _urgencies(self):
        return self.env["glpi.ticket"]._fields["urgency"]._description_selection(self.env)

    @api.model
    def _types(self):
        return self.env["glpi.ticket"]._fields["ticket_type"]._description_selection(self.env)

    @api.onchange("conversation_id")
    def _onchange_conversation_id(self):
        """Start from what the conversation already knows of the citizen."""
        conversation = self.conversation_id
        collected = {entry["key"]: entry["value"] for entry in conversation.collected or []}
        partner = conversation.partner_id
        self.requester_name = collected.get("nome") or partner.name
        self.requester_email = collected.get("email") or partner.email
        self.requester_phone = collected.get("telefone") or partner.phone
        self.title = self.title or collected.get("assunto") or collected.get("tipo")
        self.description = self.description or collected.get("descricao")
        self.message_ids = [Command.clear(), *self._message_lines(conversation)]

    def _message_lines(self, conversation):
        """Commands for the messages to choose from: what was said, the oldest first."""
        if not conversation:
            return []
        return [
            Command.create(
                {
                    "message_id": message.id,
                    "at": message.date,
                    "author": message.author_id.name,
                    "text": plain_words(message.body or "")[:300],
                    "files": len(message.attachment_ids),
                }
            )
            for message in conversation._spoken_messages()
            if message.body or message.attachment_ids
        ]

    def action_open(self):
        """Register the ticket; it is sent to GLPI right after."""
        self.ensure_one()
        conversation = self.conversation_id
        conversation.check_access("read")
        conversation._check_is_agent()
        chosen = self._chosen_messages()
        refs = self._media_refs() if self.with_files else []
        self.env["glpi.ticket"]._open_for(
            conversation,
            self.title,
            media_refs=list(dict.fromkeys([*refs, *(f"message:{one.id}" for one in chosen)])),
            description=self._whole_description(chosen),
            category_id=self.category_id.id,
            location_id=self.location_id.id,
            urgency=self.urgency,
            ticket_type=self.ticket_type,
            requester_name=self.requester_name,
            requester_email=self.requester_email,
            requester_phone=self._phone(),
            requester_typed=not self.requester_checked,
        )
        return {"type": "ir.actions.act_window_close"}

    def _phone(self):
        """The requester's telephone as it is written; ValidationError with why it is none."""
        if not (self.requester_phone or "").strip():
            return False
        return self.env["res.partner"]._tidy_phone(self.requester_phone)["phone"]

    def _chosen_messages(self):
        """The chosen messages that were really said in this conversation (never a note)."""
        ids = self.message_ids.filtered("chosen").message_id.ids
        return self.conversation_id._spoken_messages().filtered(lambda one: one.id in ids)

    def _whole_description(self, chosen):
        """The description, and below it the chosen messages word for word."""
        lines = [
            f"{message.author_id.name or '-'}: {words_of(message.body)}"
            for message in chosen
            if words_of(message.body)
        ]
        return "\n\n".join(filter(None, [self.description, "\n".join(lines)]))

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


class GlpiTicketOpenMessage(models.TransientModel):
    """One message that may go along with the ticket."""

    _name = "glpi.ticket.open.message"
    _description = "Message for a GLPI Ticket"
    _order = "message_id"

    wizard_id = fields.Many2one("glpi.ticket.open", required=True, ondelete="cascade")
    message_id = fields.Many2one("mail.message", required=True, ondelete="cascade")
    chosen = fields.Boolean(string="Send")
    at = fields.Datetime(string="When", readonly=True)
    author = fields.Char(readonly=True)
    text = fields.Char(readonly=True)
    files = fields.Integer(readonly=True)
