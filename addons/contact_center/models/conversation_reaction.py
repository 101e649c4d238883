# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from ..core import lifecycle
from ..core.values import Incoming


class Conversation(models.Model):
    """A reaction to a question: an answer without a separate message."""

    _inherit = "contact_center.conversation"

    def _receive_reaction(self, message, emoji):
        """Treat the citizen's reaction as an answer if `message` is the pending question.

        Reactions to anything else are only shown, as usual.

        :param message: the mail.message reacted to
        :param emoji: "" for a removed reaction
        :return: whether it was an answer
        """
        self.ensure_one()
        if not emoji or not message:
            return False
        # sudo: contact_center.conversation - the citizen's reaction decides, not a user
        conversation = self.sudo()
        if conversation.state == lifecycle.SURVEY:
            return conversation._is_last_message(message) and (
                conversation._receive_survey_reaction(emoji)
            )
        if conversation.state != lifecycle.BOT:
            return False
        incoming = Incoming(kind="reaction", text=emoji)
        heard = conversation._hear_reaction(incoming, message)
        return conversation._on_bot_reaction(incoming, message) if heard is None else heard

    def _hear_reaction(self, incoming, message):
        """Handle a reaction before the bot sees it; see `_may_be_served` (hook).

        :param incoming: `core.values.Incoming` of kind "reaction", the emoji as its text
        :param message: the mail.message reacted to
        :return: None to leave it to the bot, otherwise whether it was an answer
        """

    def _on_bot_reaction(self, _incoming, _message):
        """Take a reaction as the answer to the bot's question; return if it was (hook).

        :param _incoming: `core.values.Incoming` of kind "reaction", the emoji as its text
        :param _message: the mail.message reacted to
        """
        return False

    def _is_last_message(self, message):
        """Return whether nothing was said in the conversation after this mail.message."""
        # sudo: mail.message - read by the system for the citizen
        domain = self._messages_domain() & Domain("id", ">", message.id)
        mine = message.res_id == self.discuss_channel_id.id
        return mine and not self.env["mail.message"].sudo().search_count(domain, limit=1)
