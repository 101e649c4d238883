# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.chatbot_flow.engine import names
from odoo.addons.contact_center.tools import plain_words

from ..models.glpi_ticket_screen import words_of
from ..rest import draft

# Characters of a message shown in the list.
SHOWN_LENGTH = 300


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
        help="Address and telephone find the requester's account in GLPI. Data that the citizen "
        "only typed may be somebody else's.",
    )
    message_options = fields.Json(
        compute="_compute_message_options",
        help="Messages that may be included, see `_message_option`.",
    )
    chosen_ids = fields.Json(
        string="Messages that go along",
        help="Ids of the messages whose words and files go into the ticket.",
    )

    @api.model
    def _urgencies(self):
        return self.env["glpi.ticket"]._fields["urgency"]._description_selection(self.env)

    @api.model
    def _types(self):
        return self.env["glpi.ticket"]._fields["ticket_type"]._description_selection(self.env)

    @api.onchange("conversation_id")
    def _onchange_conversation_id(self):
        """Fill in the data that the conversation already has of the citizen."""
        conversation = self.conversation_id
        entries = conversation.collected or []
        collected = {entry["key"]: str(entry["value"] or "") for entry in entries}
        partner = conversation.partner_id
        self.requester_name = collected.get("nome") or partner.name
        self.requester_email = collected.get("email") or partner.email
        self.requester_phone = collected.get("telefone") or partner.phone
        if not conversation:
            return
        telling = self._telling_messages()
        told = [words_of(message.body) for message in telling]
        others = draft.other_answers(entries)
        about = draft.description(collected, told)
        self.title = self.title or draft.title(collected, told)
        self.description = self.description or "\n".join(filter(None, [about, *others]))
        self.chosen_ids = telling.ids

    # ------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------

    @api.depends("conversation_id")
    def _compute_message_options(self):
        for wizard in self:
            wizard.message_options = [
                wizard._message_option(message) for message in wizard._offered_messages()
            ]

    def _offered_messages(self):
        """Return the citizen's and agents' messages of the conversation, oldest first."""
        conversation = self.conversation_id
        if not conversation or not conversation.has_access("read"):
            return self.env["mail.message"]
        bot = conversation._bot_partner()
        return conversation._spoken_messages().filtered(
            lambda message: message.author_id != bot and (message.body or message.attachment_ids)
        )

    def _telling_messages(self):
        """Return the initially ticked messages.

        These are the citizen's messages that say something new, and files that no ticket of theirs
        has yet.
        """
        conversation = self.conversation_id
        answers = [str(entry.get("value") or "") for entry in conversation.collected or []]
        # sudo: res.partner, glpi.document - of a conversation that the agent serves
        citizen = conversation.sudo().partner_id
        sent = conversation.sudo().ticket_ids.document_ids.message_id

        def is_telling(message):
            if message.author_id != citizen:
                return False
            if message.attachment_ids and message not in sent:
                return True
            return draft.tells(words_of(message.body), answers, names.is_greeting)

        return self._offered_messages().filtered(is_telling)

    def _message_option(self, message):
        """Return one line of the list.

        :return: {"id", "at": UTC, "author", "text", "files": names, "citizen": theirs or not}
        """
        return {
            "id": message.id,
            "at": fields.Datetime.to_string(message.date),
            "author": message.author_id.name or "",
            "text": plain_words(message.body or "")[:SHOWN_LENGTH],
            "files": message.attachment_ids.mapped("name"),
            # sudo: res.partner - the author's name
            "citizen": message.author_id == self.conversation_id.sudo().partner_id,
        }

    def action_open(self):
        """Register the ticket; it is sent to GLPI right afterwards."""
        self.ensure_one()
        conversation = self.conversation_id
        conversation.check_access("read")
        conversation._check_is_agent()
        chosen = self._chosen_messages()
        self.env["glpi.ticket"]._open_for(
            conversation,
            self.title,
            media_refs=[f"message:{one.id}" for one in chosen],
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
        """Return the requester's telephone as written; raise ValidationError if it is invalid."""
        if not (self.requester_phone or "").strip():
            return False
        return self.env["res.partner"]._tidy_phone(self.requester_phone)["phone"]

    def _chosen_messages(self):
        """Return the chosen messages that were really said in this conversation (never a note)."""
        ids = self.chosen_ids or []
        if not isinstance(ids, list):
            raise UserError(self.env._("The messages that go along cannot be read."))
        return self._offered_messages().filtered(lambda one: one.id in ids)

    def _whole_description(self, chosen):
        """Return the description, and below it the chosen messages word for word.

        Text that the description already contains is not repeated.
        """
        description = self.description or ""
        lines = [
            f"{message.author_id.name or '-'}: {words}"
            for message in chosen
            if (words := words_of(message.body)) and not draft.holds(description, words)
        ]
        return "\n\n".join(filter(None, [description, "\n".join(lines)]))
