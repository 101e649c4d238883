# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.contact_center.core import placeholders

from ..cloud_api import template as templates
from ..cloud_api import template_defaults
from ..cloud_api.reading import a_list
from .whatsapp_template import MARKETING

# As many as fit the panel that takes the composer's place.
OFFERED_AT_ONCE = 8
# Placeholders of the conversation that fill a template's variables.
DEFAULTS = ("nome", "protocolo", "atendente", "fila", "chamado")


class Conversation(models.Model):
    """Templates in a conversation: offered, filled in, sent."""

    _inherit = "contact_center.conversation"

    # ------------------------------------------------------------
    # Filling in
    # ------------------------------------------------------------

    def _template_values(self):
        """Return the values that variables may take over: {name of `DEFAULTS`: text}."""
        self.ensure_one()
        # sudo: contact_center.conversation - the citizen may read their own data
        conversation = self.sudo()
        values = {
            **conversation._placeholder_values(),
            "chamado": conversation._flow_values(["ticket"]).get("ticket"),
        }
        return {name: str(values.get(name) or "") for name in DEFAULTS}

    def get_whatsapp_templates(self):
        """Return templates to offer the agent, filled in as far as is known.

        :return: [{"id", "name", "category", "text"}], utility before marketing
        """
        self.ensure_one()
        self._check_is_agent()
        # sudo: contact_center.conversation, whatsapp.account - the right was checked
        account = self.sudo().whatsapp_account_id
        offered = self.env["whatsapp.template"].search(
            self.env["whatsapp.template"]._offered(account.waba_id)
        )
        if self._whatsapp_no_marketing():
            offered = offered.filtered(lambda one: one.category != MARKETING)
        known = self._template_values()
        utility_first = offered.sorted(lambda one: (one.category == MARKETING, one.name))
        return [
            {
                "id": one.id,
                "name": one.display_name,
                "category": one.category_name or "",
                "text": one._rendered(one._readable(one._defaults(known))).text,
            }
            for one in utility_first[:OFFERED_AT_ONCE]
        ]

    def _whatsapp_no_marketing(self):
        """Return whether the citizen wants no marketing."""
        # sudo: whatsapp.identity - agents may not see identities
        return self.sudo().whatsapp_identity_id.marketing_opt_out

    # ------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------

    def _send_template(self, template, values, attachment=None):
        """Send a template in the name of the current user, who must be the agent.

        :param template: whatsapp.template
        :param values: texts by `Variable.key`; the names of `DEFAULTS` in braces are filled in
        :param attachment: ir.attachment for the header, where the template has a file there
        :raise UserError: it may not or cannot be sent, in words
        :return: the mail.message
        """
        self.ensure_one()
        self._check_may_send_template(template, attachment)
        known = self._template_values()
        values = {key: placeholders.render(text or "", known) for key, text in values.items()}
        try:
            payload = template._content(values, attachment.name if attachment else "")
        except templates.MissingVariables as error:
            raise UserError(template._missing(error.variables)) from None
        message = self._store_message(
            self.env.user.partner_id, self._template_body(template, values), attachment
        )
        # sudo: contact_center.conversation, whatsapp.message - agents may not write the outbox
        conversation = self.sudo()
        conversation.write({"unread_count": 0, "last_outbound_at": fields.Datetime.now()})
        conversation.env["whatsapp.message"]._queue(
            [
                conversation._whatsapp_row(
                    message, payload, attachment_id=attachment.id if attachment else False
                )
            ]
        )._send_soon()
        conversation._bus_refresh()
        return message

    def _check_may_send_template(self, template, attachment):
        """Raise unless the current user may send this template in this conversation now."""
        # sudo: contact_center.conversation, whatsapp.account - looked at only
        conversation = self.sudo()
        conversation.discuss_channel_id.with_user(self.env.user)._check_agent_may_post(conversation)
        if template.waba_id != conversation.whatsapp_account_id.waba_id:
            raise UserError(self.env._("This template belongs to another WhatsApp account."))
        if not template.sendable:
            raise UserError(
                self.env._(
                    "The template “%(name)s” cannot be sent: %(why)s",
                    name=template.title,
                    why=template.refusal,
                )
            )
        if template.category == MARKETING and self._whatsapp_no_marketing():
            raise UserError(
                self.env._(
                    "%s asked WhatsApp for no more marketing: choose a utility template.",
                    conversation.partner_id.display_name,
                )
            )
        if templates.media_format(a_list(template.components)) and not attachment:
            raise UserError(self.env._("Choose the file for the header of “%s”.", template.title))

    def _template_body(self, template, values):
        """Return the HTML of a sent template for Discuss: its text and its buttons."""
        shown = template._rendered(values)
        body = self._text_to_html(shown.text)
        if not shown.buttons:
            return body
        items = Markup().join(Markup("<li>%s</li>") % button.text for button in shown.buttons)
        return Markup("%s<ul>%s</ul>") % (body, items)


