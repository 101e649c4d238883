# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.contact_center.core import contacts

from ..cloud_api import phone, template_defaults
from ..cloud_api import template as templates
from ..cloud_api.reading import a_list
from ..models.conversation_template import DEFAULTS

# Known only to the conversation that begins with the message: filled in when it is sent.
LATER = "protocolo"


class TemplateSend(models.TransientModel):
    """Choose a template, fill it in, see it as the citizen will, send it.

    In a conversation, to a contact, or to a number that nobody registered yet. Without a
    conversation one begins with it. Contact and identity are created only when the message is
    sent: closing the dialog leaves nothing behind.
    """

    _name = "whatsapp.template.send"
    _description = "Send a Template"

    conversation_id = fields.Many2one("contact_center.conversation", ondelete="cascade")
    recipient = fields.Selection(
        [("number", "A number"), ("contact", "A registered contact")],
        string="Write to",
        help="Set for a new message, where no contact was chosen before.",
    )
    number = fields.Char(help="Typed or pasted in any way, with the area code.")
    name = fields.Char(string="Person's name")
    known_partner_id = fields.Many2one(
        "res.partner", compute="_compute_known_partner_id", compute_sudo=False
    )
    number_note = fields.Char(
        compute="_compute_known_partner_id",
        compute_sudo=False,
        help="The owner of this number, or why it is invalid.",
    )
    number_shown = fields.Char(
        compute="_compute_known_partner_id",
        compute_sudo=False,
        help="The number as it was understood.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Citizen",
        compute="_compute_partner_id",
        store=True,
        precompute=True,
        compute_sudo=False,  # users who may not read the conversation learn nothing of it here
        readonly=False,
        ondelete="cascade",
    )
    address = fields.Char(compute="_compute_address", string="To")
    waba_id = fields.Char(compute="_compute_waba_id")
    template_id = fields.Many2one("whatsapp.template", required=True, ondelete="cascade")
    variables = fields.Json(
        compute="_compute_variables",
        compute_sudo=False,
        help="Variables to fill in: [{key, label, example, later}], in reading order.",
    )
    texts = fields.Json(
        compute="_compute_texts",
        store=True,
        compute_sudo=False,
        readonly=False,
        help="{key of a variable: text}.",
    )
    media_format = fields.Char(compute="_compute_media_format")
    header_file = fields.Binary(string="File of the header")
    header_filename = fields.Char()
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    # ------------------------------------------------------------
    # The recipient
    # ------------------------------------------------------------

    @api.depends("conversation_id")
    def _compute_partner_id(self):
        for wizard in self:
            wizard.partner_id = wizard.conversation_id.partner_id or wizard.partner_id

    @api.depends("partner_id")
    def _compute_address(self):
        for wizard in self:
            partner = wizard.partner_id
            wizard.address = partner.whatsapp_address or partner.phone

    @api.depends("partner_id", "conversation_id")
    def _compute_waba_id(self):
        for wizard in self:
            # sudo: contact_center.conversation, whatsapp.account - only the account's id
            account = wizard.conversation_id.sudo().whatsapp_account_id
            wizard.waba_id = (account or wizard.partner_id._whatsapp_account()).waba_id

    @api.depends("recipient", "number")
    def _compute_known_partner_id(self):
        """Read the number while it is typed, and show its owner."""
        for wizard in self:
            wizard.known_partner_id = wizard.number_note = wizard.number_shown = False
            if wizard.recipient != "number" or not (wizard.number or "").strip():
                continue
            try:
                number = wizard._read_number()
            except UserError as error:
                wizard.number_note = str(error)
                continue
            wizard.number_shown = phone.display(number) or number
            wizard.known_partner_id = known = wizard._owner_of(number)
            if known:
                wizard.number_note = self.env._(
                    "Already registered: %s. The message goes to this contact.", known.display_name
                )

    def _read_number(self):
        """Return the typed number as digits with country code.

        :raise ValidationError: it is no such number, with the reason
        """
        return self.env["res.partner"].new({"phone": self.number})._writable_number()

    def _owner_of(self, number):
        """Return the contact with this number, on WhatsApp or on their card, or an empty one."""
        # sudo: whatsapp.identity, res.partner - whose number it is, as `_whatsapp_identity` says
        partners = self.env["res.partner"].sudo()
        portfolio = partners._whatsapp_account().portfolio
        known = partners.env["whatsapp.identity"]._find(portfolio, "", number).partner_id
        if not known:
            key = contacts.phone_key(f"+{number}")
            known = partners.search([("contact_center_phone_key", "=", key)], order="id", limit=1)
        return self.env["res.partner"].browse(known.id)

    def _recipient_name(self):
        """Return the recipient's name, as far as it is known."""
        if self.recipient == "number":
            return self.known_partner_id.name or self.name or ""
        return self.partner_id.name or ""

    def _recipient(self):
        """Return the receiving contact; register a new number, by the user's own right.

        :raise UserError: something is missing
        """
        if self.recipient != "number":
            if not self.partner_id:
                raise UserError(self.env._("Choose who gets the message."))
            return self.partner_id
        if not (self.number or "").strip():
            raise UserError(self.env._("Fill in the number to write to."))
        number = self._read_number()
        known = self._owner_of(number)
        if known:
            return known
        name = " ".join((self.name or "").split())
        if not any(map(str.isalpha, name)):
            raise UserError(self.env._("Fill in the person's name."))
        partners = self.env["res.partner"]
        partners._check_may_write_whatsapp()
        return partners.create({"name": name, "phone": f"+{number}"})

    # ------------------------------------------------------------
    # The text
    # ------------------------------------------------------------

    @api.depends("template_id", "conversation_id")
    def _compute_variables(self):
        """List the template's variables, in words."""
        for wizard in self:
            template = wizard.template_id
            later = wizard._later_keys()
            wizard.variables = [
                {
                    "key": variable.key,
                    "label": template._variable_label(variable),
                    "example": variable.example,
                    "later": variable.key in later,
                }
                for variable in (template._variables() if template else ())
            ]

    @api.depends("template_id", "conversation_id", "partner_id", "known_partner_id", "name")
    def _compute_texts(self):
        """Fill likely texts into the variables."""
        for wizard in self:
            template = wizard.template_id
            wizard.texts = template._defaults(wizard._known()) if template else {}

    def _known(self):
        """Return the values for the variables, as far as they are known before it is sent."""
        if self.conversation_id:
            return self.conversation_id._template_values()
        known = dict.fromkeys(DEFAULTS, "")
        known["nome"] = self._recipient_name().split(" ")[0]
        known["atendente"] = self.env.user.name
        return known

    def _later_keys(self):
        """Return the keys of variables that only the new conversation can fill in."""
        template = self.template_id
        if self.conversation_id or not template:
            return set()
        return {
            variable.key
            for variable in template._variables()
            if template_defaults.guess(variable, template._variable_text(variable)) == LATER
        }

    @api.depends("template_id")
    def _compute_media_format(self):
        for wizard in self:
            wizard.media_format = templates.media_format(a_list(wizard.template_id.components))

    @api.depends("template_id", "texts")
    def _compute_preview(self):
        for wizard in self:
            template = wizard.template_id
            wizard.preview = template._bubble(wizard._given()) if template else False

    def _given(self):
        """Return {Variable.key: text} as filled in, of the template's own variables only."""
        texts = self.texts if isinstance(self.texts, dict) else {}
        return {
            variable.key: str(texts.get(variable.key) or "")
            for variable in self.template_id._variables()
        }

    def _values(self):
        """Return {Variable.key: text} to send; values known only later stay in braces."""
        later = self._later_keys()
        return {
            key: text or (f"{{{LATER}}}" if key in later else "")
            for key, text in self._given().items()
        }

    # ------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------

    def action_send(self):
        """Send the template; without a conversation one begins, in service with the user.

        :return: the action that opens the messages
        """
        self.ensure_one()
        partner = self._recipient()
        partner._check_may_write_whatsapp()
        if self.header_file and not self.header_filename:
            raise UserError(self.env._("The file of the header needs a name."))
        conversation = self.conversation_id
        if not conversation:
            conversation = partner._whatsapp_join() or partner._whatsapp_begin()
        conversation._send_template(self.template_id, self._values(), self._attachment())
        return conversation.action_open_discuss()

    def _attachment(self):
        """Return the header's file as an ir.attachment, or None."""
        if not self.media_format or not self.header_file:
            return None
        # sudo: ir.attachment - a file of a message that is about to be sent
        return (
            self.env["ir.attachment"]
            .sudo()
            .create({"name": self.header_filename, "raw": base64.b64decode(self.header_file)})
        )
