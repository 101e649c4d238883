import dataclasses

from odoo import fields, models

from ..core import privacy
from ..core.values import Incoming, Option, Outgoing
from ..tools import plain_words

# So often an answer that is none is met with the question; then a person goes on.
MAX_ASKED = 3


class Conversation(models.Model):
    """The privacy notice at the first contact, and the citizen's answer to it."""

    _inherit = "contact_center.conversation"

    privacy_state = fields.Selection(
        [
            ("due", "To be shown with the first answer"),
            ("asked", "Waiting for consent"),
            ("settled", "Nothing more to do"),
            ("refused", "Refused"),
        ],
        string="Privacy notice",
        readonly=True,
        copy=False,
    )
    privacy_notice_id = fields.Many2one(
        "contact_center.privacy.notice", readonly=True, copy=False, ondelete="restrict"
    )
    consent_ids = fields.One2many(
        "contact_center.privacy.consent", "conversation_id", string="Privacy notice and consent"
    )

    # ------------------------------------------------------------
    # First contact
    # ------------------------------------------------------------

    def _privacy_admits(self, incoming, message):
        """Whether the robot may hear this message; asks for consent where that is wanted.

        :param incoming: `core.values.Incoming`, the citizen's message, already stored
        :param message: the mail.message
        """
        if self.privacy_state in ("settled", "due"):
            return True
        # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
        conversation = self.sudo()
        if conversation.privacy_state == "asked":
            return conversation._privacy_answered(incoming, message)
        if conversation.privacy_state == "refused":
            return False
        notice = self.env["contact_center.privacy.notice"]._for_conversation(conversation)
        known = notice and self.env["contact_center.privacy.consent"]._latest(
            conversation.partner_id, notice
        )
        if not notice or known == ("accepted" if notice.basis == "consent" else "shown"):
            conversation.privacy_state = "settled"
            return True
        conversation.privacy_notice_id = notice
        if notice.basis == "notice":
            conversation.privacy_state = "due"
            return True
        conversation.privacy_state = "asked"
        conversation._privacy_ask()
        return False

    def _say(self, outgoing, author=None):
        """Say the notice that is due along with whatever is said first."""
        if self.privacy_state != "due" or not (outgoing.text or outgoing.options):
            return super()._say(outgoing, author=author)
        # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
        conversation = self.sudo()
        notice = conversation.privacy_notice_id
        text = privacy.with_notice(outgoing.text, notice._words(), asks=bool(outgoing.options))
        message = super()._say(dataclasses.replace(outgoing, text=text), author=author)
        conversation.privacy_state = "settled"
        self.env["contact_center.privacy.consent"]._note("shown", notice, conversation, message)
        return message

    # ------------------------------------------------------------
    # Consent
    # ------------------------------------------------------------

    def _privacy_ask(self):
        """Show the notice with "Aceito" and "Não aceito"."""
        notice = self.privacy_notice_id
        message = self._say(
            Outgoing(
                text=notice._words(),
                options=(
                    Option(privacy.ACCEPT, privacy.ACCEPT_TITLE),
                    Option(privacy.REFUSE, privacy.REFUSE_TITLE),
                ),
            )
        )
        self.env["contact_center.privacy.consent"]._note("asked", notice, self, message)

    def _privacy_answered(self, incoming, message):
        """Whether the answer lets the service go on; otherwise what follows is done here."""
        answer = None
        if incoming.kind in ("text", "option"):
            answer = privacy.parse_consent(incoming.text, incoming.option_id)
        if answer is None:
            asked = self.consent_ids.filtered(lambda record: record.kind == "asked")
            if len(asked) < MAX_ASKED:
                self._privacy_ask()
            else:
                self.privacy_state = "refused"
                self._hand_over(reason="privacy_unanswered")
            return False
        notice = self.privacy_notice_id
        kind = "accepted" if answer else "refused"
        self.env["contact_center.privacy.consent"]._note(kind, notice, self, message)
        self.privacy_state = "settled" if answer else "refused"
        if not answer:
            self._privacy_refused(notice)
        return answer

    def _privacy_reaction(self, incoming, message):
        """Whether a reaction to the question was an answer: then the service goes on, or ends."""
        asked = self.consent_ids.filtered(lambda record: record.kind == "asked")
        answer = privacy.parse_consent(incoming.text)
        if message not in asked.message_id or answer is None:
            return False
        # the same as a tap on the option
        tapped = Incoming(kind="option", option_id=privacy.ACCEPT if answer else privacy.REFUSE)
        if self._privacy_answered(tapped, message):
            self._serve_without_people(tapped, message)
        return True

    def _privacy_refused(self, notice):
        """Take leave kindly, or let a person go on: the robot collects nothing."""
        if notice.refused_text:
            self._say(Outgoing(text=notice.refused_text.strip()))
        if notice.refused_action == "close":
            self._close("declined")
        else:
            self._hand_over(reason="privacy_refused")

    # ------------------------------------------------------------
    # What is handed to the citizen
    # ------------------------------------------------------------

    def _privacy_summary(self):
        """The conversation without its messages, in words for the citizen."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        return {
            "protocolo": self.protocol,
            "canal": self.channel_kind,
            "aberto_em": fields.Datetime.to_string(self.opened_at) or "",
            "encerrado_em": fields.Datetime.to_string(self.closed_at) or "",
            "situacao": labels.get(self.state, ""),
            "desfecho": outcomes.get(self.outcome, ""),
            "fila": self.queue_id.name or "",
            "atendente": self.agent_id.name or "",
            "assunto": self.tabulation_id.display_name or "",
            "avaliacao": self.satisfaction or "",
        }

    def _privacy_spoken(self):
        """What citizen and service said to each other: no internal notes, no notices."""
        comment_id = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        return self._privacy_messages().filtered(
            lambda message: (
                message.message_type == "comment" and message.subtype_id.id == comment_id
            )
        )

    def _privacy_said(self):
        """The messages in order, with the names of their files as in the export."""
        return [
            {
                "protocolo": self.protocol,
                "quando": fields.Datetime.to_string(message.date),
                "quem": message.author_id.name or "",
                "texto": plain_words(message.body, links=True),
                "arquivos": [self._privacy_file(file) for file in message.attachment_ids],
            }
            for message in self._privacy_spoken()
        ]

    def _privacy_file(self, attachment):
        """Where a file stands in the export."""
        name = "".join(c if c.isalnum() or c in ".-_" else "_" for c in attachment.name or "")
        return f"arquivos/{self.protocol}/{attachment.id}-{name[-80:]}"
