# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.chatbot_flow.engine import understanding
from odoo.addons.contact_center.core import lifecycle
from odoo.addons.contact_center.core.values import Incoming

from .conversation_glpi_solution import is_solution_answer
from .glpi_ticket_telling import NO, YES


class Conversation(models.Model):
    """A thumb on one of our questions answers it, like a tap on Sim or Não.

    A reaction refers to its message: it answers that question even if other messages followed
    or the conversation has ended.
    """

    _inherit = "contact_center.conversation"

    def _receive_reaction(self, message, emoji):
        if super()._receive_reaction(message, emoji):
            return True
        if not emoji or not message:
            return False
        # sudo: contact_center.conversation - the citizen's reaction decides, not a user
        return self.sudo()._glpi_solution_reaction(Incoming(kind="reaction", text=emoji), message)

    def _glpi_solution_reaction(self, incoming, message):
        """Handle the answer to "was it solved?"; return whether it was one."""
        verdict = is_solution_answer(incoming)
        ticket = self._glpi_tickets(
            [("question_message_id", "=", message.id), ("state", "=", "open")]
        )
        if verdict is None or not ticket:
            return False
        ticket = ticket[0]
        conversation = self if self.state != lifecycle.CLOSED else ticket._news_conversation()
        done = conversation._glpi_solution_answer(f"{YES if verdict else NO}{ticket.id}")
        if conversation.state == lifecycle.CLOSED and verdict is False:
            # after the end of the dialog nobody is asked why: the next message may say it
            ticket.awaiting_reply_at = fields.Datetime.now()
        return done

    def _on_bot_reaction(self, incoming, message):
        """Handle the answer to "is it about your ticket?" or "shall we open another one?"."""
        if super()._on_bot_reaction(incoming, message):
            return True
        reply = self.glpi_reply or {}
        over = self.glpi_reply_until and self.glpi_reply_until <= fields.Datetime.now()
        if over or not reply.get("question") or reply["question"] != message.id:
            return False
        verdict = understanding.yes_or_no(incoming)
        step, tickets = reply.get("step"), reply.get("tickets") or []
        if verdict is None or (step == "ask" and len(tickets) != 1):
            return False
        if step == "ask" and verdict:
            ticket = self._glpi_ticket_of(f"glpi:about:{tickets[0]}")
            return bool(ticket) and self._glpi_talk(ticket, reply["messages"])
        if step == "closed" and not verdict:
            return self._glpi_end(reply)
        said = [one["id"] for one in reply.get("messages") or [] if one["id"]]
        return self._glpi_other(reply, self.env["mail.message"].browse(said[-1:]))
