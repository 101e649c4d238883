import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..cloud_api import template as templates
from ..cloud_api.reading import a_list
from ..models.conversation_template import DEFAULTS


class TemplateSend(models.TransientModel):
    """Choose a template, fill it in, see it as the citizen will, send it.

    In a conversation, or to a contact with whom a conversation begins with it.
    """

    _name = "whatsapp.template.send"
    _description = "Send a Template"

    conversation_id = fields.Many2one("contact_center.conversation", ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner",
        string="Citizen",
        compute="_compute_partner_id",
        store=True,
        precompute=True,
        compute_sudo=False,  # whoever may not read the conversation learns nothing of it here
        readonly=False,
        required=True,
        ondelete="cascade",
    )
    address = fields.Char(compute="_compute_address", string="To")
    waba_id = fields.Char(compute="_compute_waba_id")
    template_id = fields.Many2one("whatsapp.template", required=True, ondelete="cascade")
    line_ids = fields.One2many(
        "whatsapp.template.send.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        compute_sudo=False,
        readonly=False,
    )
    media_format = fields.Char(compute="_compute_media_format")
    header_file = fields.Binary(string="File of the header")
    header_filename = fields.Char()
    preview = fields.Html(compute="_compute_preview", sanitize=False)

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
            if not account and wizard.partner_id:
                account = wizard.partner_id._whatsapp_account()
            wizard.waba_id = account.waba_id

    @api.depends("template_id", "conversation_id", "partner_id")
    def _compute_line_ids(self):
        """One line for each variable, with what probably belongs there."""
        for wizard in self:
            template = wizard.template_id
            defaults = template._defaults(wizard._known()) if template else {}
            lines = [fields.Command.clear()]
            for variable in template._variables() if template else ():
                lines.append(
                    fields.Command.create(
                        {
                            "key": variable.key,
                            "label": f"{{{{{variable.name}}}}} · {template._place(variable)}",
                            "example": variable.example,
                            "value": defaults.get(variable.key, ""),
                        }
                    )
                )
            wizard.line_ids = lines

    def _known(self):
        """Values for the variables; what only the new conversation will know stays in braces."""
        if self.conversation_id:
            return self.conversation_id._template_values()
        known = dict.fromkeys(DEFAULTS, "")
        known["nome"] = (self.partner_id.name or "").split(" ")[0]
        known["protocolo"] = "{protocolo}"
        known["atendente"] = self.env.user.name
        return known

    @api.depends("template_id")
    def _compute_media_format(self):
        for wizard in self:
            wizard.media_format = templates.media_format(a_list(wizard.template_id.components))

    @api.depends("template_id", "line_ids.value")
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = (
                wizard.template_id._bubble(wizard._values()) if wizard.template_id else False
            )

    def _values(self):
        """{Variable.key: text} as filled in."""
        return {line.key: line.value or "" for line in self.line_ids}

    def action_send(self):
        """Send the template; without a conversation one begins, in service with the user.

        :return: the action that opens the messages
        """
        self.ensure_one()
        partner = self.partner_id
        partner._check_may_write_whatsapp()
        if self.header_file and not self.header_filename:
            raise UserError(self.env._("The file of the header needs a name."))
        conversation = self.conversation_id
        if not conversation:
            conversation = partner._whatsapp_join() or partner._whatsapp_begin()
        conversation._send_template(self.template_id, self._values(), self._attachment())
        return conversation.action_open_discuss()

    def _attachment(self):
        """The header's file as an ir.attachment, or None."""
        if not self.media_format or not self.header_file:
            return None
        # sudo: ir.attachment - a file of a message that is about to be sent
        return (
            self.env["ir.attachment"]
            .sudo()
            .create({"name": self.header_filename, "raw": base64.b64decode(self.header_file)})
        )


class TemplateSendLine(models.TransientModel):
    """One variable of the template to be sent."""

    _name = "whatsapp.template.send.line"
    _description = "Variable of a Template to Send"
    _order = "id"

    wizard_id = fields.Many2one("whatsapp.template.send", required=True, ondelete="cascade")
    key = fields.Char(required=True)
    label = fields.Char(string="Variable")
    example = fields.Char()
    value = fields.Char(string="Text")
