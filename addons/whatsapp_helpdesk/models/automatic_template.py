# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.contact_center.core import placeholders

from ..cloud_api import template as templates
from ..cloud_api.reading import a_list


class AutomaticMessage(models.Model):
    """The template that stands in for an automatic message when the 24 hours are over."""

    _inherit = "contact_center.automatic.message"

    template_id = fields.Many2one(
        "whatsapp.template",
        string="Template outside the 24 hours",
        ondelete="set null",
        domain=[("sendable", "=", True)],
        help="Sent instead when the citizen wrote more than 24 hours ago. Empty: not sent then.",
    )
    template_values = fields.Text(
        string="Its variables",
        help="One line for each variable of the template, in order; placeholders such as {ticket} "
        "are filled in. Empty: they are guessed.",
    )

    @api.constrains("template_id", "template_values", "kind")
    def _check_template(self):
        for message in self.filtered("template_id"):
            parts = a_list(message.template_id.components)
            if templates.media_format(parts):
                raise ValidationError(
                    self.env._("A template with a file in its header cannot be sent by itself.")
                )
            lines = (message.template_values or "").splitlines()
            if lines and len(lines) != len(message.template_id._variables()):
                raise ValidationError(
                    self.env._(
                        "The template “%(name)s” has %(count)s variables: write one line for each.",
                        name=message.template_id.name,
                        count=len(message.template_id._variables()),
                    )
                )
            try:
                placeholders.check("\n".join(lines), self._known_placeholders(message.kind))
            except placeholders.PlaceholderError as error:
                raise ValidationError(
                    self.env._("Unknown in the variables: %s.", ", ".join(error.unknown))
                ) from error

    def _filled_template(self, values):
        """Return the texts of the template's variables: {Variable.key: text}.

        :param values: the placeholders' values, {name: text}
        """
        self.ensure_one()
        lines = (self.template_values or "").splitlines()
        if not lines:
            known = {**values, "chamado": str(values.get("ticket") or values.get("chamado") or "")}
            named = {
                variable.key: str(known[variable.name])
                for variable in self.template_id._variables()
                if known.get(variable.name)
            }
            return {**self.template_id._defaults(known), **named}
        variables = self.template_id._variables()
        return {
            variable.key: placeholders.render(line, values)
            for variable, line in zip(variables, lines, strict=True)
        }


class Conversation(models.Model):
    """Automatic messages when WhatsApp takes no free text any more."""

    _inherit = "contact_center.conversation"

    def _automatic_outside_window(self, kind, **extra):
        """Send the automatic message of `kind` as a template; return False if none may be sent."""
        said = super()._automatic_outside_window(kind, **extra)
        # sudo: contact_center.conversation, whatsapp.template - said by the system
        conversation = self.sudo()
        if said or conversation.channel_kind != "whatsapp":
            return said
        message = self.env["contact_center.automatic.message"]._find(
            kind, conversation=conversation
        )
        template = message.template_id
        if (
            not template.sendable
            or template.waba_id != conversation.whatsapp_account_id.waba_id
            or (template.category == "MARKETING" and conversation._whatsapp_no_marketing())
        ):
            return False
        names = placeholders.names("\n".join([message.body, message.template_values or ""]))
        values = {
            **conversation._template_values(),
            **conversation._automatic_values(names),
            **extra,
        }
        return conversation._say_template(template, message._filled_template(values), kind, extra)

    def _say_template(self, template, values, kind, extra):
        """Put a filled template into the outbox in the system's name; False when it cannot be."""
        try:
            payload = template._content(values)
        except templates.MissingVariables:
            self._log("automatic_skipped", message=kind, reason="template")
            return False
        message = self._store_message(self._bot_partner(), self._template_body(template, values))
        self.last_outbound_at = fields.Datetime.now()
        self._note_automatic(kind, **extra)
        self.env["whatsapp.message"]._queue([self._whatsapp_row(message, payload)])._send_soon()
        return message
