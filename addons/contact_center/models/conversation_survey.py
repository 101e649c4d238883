from odoo import api, fields, models
from odoo.fields import Domain

from ..core import lifecycle, survey
from ..core.values import Option, Outgoing

# So long after the end thanks belong to the conversation that is over.
THANKS_HOURS = 24


def _is_sticker(incoming):
    """Whether somebody sent a sticker, which asks for nothing."""
    return bool(incoming.media) and incoming.media.kind == "sticker"


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

        :return: the mail.message of an answer, or of thanks, which end the conversation without
            another word; False when it is neither
        """
        answer = survey.Answer(ends=_is_sticker(incoming))
        if incoming.kind in ("text", "option"):
            answer = survey.read(incoming.text, incoming.option_id)
        if not answer.ends:
            self._close(self._outcome_after_survey())
            return False
        message = self._store_message(
            self.partner_id,
            self._incoming_body(incoming) if body is None else body,
            attachments,
        )
        # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
        self.sudo().last_inbound_at = fields.Datetime.now()
        if answer.value:
            self._rate(answer.value)
        else:
            self._close(self._outcome_after_survey())
        return message

    def _receive_survey_reaction(self, emoji):
        """A reaction to the question: a mark when it is one, nothing otherwise."""
        value = survey.parse_answer(emoji)
        if value:
            self._rate(value)
        return bool(value)

    # ------------------------------------------------------------
    # After the end
    # ------------------------------------------------------------

    @api.model
    def _find_thanked(self, domain, incoming):
        """The conversation to which thanks belong that come after its end; empty for none.

        Who thanks for a service that is over wants no new one, with its protocol and greeting.

        :param domain: which conversations are the citizen's on this channel
        :param incoming: `core.values.Incoming`
        """
        thanks = incoming.kind == "text" and survey.is_thanks(incoming.text)
        if not (thanks or _is_sticker(incoming)):
            return self.browse()
        since = fields.Datetime.subtract(fields.Datetime.now(), hours=THANKS_HOURS)
        return self.search(
            Domain(domain)
            & Domain("state", "=", lifecycle.CLOSED)
            & Domain("closed_at", ">=", since),
            order="id desc",
            limit=1,
        )

    def _receive_thanks(self, incoming, body=None):
        """Keep thanks that came after the end with what they are for; nobody is called.

        :return: the mail.message
        """
        self.ensure_one()
        return self._store_message(
            self.partner_id, self._incoming_body(incoming) if body is None else body
        )

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
