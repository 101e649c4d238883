from odoo import models
from odoo.fields import Domain

from ..core import lifecycle
from ..core.values import Incoming


class Conversation(models.Model):
    """A reaction to a question: an answer without a message of its own."""

    _inherit = "contact_center.conversation"

    def _receive_reaction(self, message, emoji):
        """Take the citizen's reaction for an answer, when `message` is the question that waits.

        Reactions to anything else are only shown, as they always are.

        :param message: the mail.message reacted to
        :param emoji: "" for a reaction that is taken away
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
        if conversation.privacy_state == "asked":
            return conversation._privacy_reaction(incoming, message)
        return conversation._on_bot_reaction(incoming, message)

    def _on_bot_reaction(self, _incoming, _message):
        """Hook: let the bot take a reaction for the answer to its question; whether it did.

        :param _incoming: `core.values.Incoming` of kind "reaction", the emoji as its text
        :param _message: the mail.message reacted to
        """
        return False

    def _is_last_message(self, message):
        """Return whether nothing was said in the conversation after this mail.message."""
        # sudo: mail.message - looked at by the system for the citizen
        domain = self._messages_domain() & Domain("id", ">", message.id)
        mine = message.res_id == self.discuss_channel_id.id
        return mine and not self.env["mail.message"].sudo().search_count(domain, limit=1)
