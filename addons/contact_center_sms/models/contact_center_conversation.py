# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.contact_center.core.contacts import phone_display

from ..gateway import parts


class Conversation(models.Model):
    """Conversations over text messages: menus become numbered lines."""

    _inherit = "contact_center.conversation"

    channel_kind = fields.Selection(selection_add=[("sms", "SMS")], ondelete={"sms": "set default"})
    sms_gateway_id = fields.Many2one(
        "contact_center.sms.gateway", string="SMS gateway", readonly=True, ondelete="restrict"
    )
    sms_number = fields.Char(string="Number of the messages", readonly=True)

    @api.depends("sms_gateway_id")
    def _compute_number_key(self):
        result = super()._compute_number_key()
        for conversation in self.filtered("sms_gateway_id"):
            conversation.number_key = f"sms:{conversation.sms_gateway_id.id}"
        return result

    def _first_company(self):
        """Return the gateway's city hall."""
        return self.sms_gateway_id.company_id or super()._first_company()

    def _citizen_address(self):
        """Return the number that the messages go to."""
        # sudo: contact_center.conversation - shown to whoever may see the conversation
        number = self.sudo().sms_number
        if self.channel_kind != "sms" or not number:
            return super()._citizen_address()
        return {"number": phone_display(number), "username": ""}

    def _proved_number(self):
        """Return the number; operators vouch for it."""
        if self.channel_kind != "sms":
            return super()._proved_number()
        # sudo: contact_center.conversation - as in `_citizen_address`
        return self.sudo().sms_number or ""

    def _deliver(self, message, outgoing):
        """Put an outgoing message into the outbox, in this transaction."""
        super()._deliver(message, outgoing)
        # sudo: contact_center.conversation, contact_center.sms.message - agents see no outbox
        conversation = self.sudo()
        if conversation.channel_kind != "sms" or not conversation.sms_gateway_id:
            return
        text = conversation._sms_text(outgoing)
        if not text:
            return
        conversation.env["contact_center.sms.message"]._say(
            conversation.sms_gateway_id,
            conversation.sms_number,
            text,
            partner_id=conversation.partner_id.id,
            conversation_id=conversation.id,
            mail_message_id=message.id,
        )

    @api.model
    def _sms_text(self, outgoing):
        """Return an `Outgoing` as words alone: options numbered, a place as a link."""
        lines = [outgoing.header, outgoing.text]
        for position, option in enumerate(outgoing.options, 1):
            lines.append(f"{option.label or position} {option.title}")
        if outgoing.location:
            place = outgoing.location
            link = f"https://maps.google.com/?q={place.latitude:.6f},{place.longitude:.6f}"
            lines += [place.name, place.address, link]
        if outgoing.media:
            env = self._citizen_env() if self else self.env
            lines.append(env._("(A file that a text message cannot carry.)"))
        lines.append(outgoing.footer)
        return "\n".join(line for line in lines if line)

    # ------------------------------------------------------------
    # The agent's composer
    # ------------------------------------------------------------

    def _composer_features(self):
        if self.channel_kind != "sms":
            return super()._composer_features()
        return {"text_max": 153 * parts.MAX_PARTS, "marks": False, "location": True}

    def _composer_preview(self, text):
        """Return the text as it will be sent: accents may go."""
        if self.channel_kind != "sms":
            return super()._composer_preview(text)
        # sudo: contact_center.sms.gateway - agents may not see it; only how it writes counts
        accents = self.sudo().sms_gateway_id.has_accents
        words = parts.tidy(text or "", accents=accents)
        return [self._text_to_html(words)] if words else []

    def _composer_file(self, name, mimetype, size):
        if self.channel_kind != "sms":
            return super()._composer_file(name, mimetype, size)
        return {"problem": self.env._("A text message carries no files."), "choices": []}

    def _composer_content(self, name, mimetype, content):
        if self.channel_kind != "sms":
            return super()._composer_content(name, mimetype, content)
        return self.env._("A text message carries no files.")

    def _check_reaction(self, message):
        if self.channel_kind == "sms":
            raise UserError(self.env._("A text message carries no reactions."))
        return super()._check_reaction(message)

    # ------------------------------------------------------------
    # Personal data
    # ------------------------------------------------------------

    def _erase_personal_texts(self):
        result = super()._erase_personal_texts()
        # sudo: contact_center.sms.message - the officer's work does not depend on what they read
        said = self.env["contact_center.sms.message"].sudo()
        said.search([("conversation_id", "in", self.ids)]).write({"text": False, "detail": False})
        return result
