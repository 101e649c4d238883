from datetime import timedelta

from odoo import fields, models

from odoo.addons.contact_center.core import lifecycle
from odoo.addons.contact_center.core.values import Incoming, Option, Outgoing

from .glpi_ticket_telling import NO, YES

# What else a tap on one of our buttons brings back.
ABOUT, OTHER, END = "glpi:about:", "glpi:other", "glpi:end"
# So long after news of a ticket a new message may be the answer to it.
REPLY_WITHIN = timedelta(hours=72)
# News are kept when a channel's window is over; WhatsApp's, the shortest, is open for 24 hours.
SILENT = timedelta(hours=23)
# As many tickets as a list shows beside "Outro assunto".
OFFERED = 9
_YES_WORDS = frozenset({"sim", "s", "resolvido", "foi", "foi sim", "1"})
_NO_WORDS = frozenset({"nao", "não", "n", "ainda nao", "ainda não", "2"})


class Conversation(models.Model):
    """What the citizen writes about a ticket that exists: to the ticket, not to the robot.

    `glpi_reply` holds where we are: {"step": "first" (this message may be about a ticket), "ask"
    (which ticket?), "reason" (why is it not solved?) or "talk" (more for the same ticket),
    "ticket": id, "messages": what was said before the choice, as `_glpi_said` has it}.
    """

    _inherit = "contact_center.conversation"

    glpi_reply = fields.Json(readonly=True, copy=False)

    # ------------------------------------------------------------ where messages come in
    def _receive(self, incoming, body=None, attachments=None):
        # sudo: contact_center.conversation - the citizen's message decides, not a user
        conversation = self.sudo()
        before = conversation.last_inbound_at
        if not before and conversation.state == lifecycle.BOT and conversation._glpi_awaiting():
            conversation.glpi_reply = {"step": "first", "messages": []}
        message = super()._receive(incoming, body=body, attachments=attachments)
        if message:
            if conversation.state in lifecycle.STATES_WITH_PEOPLE:
                conversation._glpi_while_people_serve(incoming, message)
            # news are kept from who has been silent only: most messages need not look for them
            if not before or before <= fields.Datetime.now() - SILENT:
                conversation._glpi_tickets([("has_kept_news", "=", True)])._tell_kept()
        return message

    def _serve_without_people(self, incoming, message):
        # sudo: contact_center.conversation - as in `_receive`
        if not self.sudo()._glpi_takes(incoming, message):
            return super()._serve_without_people(incoming, message)
        return None

    def _on_agent_message(self, message):
        result = super()._on_agent_message(message)
        # sudo: contact_center.conversation - whoever serves may not write tickets
        said = {
            "id": message.id,
            "text": self._outgoing_from_message(message).text,
            "file": bool(message.attachment_ids),
        }
        self.sudo()._glpi_service_message(said, message.author_id.name or "")
        return result

    def _glpi_tickets(self, domain):
        """This citizen's tickets in `domain`, the newest first."""
        return self.env["glpi.ticket"].search(
            [("conversation_id.partner_id", "=", self.partner_id.id), *domain], order="id desc"
        )

    # ------------------------------------------------------------ with the robot
    def _glpi_takes(self, incoming, message):
        """Whether this message is about a ticket, and was dealt with."""
        option = incoming.option_id or ""
        if option.startswith((YES, NO)):
            return self._glpi_solution_answer(option)
        reply = self.glpi_reply or {}
        first = reply.get("step") == "first"
        if first:
            self.glpi_reply, reply = False, {}
        if option.startswith(ABOUT) and reply:
            ticket = self._glpi_ticket_of(option)
            return bool(ticket) and self._glpi_talk(ticket, reply["messages"])
        if option == OTHER and reply:
            return self._glpi_other(reply, message)
        if option == END and reply:
            return self._glpi_end(reply)
        step = reply.get("step")
        if step == "ask":
            return self._glpi_collect(reply, self._glpi_said(incoming, message))
        if step == "reason":
            return self._glpi_refuse(reply, incoming)
        if step == "talk":
            ticket = self.env["glpi.ticket"].browse(reply["ticket"])
            self._glpi_send(ticket, self._glpi_said(incoming, message))
            return True
        return first and self._glpi_begins(incoming, message)

    def _glpi_begins(self, incoming, message):
        """The first message of a conversation, shortly after news: is it an answer to them?"""
        tickets = self._glpi_awaiting()[:OFFERED]
        if not tickets or incoming.kind == "option":
            return False
        word = incoming.text.strip(" .!").casefold() if incoming.kind == "text" else ""
        solved = tickets.filtered(lambda ticket: ticket.glpi_status == "5")
        if word in _YES_WORDS | _NO_WORDS and len(solved) == 1 and len(tickets) == 1:
            return self._glpi_solution_answer(f"{YES if word in _YES_WORDS else NO}{solved.id}")
        self.glpi_reply = {"step": "ask", "messages": [self._glpi_said(incoming, message)]}
        return self._glpi_ask(tickets)

    def _glpi_awaiting(self):
        """This citizen's tickets of which they had news lately."""
        since = fields.Datetime.now() - REPLY_WITHIN
        return self._glpi_tickets([("awaiting_reply_at", ">=", since), ("state", "=", "open")])

    def _glpi_ask(self, tickets):
        """Ask to which ticket the message belongs, with buttons; True."""
        other = Option(OTHER, "Outro assunto")
        if len(tickets) == 1:
            text = self._automatic_text(
                "ticket_reply_ask", ticket=tickets.glpi_id, titulo=tickets.title
            )
            options = (Option(f"{ABOUT}{tickets.id}", "Sim, responder"), other)
        else:
            text = self._automatic_text("ticket_reply_which")
            options = (
                *(
                    Option(f"{ABOUT}{one.id}", f"Chamado nº {one.glpi_id}", one.title[:72])
                    for one in tickets
                ),
                other,
            )
        self._say(Outgoing(text=text, options=options, list_button="Ver chamados"))
        return True

    def _glpi_said(self, incoming, message):
        """What a ticket needs of a message, as JSON: id, text, whether a file comes with it."""
        text = incoming.text
        if not text and not incoming.media:
            text = self._outgoing_from_message(message).text
        return {"id": message.id, "text": text, "file": bool(incoming.media)}

    def _glpi_collect(self, reply, said):
        """More came before the choice: it goes along."""
        self.glpi_reply = {**reply, "messages": [*reply["messages"], said]}
        return True

    def _glpi_talk(self, ticket, messages):
        """The citizen chose: what was written goes to the ticket, and what comes next too."""
        for said in messages:
            self._glpi_send(ticket, said)
        self._glpi_context(ticket)
        self.glpi_reply = {"step": "talk", "ticket": ticket.id, "messages": []}
        text = self._automatic_text("ticket_reply_taken", ticket=ticket.glpi_id)
        if text:
            options = (Option(END, "Concluir"), Option(OTHER, "Outro assunto"))
            self._say(Outgoing(text=text, options=options))
        return True

    def _glpi_other(self, reply, message):
        """It is about something else: the robot answers as if we had not asked."""
        self.glpi_reply = False
        self._glpi_tickets([("awaiting_reply_at", "!=", False)]).awaiting_reply_at = False
        first = next((said["text"] for said in reply["messages"]), "")
        # nothing awaits an answer any more, so this time it is the robot's
        self._serve_without_people(Incoming(kind="text", text=first), message)
        return True

    def _glpi_end(self, reply):
        """The citizen has said all."""
        ticket = self.env["glpi.ticket"].browse(reply["ticket"])
        self.glpi_reply = False
        self._automatic("ticket_reply_end", ticket=ticket.glpi_id)
        self._end_by_bot()
        return True

    # ------------------------------------------------------------ the solution
    def _glpi_ticket_of(self, option):
        """The ticket that a button names, if it is this citizen's; else empty.

        The id comes from the citizen's telephone: it is worth no more than that.
        """
        number = option.rpartition(":")[2]
        if not number.isdecimal():
            return self.env["glpi.ticket"]
        return self._glpi_tickets([("id", "=", int(number)), ("state", "=", "open")])

    def _glpi_solution_answer(self, option):
        """A tap on Sim or Não, also an old one; whether it was one of this citizen's."""
        ticket = self._glpi_ticket_of(option)
        if not ticket:
            return False
        self._glpi_context(ticket)
        ticket.awaiting_reply_at = False
        if ticket.glpi_status != "5" or ticket._answered():
            self._automatic(
                "ticket_settled", ticket=ticket.glpi_id, situacao=ticket._status_words()
            )
            return self._glpi_rest(ticket)
        if option.startswith(NO):
            self.glpi_reply = {"step": "reason", "ticket": ticket.id, "messages": []}
            self._automatic("ticket_solution_reason", ticket=ticket.glpi_id)
            return True
        name = self.partner_id.name or ""
        ticket._send_to_glpi("approve", "Solução aceita pelo cidadão.", author=name)
        self._automatic("ticket_solution_thanks", ticket=ticket.glpi_id)
        return self._glpi_rest(ticket, survey=True)

    def _glpi_rest(self, ticket, survey=False):
        """Nothing is left to say in a conversation that only this answer began."""
        self.glpi_reply = False
        if self.state != lifecycle.BOT or self._flow_session():
            return True
        if not (survey and self.queue_id.survey and self._ask_survey()):
            self._end_by_bot()
        return True

    def _glpi_refuse(self, reply, incoming):
        """Why it is not solved: the ticket goes back to GLPI's technicians with these words."""
        words = (incoming.text or "").strip()
        ticket = self.env["glpi.ticket"].browse(reply["ticket"])
        if not words:
            self._automatic("ticket_solution_reason", ticket=ticket.glpi_id)
            return True
        ticket._send_to_glpi("refuse", words, author=self.partner_id.name or "")
        self._automatic("ticket_reopened", ticket=ticket.glpi_id)
        return self._glpi_rest(ticket)

    def _glpi_context(self, ticket):
        """Whoever reads this conversation sees which ticket it is about."""
        self._collect("glpi_ticket", "Chamado no GLPI", str(ticket.glpi_id))

    # ------------------------------------------------------------ with people
    def _glpi_while_people_serve(self, incoming, message):
        """While people serve: answers to a solution, and the service's messages if wanted."""
        option = incoming.option_id or ""
        reply = self.glpi_reply or {}
        if option.startswith((YES, NO)) and self._glpi_solution_answer(option):
            return
        if reply.get("step") == "reason" and incoming.kind == "text":
            self._glpi_refuse(reply, incoming)
            return
        self._glpi_service_message(self._glpi_said(incoming, message), self.partner_id.name or "")

    def _glpi_service_message(self, said, name):
        """Send what was said in service as a followup, as the server's owners want it."""
        if self.state != lifecycle.IN_SERVICE:
            return
        ticket = self.ticket_ids.filtered(
            lambda one: one.state in ("draft", "pushing", "open") and one.glpi_status != "6"
        ).sorted("id")[-1:]
        how = ticket.server_id.service_messages
        if ticket and how != "none":
            self._glpi_send(ticket, said, name=name, private=how == "private")

    def _glpi_send(self, ticket, said, name=None, private=False):
        """Put a message of this conversation, with its files, into the ticket's outbox.

        :param said: as `_glpi_said` has it
        """
        labels = dict(self._fields["channel_kind"]._description_selection(self.env))
        ticket._send_to_glpi(
            "followup",
            said["text"] or "📎",
            message=self.env["mail.message"].browse(said["id"]),
            with_files=said["file"],
            conversation=self,
            author=f"{name or self.partner_id.name} ({labels.get(self.channel_kind, '')})",
            private=private,
        )
        ticket.awaiting_reply_at = False


class GlpiTicket(models.Model):
    """What the citizen said of the solution."""

    _inherit = "glpi.ticket"

    def _answered(self):
        """Whether the citizen's word about the present solution is on its way already."""
        last = self.outbox_ids.filtered(lambda one: one.kind in ("approve", "refuse"))
        return any(entry.state == "waiting" for entry in last)