class WhatsappTemplate(models.Model):
    """Values for the variables of a template."""

    _inherit = "whatsapp.template"

    def _defaults(self, known):
        """Return likely texts for the variables.

        :param known: {name of `DEFAULTS`: text}
        :return: {Variable.key: text}, only of those with a text
        """
        self.ensure_one()
        found = {}
        texts = {
            templates.HEADER: self._part_text("HEADER"),
            templates.BODY: self._part_text("BODY"),
        }
        for variable in self._variables():
            name = template_defaults.guess(variable, texts.get(variable.part, ""))
            if known.get(name):
                found[variable.key] = known[name]
        return found

    def _part_text(self, kind):
        """Return the text of header or body, variables included."""
        return next(
            (
                str(part.get("text") or "")
                for part in a_list(self.components)
                if isinstance(part, dict) and part.get("type") == kind
            ),
            "",
        )

    def _missing(self, variables):
        """Return the sentence that names variables without a value."""
        return self.env._(
            "Fill in the missing variables of the template “%(name)s”: %(variables)s.",
            name=self.title,
            variables=", ".join(self._variable_label(variable) for variable in variables),
        )

    # ------------------------------------------------------------
    # Variables in words
    # ------------------------------------------------------------

    def _known_words(self):
        """Return the readable names of the placeholders of `DEFAULTS`: {name: words}."""
        return {
            "nome": self.env._("citizen's name"),
            "protocolo": self.env._("protocol number"),
            "atendente": self.env._("agent's name"),
            "fila": self.env._("team's name"),
            "chamado": self.env._("ticket number"),
        }

    def _variable_text(self, variable):
        """Return the text in which a variable stands; "" for the address of a button."""
        texts = {templates.HEADER: "HEADER", templates.BODY: "BODY"}
        return self._part_text(texts[variable.part]) if variable.part in texts else ""

    def _variable_words(self, variable):
        """Return a short description of a variable, such as "citizen's name", or ""."""
        guessed = template_defaults.guess(variable, self._variable_text(variable))
        return self._known_words().get(guessed) or template_defaults.spoken_name(variable)

    def _variable_label(self, variable):
        """Return a variable's label: its description, else its place in the text."""
        if words := self._variable_words(variable):
            return words[0].upper() + words[1:]
        if variable.part == templates.BUTTON:
            buttons = self._rendered({}).buttons
            text = buttons[variable.index].text if variable.index < len(buttons) else ""
            return self.env._("End of the address of the button “%s”", text)
        if place := template_defaults.place(variable, self._variable_text(variable)):
            return f"“{place}”"
        return self.env._("Text %s", variable.name)

    def _readable(self, values):
        """Return `values` with words in brackets for variables that are still open.

        :param values: {Variable.key: text}; empty texts count as open
        """
        open_places = {
            variable.key: f"[{self._variable_words(variable) or '…'}]"
            for variable in self._variables()
            if not values.get(variable.key)
        }
        return {**values, **open_places}
