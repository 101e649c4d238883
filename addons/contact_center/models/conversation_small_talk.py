# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..core import lifecycle, opt_out
from ..core.values import Outgoing

# The key that records the one answer after the end (see `automatic_kinds`).
ANSWERED = "after_end"
# Number of characters shown to the agent.
QUOTED = 200


class Conversation(models.Model):
    """Messages without a conversation: thanks after the end, a thumbs-up, an insult.

    They are stored where people see them, and answered at most once.
    """

    _inherit = "contact_center.conversation"

    @api.model
    def _small_talk(self, _incoming, _partner, **_vals):
        """Return the reply to a message that opens no conversation, or None (hook).

        Called by a channel before it opens one.

        :param _incoming: `core.values.Incoming`
        :param _vals: the values the conversation would be opened with
        :return: `core.small_talk.SmallTalk`, or None
        """

    @api.model
    def _awaits_answer(self, _partner):
        """Return whether this citizen was lately asked something outside one (hook).

        A conversation, that is.

        Then a bare "ok" or a thumbs-up may be the answer, and has to be read as one.
        """
        return False

    @api.model
    def _meet_small_talk(self, domain, incoming, partner, **vals):
        """Return the finished conversation that small talk belongs to, and the reply.

        :param domain: the citizen's conversations on this channel
        :return: (conversation or empty, `SmallTalk` or None); both empty if it is not small talk
        """
        if opt_out.parse(incoming.text or "") is not None:
            # opting out or in is handled in a conversation
            return self.browse(), None
        if self._awaits_answer(partner):
            thanked = self._find_thanked(domain, incoming) if incoming.text else self.browse()
            return thanked if _has_words(incoming.text) else self.browse(), None
        thanked = self._find_thanked(domain, incoming)
        talk = self._small_talk(incoming, partner, **vals)
        if talk and not thanked:
            since = fields.Datetime.now() - timedelta(seconds=talk.quiet)
            ended = Domain("state", "=", lifecycle.CLOSED) & Domain("closed_at", ">=", since)
            thanked = self.search(Domain(domain) & ended, order="id desc", limit=1)
        return thanked, talk

    def _answer_after_end(self, talk, message):
        """Answer small talk after the end: once, and only shortly after it.

        :param talk: `core.small_talk.SmallTalk`, or None if not recognised
        :param message: the mail.message that it was stored as
        """
        self.ensure_one()
        if not talk:
            return
        self._note_small_talk(talk.name, talk.title, talk.tell, message.preview or "")
        # sudo: contact_center.conversation - the citizen's message decides, not a user
        conversation = self.sudo()
        quiet_until = conversation.closed_at + timedelta(seconds=talk.quiet)
        said = conversation.automatic_kinds or []
        if ANSWERED in said or quiet_until < fields.Datetime.now():
            return
        if not (talk.text or talk.reaction):
            return
        conversation.automatic_kinds = [*said, ANSWERED]
        if talk.reaction:
            conversation._deliver_reaction(message, talk.reaction)
        else:
            conversation._say(Outgoing(text=talk.text))

    def _note_small_talk(self, name, title, tell, text):
        """Show small talk to the agent: in the ledger, and beside the conversation."""
        if not tell:
            return
        self._log("small_talk", title=title)
        self._collect(f"small_talk_{name}", title, text[:QUOTED])


def _has_words(text):
    """Return whether a text contains words, not just signs."""
    return any(map(str.isalnum, text or ""))
