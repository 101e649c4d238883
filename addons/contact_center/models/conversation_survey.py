from odoo import fields, models

from ..core import lifecycle, placeholders, survey
from ..core.values import Option, Outgoing
from .automatic_message import REPEATABLE_KINDS


class Conversation(models.Model):
    """What the contact centre says by itself, and the satisfaction survey at the end."""

    _inherit = "contact_center.conversation"

    # ------------------------------------------------------------
    # Automatic messages
    # ------------------------------------------------------------

    def _automatic(self, kind, **extra):
        """Say the automatic message of `kind`, if there is one and it was not said before.

        :param extra: values of placeholders beyond the common ones, for instance `ticket`
        :return: the mail.message, or False
        """
        text = self._automatic_text(kind, **extra)
        return self._say(Outgoing(text=text)) if text else False

    def _automatic_text(self, kind, **extra):
        """Text of the automatic message of `kind`, recorded as said; "" when there is none."""
        self.ensure_one()
        said = self.automatic_kinds or []
        if kind in said and kind not in REPEATABLE_KINDS:
            return ""
        message = self.env["contact_center.automatic.message"]._find(kind, self.queue_id)
        if not message:
            return ""
        if kind not in said:
            # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
            self.sudo().automatic_kinds = [*said, kind]
        self._log("automatic_message", message=kind)
        values = self._placeholder_values()
        if "proxima_abertura" in placeholders.names(message.body):
            # sudo: contact_center.queue - hours are no secret
            queue = self.sudo().queue_id
            values["proxima_abertura"] = queue._next_opening_text() if queue else "em breve"
        return placeholders.render(message.body, {**values, **extra}).strip()

    def _placeholder_values(self):
        """Values of the placeholders that every automatic message may use."""
        # sudo: contact_center.conversation - the citizen may read their own data
        conversation = self.sudo()
        return {
            "nome": (conversation.partner_id.name or "").split(" ")[0],
            "protocolo": conversation.protocol,
            "fila": conversation.queue_id.name,
            "atendente": conversation.agent_id.name,
        }

    # ------------------------------------------------------------
    # Satisfaction survey
    # ------------------------------------------------------------

    def _ask_survey(self):
        """Ask the citizen to rate the service and wait for the answer; False without a question."""
        text = self._automatic_text("survey")
        if not text:
            return False
        self._say(
            Outgoing(
                text=text,
                options=tuple(
                    Option(id=f"{survey.PREFIX}{value}", title=title)
                    for value, title in survey.LEVELS
                ),
                list_button="Avaliar",
            )
        )
        self._move_to(lifecycle.SURVEY, survey_at=fields.Datetime.now())
        self._log("survey_asked")
        return True

    def _receive_survey_answer(self, incoming, body=None, attachments=None):
        """A message after the question: rate and close when it is an answer, else only close.

        :return: the mail.message of the answer, or False when it is none
        """
        value = None
        if incoming.kind in ("text", "option"):
            value = survey.parse_answer(incoming.text, incoming.option_id)
        if not value:
            self._close("resolved")
            return False
        message = self._store_message(
            self.partner_id,
            self._incoming_body(incoming) if body is None else body,
            attachments,
        )
        # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
        self.sudo().last_inbound_at = fields.Datetime.now()
        self._rate(value)
        return message

    def _rate(self, value):
        """Record the citizen's rating (very_good, good, fair, poor), thank and close."""
        self.ensure_one()
        if value not in survey.VALUES:
            raise ValueError(f"unknown rating {value!r}: it is one of {', '.join(survey.VALUES)}")
        # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
        self.sudo().satisfaction = value
        self._log("rated", rating=value)
        self._automatic("survey_thanks")
        self._close("resolved")
