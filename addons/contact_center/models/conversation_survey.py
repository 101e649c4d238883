from odoo import fields, models

from ..core import lifecycle, survey
from ..core.values import Option, Outgoing


class Conversation(models.Model):
    """The satisfaction survey at the end."""

    _inherit = "contact_center.conversation"

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
            self._close(self._outcome_after_survey())
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
        self._close(self._outcome_after_survey())

    def _outcome_after_survey(self):
        """How a conversation ended that asked for the rating: who served it decides."""
        # sudo: contact_center.conversation - the citizen's message decides, not a user
        return "resolved" if self.sudo().agent_id else "self_service"
