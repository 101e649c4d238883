# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain

from ..core import lifecycle, survey
from ..core.values import Option, Outgoing

# For this long after the end, thanks belong to the finished conversation.
THANKS_HOURS = 24


def _is_sticker(incoming):
    """Return whether the message is a sticker, which asks for nothing."""
    return bool(incoming.media) and incoming.media.kind == "sticker"


def _read_answer(incoming):
    """Return the `core.survey.Answer` in a message after the question."""
    if incoming.kind in ("text", "option"):
        return survey.read(incoming.text, incoming.option_id)
    return survey.Answer(ends=_is_sticker(incoming))


class Conversation(models.Model):
    """The satisfaction survey at the end."""

    _inherit = "contact_center.conversation"

    def _ask_survey(self):
        """Ask the citizen for a rating and wait for the answer; False if nothing was asked."""
        text = self._automatic_text("survey")
        if not text:
            self._note_survey_refusal()
            return False
        env = self._citizen_env()
        titles = dict(self._fields["satisfaction"]._description_selection(env))
        self._say(
            Outgoing(
                text=text,
                options=tuple(
                    Option(id=f"{survey.PREFIX}{value}", title=titles[value])
                    for value in survey.VALUES
                ),
                list_button=env._("Rate the service"),
            )
        )
        self._move_to(lifecycle.SURVEY, survey_at=fields.Datetime.now())
        self._log("survey_asked")
        return True

    def _for_message(self, incoming):
        """Return this conversation if a citizen's message belongs to it, otherwise an empty one.

        A channel calls this before `_receive`, and opens another conversation if the result is
        empty. That happens after the survey question: a message that does not answer it is about
        something new, and closes the conversation that was waiting.

        :param incoming: `core.values.Incoming`
        """
        if self.state != lifecycle.SURVEY or _read_answer(incoming).ends:
            return self
        self._close(self._outcome_after_survey())
        return self.browse()

    def _receive_survey_answer(self, incoming, body=None, attachments=None):
        """Store the message that ends the survey, and close: a rating, or just thanks.

        :return: the mail.message
        :raise ValueError: it is not an answer, so `_for_message` was not called
        """
        answer = _read_answer(incoming)
        if not answer.ends:
            raise ValueError(f"conversation {self.protocol} waits for the answer to its survey")
        message = self._store_message(
            self.partner_id,
            self._incoming_body(incoming) if body is None else body,
            attachments,
        )
        # sudo: contact_center.conversation - internal bookkeeping, not writable by users
        self.sudo().last_inbound_at = fields.Datetime.now()
        if answer.value:
            self._rate(answer.value)
        else:
            self._close(self._outcome_after_survey())
        return message

    def _receive_survey_reaction(self, emoji):
        """Return the rating in a reaction to the question, if there is one."""
        value = survey.parse_answer(emoji)
        if value:
            self._rate(value)
        return bool(value)

    # ------------------------------------------------------------
    # After the end
    # ------------------------------------------------------------

    @api.model
    def _find_thanked(self, domain, incoming):
        """Return the finished conversation that belated thanks belong to, or an empty one.

        A citizen who says thanks afterwards does not want a new conversation with protocol and
        greeting.

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
        """Store belated thanks with the conversation they are for, without calling anybody.

        :return: the mail.message
        """
        self.ensure_one()
        return self._store_message(
            self.partner_id, self._incoming_body(incoming) if body is None else body
        )

    def _rate(self, value):
        """Record the citizen's rating (very_good, good, fair, poor), say thanks and close."""
        self.ensure_one()
        if value not in survey.VALUES:
            raise ValueError(f"unknown rating {value!r}: it is one of {', '.join(survey.VALUES)}")
        # sudo: contact_center.conversation - internal bookkeeping, not writable by users
        self.sudo().satisfaction = value
        self._log("rated", rating=value)
        self._automatic("survey_thanks")
        self._close(self._outcome_after_survey())

    def _outcome_after_survey(self):
        """Return the outcome of a conversation in survey.

        How it ended before, if that is known, otherwise by who served it.
        """
        # sudo: contact_center.conversation - the citizen's message decides, not a user
        conversation = self.sudo()
        return conversation.outcome or ("resolved" if conversation.agent_id else "self_service")
