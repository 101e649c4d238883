# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import dataclasses

from odoo import api, fields, models

from odoo.addons.contact_center.core.values import Incoming, Option, Outgoing
from odoo.addons.contact_center.tools import plain_words

from ..core import privacy

# How often the question is repeated after invalid answers, before a person takes over.
MAX_ASKED = 3


class Conversation(models.Model):
    """The privacy notice at the first contact, and the citizen's answer to it."""

    _inherit = "contact_center.conversation"

    outcome = fields.Selection(
        selection_add=[("declined", "Privacy notice refused"), ("failed",)],
        ondelete={"declined": "set null"},
    )
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
        """Return whether the bot may handle this message; ask for consent if required.

        :param incoming: `core.values.Incoming`, the citizen's message, already stored
        :param message: the mail.message
        """
        if self.privacy_state in ("settled", "due"):
            return True
        # sudo: contact_center.conversation - internal bookkeeping, not writable by users
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

    def _may_be_served(self, incoming, message):
        """Let the bot handle the message unless the citizen has to consent first."""
        return super()._may_be_served(incoming, message) and self._privacy_admits(incoming, message)

    def _with_what_goes_along(self, outgoing):
        """Add the notice that is due to the first message."""
        outgoing = super()._with_what_goes_along(outgoing)
        if not self._notice_goes_along(outgoing):
            return outgoing
        # sudo: contact_center.privacy.notice - shown to the citizen, whichever user is working
        notice = self.sudo().privacy_notice_id
        words = notice.with_context(lang=self._citizen_lang())._words()
        text = privacy.with_notice(outgoing.text, words, asks=bool(outgoing.options))
        return dataclasses.replace(outgoing, text=text)

    def _was_said(self, message, outgoing):
        """Record that the citizen was shown the notice."""
        if self._notice_goes_along(outgoing):
            # sudo: contact_center.conversation - internal bookkeeping, not writable by users
            conversation = self.sudo()
            conversation.privacy_state = "settled"
            self.env["contact_center.privacy.consent"]._note(
                "shown", conversation.privacy_notice_id, conversation, message
            )
        return super()._was_said(message, outgoing)

    def _notice_goes_along(self, outgoing):
        """Return whether the notice is due and can be added to `outgoing`."""
        return self.privacy_state == "due" and bool(outgoing.text or outgoing.options)

    def _hear_reaction(self, incoming, message):
        """Treat a reaction to the consent question as its answer."""
        heard = super()._hear_reaction(incoming, message)
        if heard is None and self.privacy_state == "asked":
            return self._privacy_reaction(incoming, message)
        return heard

    @api.model
    def _check_agent_may_serve(self, user):
        """Refuse users who have not accepted the confidentiality term."""
        self.env["contact_center.confidentiality.term"]._check_accepted(user)
        return super()._check_agent_may_serve(user)

    # ------------------------------------------------------------
    # Consent
    # ------------------------------------------------------------

    def _privacy_ask(self):
        """Show the notice with the options to agree or not."""
        notice = self.privacy_notice_id
        env = self._citizen_env()
        message = self._say(
            Outgoing(
                text=notice.with_context(lang=env.lang)._words(),
                options=(
                    Option(privacy.ACCEPT, env._("I agree")),
                    Option(privacy.REFUSE, env._("I do not agree")),
                ),
            )
        )
        self.env["contact_center.privacy.consent"]._note("asked", notice, self, message)

    def _privacy_answered(self, incoming, message):
        """Return whether the answer allows service to continue; otherwise handle the refusal."""
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
        """Return whether a reaction answered the question; if so, service continues or ends."""
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
        """Say goodbye kindly, or hand over to a person: the bot collects nothing."""
        if notice.refused_text:
            self._say(Outgoing(text=notice.refused_text.strip()))
        if notice.refused_action == "close":
            self._close("declined")
        else:
            self._hand_over(reason="privacy_refused")

    # ------------------------------------------------------------
    # Data for the citizen
    # ------------------------------------------------------------

    def _privacy_summary(self):
        """Return the conversation without its messages, in words for the citizen."""

        def words(name):
            labels = dict(self._fields[name]._description_selection(self.env))
            return labels.get(self[name], "")

        return {
            "protocolo": self.protocol,
            "canal": words("channel_kind"),
            "aberto_em": fields.Datetime.to_string(self.opened_at) or "",
            "encerrado_em": fields.Datetime.to_string(self.closed_at) or "",
            "situacao": words("state"),
            "desfecho": words("outcome"),
            "fila": self.queue_id.name or "",
            "atendente": self.agent_id.name or "",
            "assunto": self.disposition_id.display_name or "",
            "avaliacao": words("satisfaction"),
        }

    def _privacy_spoken(self):
        """Return the messages between citizen and staff: no internal notes, no notices."""
        comment_id = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        return self._privacy_messages().filtered(
            lambda message: (
                message.message_type == "comment" and message.subtype_id.id == comment_id
            )
        )

    def _privacy_said(self):
        """Return the messages in order, with the names of their files as in the export."""
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
        """Return a file's path in the export."""
        name = "".join(c if c.isalnum() or c in ".-_" else "_" for c in attachment.name or "")
        return f"arquivos/{self.protocol}/{attachment.id}-{name[-80:]}"
