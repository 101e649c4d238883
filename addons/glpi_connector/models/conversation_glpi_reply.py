# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta, timezone

from odoo import fields, models

from odoo.addons.chatbot_flow.engine import understanding
from odoo.addons.contact_center.core import lifecycle
from odoo.addons.contact_center.core.values import Incoming, Option, Outgoing

from .. import rest
from .conversation_glpi_solution import is_solution_answer
from .glpi_ticket_telling import NO, YES

# Further option ids of our buttons.
ABOUT, OTHER, END, NEW = "glpi:about:", "glpi:other", "glpi:end", "glpi:new"
# For this long after ticket news a new message may be the answer to it.
REPLY_WITHIN = timedelta(hours=72)
# News is kept once a channel's window is over; WhatsApp's, the shortest, lasts 24 hours.
SILENT = timedelta(hours=23)
# Maximum tickets in a list next to "Outro assunto".
OFFERED = 9
# A message sooner than this after our question was written before reading it: not an answer.
BURST_SECONDS = 20
# After this many answers that fit no option the bot takes over.
MAX_UNCLEAR = 3
# Words that mean nothing by themselves.
_SILENT_KINDS = frozenset({"reaction", "system"})


class Conversation(models.Model):
    """Messages about an existing ticket: they go to the ticket, not to the bot.

    `glpi_reply` holds the state of the dialog: {"step": "first" (this message may be about a
    ticket), "ask" (which ticket?), "reason" (why is it not solved?), "talk" (more for the same
    ticket), "closed" (the ticket takes no more: a new one?) or "survey" (asked for when the flow is
    done) or "code" (sent to the citizen's e-mail address), "ticket": id, "tickets": ids that were
    offered, "messages": messages before the choice, in the format of `_glpi_said`, "asked": when,
    "unclear": how many answers fitted nothing}.
    """

    _inherit = "contact_center.conversation"

    glpi_reply = fields.Json(readonly=True, copy=False)

    # ------------------------------------------------------------ where messages come in
    def _receive(self, incoming, body=None, attachments=None):
        # sudo: contact_center.conversation - the citizen's message decides, not a user
        conversation = self.sudo()
        before = conversation.last_inbound_at
        if not before and conversation.state == lifecycle.BOT:
            closed = conversation._glpi_closed_before()
            if closed:
                conversation.glpi_reply = closed
            elif conversation._glpi_awaiting():
                conversation.glpi_reply = {"step": "first", "messages": []}
        message = super()._receive(incoming, body=body, attachments=attachments)
        if conversation.state in lifecycle.STATES_WITH_PEOPLE:
            conversation._glpi_while_people_serve(incoming, message)
        # only silent citizens have kept news: most messages need not look for it
        if not before or before <= fields.Datetime.now() - SILENT:
            conversation._glpi_tell_kept()
        return message

    def _glpi_tell_kept(self):
        """Send news kept while this citizen was silent: their next message answers it."""
        tickets = self._glpi_tickets([("has_kept_news", "=", True)])
        tickets._tell_kept()
        tickets.filtered("awaiting_reply_at").awaiting_reply_at = fields.Datetime.now()

    def _serve_without_people(self, incoming, message):
        # sudo: contact_center.conversation - as in `_receive`
        if not self.sudo()._glpi_takes(incoming, message):
            return super()._serve_without_people(incoming, message)
        return None

    def _on_agent_message(self, message):
        result = super()._on_agent_message(message)
        # sudo: contact_center.conversation - the agent may not write tickets
        said = {
            "id": message.id,
            "text": self._outgoing_from_message(message).text,
            "file": bool(message.attachment_ids),
        }
        self.sudo()._glpi_service_message(said, message.author_id.name or "")
        return result

    def _glpi_env(self, ticket):
        """Return an environment in the language of this ticket's citizens."""
        return self.with_context(lang=ticket.server_id.lang).env

    # ------------------------------------------------------------ with the bot
    def _glpi_takes(self, incoming, message):
        """Return whether this message is about a ticket, and has been handled."""
        option = incoming.option_id or ""
        if option.startswith((YES, NO)):
            return self._glpi_solution_answer(option)
        solved = self._glpi_asked_last(incoming)
        if solved:
            return self._glpi_solution_answer(f"{YES if solved[1] else NO}{solved[0].id}")
        reply = self._glpi_present_reply()
        step = reply.get("step")
        if step == "code" and incoming.kind not in _SILENT_KINDS:
            word = understanding.command(incoming.text or "", self._glpi_words_of_flow())
            if word:
                return self._glpi_obey_at_code(word, incoming, message)
            return self._glpi_read_code(reply, incoming, message)
        if option.startswith("glpi:"):
            return self._glpi_tapped(option, reply, message)
        if incoming.kind == "text" and step in ("ask", "reason", "talk", "closed"):
            word = understanding.command(incoming.text, self._glpi_words_of_flow())
            if word:
                return self._glpi_obey(word, reply, incoming, message)
        if step in ("talk", "reason", "code") and incoming.kind in _SILENT_KINDS:
            return True
        takes = {
            "first": self._glpi_begins,
            "ask": self._glpi_choose,
            "reason": self._glpi_refuse,
            "talk": self._glpi_more,
            "closed": self._glpi_after_closed,
        }
        return step in takes and takes[step](reply, incoming, message)

    def _glpi_present_reply(self):
        """Return the state of the dialog; empty once expired (a scheduled action ends it too)."""
        reply = self.glpi_reply or {}
        if reply.get("step") == "first":
            self._glpi_keep(None)
            return {"step": "first", "messages": []}
        over = self.glpi_reply_until and self.glpi_reply_until <= fields.Datetime.now()
        if over and reply.get("step") in ("ask", "talk", "closed"):
            self._glpi_keep(None)
            return {"step": "first", "messages": []}
        return reply

    def _glpi_words_of_flow(self):
        """Return the global words of the current flow; None for the default ones."""
        version = self.flow_id.published_version_id
        return version._compiled().navigation.words if version else None

    def _glpi_tapped(self, option, reply, message):
        """Handle a tap on one of our other buttons, even an old one; return whether it counts."""
        if option == NEW:
            return self._glpi_other(reply, message)
        if option.startswith(ABOUT):
            ticket = self._glpi_ticket_of(option)
            return bool(ticket) and self._glpi_talk(ticket, reply.get("messages") or [])
        if option == OTHER and reply:
            return self._glpi_other(reply, message)
        if option == END and reply:
            return self._glpi_end(reply)
        return False

    def _glpi_begins(self, _reply, incoming, message):
        """Return whether the first message shortly after news is an answer to it."""
        tickets = self._glpi_awaiting()[:OFFERED]
        if not tickets or incoming.kind in ("option", *_SILENT_KINDS):
            return False
        if understanding.command(incoming.text, self._glpi_words_of_flow()):
            return False
        verdict = is_solution_answer(incoming)
        if verdict is not None and len(tickets) == 1 and tickets.glpi_status == "5":
            return self._glpi_solution_answer(f"{YES if verdict else NO}{tickets.id}")
        return self._glpi_ask(tickets, [self._glpi_said(incoming, message)])

    def _glpi_awaiting(self):
        """Return this citizen's tickets with recent news."""
        since = fields.Datetime.now() - REPLY_WITHIN
        return self._glpi_tickets([("awaiting_reply_at", ">=", since), ("state", "=", "open")])

    def _glpi_ask(self, tickets, messages, unclear=0):
        """Ask, with buttons, which ticket the messages belong to; return True."""
        self._glpi_keep(
            {
                "step": "ask",
                "tickets": tickets.ids,
                "messages": messages,
                "asked": _seconds(),
                "unclear": unclear,
            },
            tickets,
        )
        env = self._glpi_env(tickets[0])
        other = Option(OTHER, env._("Other subject"))
        if len(tickets) == 1:
            text = self._automatic_text(
                "ticket_reply_ask", ticket=tickets.glpi_id, titulo=tickets.title
            )
            options = (Option(f"{ABOUT}{tickets.id}", env._("Yes, reply")), other)
        else:
            text = self._automatic_text("ticket_reply_which")
            options = (
                *(
                    Option(f"{ABOUT}{one.id}", env._("Ticket No. %s", one.glpi_id), one.title[:72])
                    for one in tickets
                ),
                other,
            )
        said = self._say(Outgoing(text=text, options=options, list_button=env._("See tickets")))
        self.glpi_reply = {**self.glpi_reply, "question": said.id}
        return True

    def _glpi_said(self, incoming, message):
        """Return a message's data for a ticket, as JSON: id, text, whether it has a file."""
        text = incoming.text
        if incoming.location:
            place = incoming.location
            text = rest.text.place(
                place.latitude, place.longitude, place.name or "", place.address or ""
            )
        elif not text and not incoming.media:
            text = self._outgoing_from_message(message).text
        return {"id": message.id, "text": text, "file": bool(incoming.media)}

    def _glpi_choose(self, reply, incoming, message):
        """Handle the tapped or typed answer to our question; ask again if it is not one."""
        tickets = self.env["glpi.ticket"].browse(reply.get("tickets") or []).exists()
        place = self._glpi_offer_of(tickets, incoming) if tickets else None
        if place == len(tickets):
            return self._glpi_other(reply, message)
        if place is not None:
            return self._glpi_talk(tickets[place], reply["messages"])
        if incoming.kind in _SILENT_KINDS:
            return True
        messages = [*reply["messages"], self._glpi_said(incoming, message)]
        if _seconds() - reply.get("asked", 0) < BURST_SECONDS:
            # written before the question was read
            self._glpi_keep({**reply, "messages": messages}, tickets)
            return True
        unclear = reply.get("unclear", 0) + 1
        if unclear >= MAX_UNCLEAR or not tickets:
            return self._glpi_other({**reply, "messages": messages}, message)
        return self._glpi_ask(tickets, messages, unclear)

    def _glpi_offer_of(self, tickets, incoming):
        """Return the position of the chosen option, len(tickets) for another subject, or None."""
        if incoming.kind not in ("text", "reaction"):
            return None
        verdict = understanding.yes_or_no(incoming) if len(tickets) == 1 else None
        if verdict is not None:
            return 0 if verdict else 1
        env = self._glpi_env(tickets[0])
        names = [
            (
                env._("Ticket No. %s", one.glpi_id),
                str(one.glpi_id) if one.glpi_id > len(tickets) + 1 else "",
            )
            for one in tickets
        ]
        if len(tickets) == 1:
            names = [(*names[0], env._("Yes, reply"))]
        numbers = {str(one.glpi_id): place for place, one in enumerate(tickets)}
        words = incoming.text.split()
        named = {numbers[word] for word in words if word in numbers}
        # "2" alone is the second option, "chamado 2" the ticket with that number
        if len(named) == 1 and 2 <= len(words) <= 5:
            return named.pop()
        return understanding.pick([*names, (env._("Other subject"),)], incoming.text)

    def _glpi_talk(self, ticket, messages):
        """Send the messages, and further ones, to the ticket that the citizen chose."""
        words = [Incoming(kind="text", text=said["text"] or "") for said in messages]
        verdict = is_solution_answer(words[0]) if len(words) == 1 else None
        if verdict is not None and ticket.glpi_status == "5":
            return self._glpi_solution_answer(f"{YES if verdict else NO}{ticket.id}")
        if ticket._is_closed_in_glpi():
            return self._glpi_closed(ticket, messages)
        for said in messages:
            self._glpi_send(ticket, said, talk=True)
        self._glpi_context(ticket)
        self._glpi_keep({"step": "talk", "ticket": ticket.id, "messages": []}, ticket)
        text = self._automatic_text("ticket_reply_taken", ticket=ticket.glpi_id)
        if text:
            env = self._glpi_env(ticket)
            options = (Option(END, env._("Done")), Option(OTHER, env._("Other subject")))
            self._say(Outgoing(text=text, options=options))
        return True

    def _glpi_more(self, reply, incoming, message):
        """Send a further message to the dialog's ticket, unless it says that this was all."""
        ticket = self.env["glpi.ticket"].browse(reply["ticket"]).exists()
        if incoming.kind == "text":
            env = self._glpi_env(ticket)
            typed = incoming.text.strip(" .!").casefold()
            if typed == env._("Done").casefold() or understanding.is_done(incoming.text):
                return self._glpi_end(reply)
            if typed == env._("Other subject").casefold():
                return self._glpi_other(reply, message)
        said = self._glpi_said(incoming, message)
        if not ticket or ticket._is_closed_in_glpi():
            return self._glpi_closed(ticket, [said])
        self._glpi_send(ticket, said, talk=True)
        self._glpi_keep(reply, ticket)
        return True

    def _glpi_other(self, reply, message):
        """Let the bot answer as if we had not asked: it is about something else."""
        self._glpi_keep(None)
        self._glpi_tickets([("awaiting_reply_at", "!=", False)]).awaiting_reply_at = False
        first = next((said["text"] for said in reply.get("messages") or []), "")
        # no answer is pending any more, so this time it goes to the bot
        self._serve_without_people(Incoming(kind="text", text=first or ""), message)
        return True

    def _glpi_end(self, reply):
        """End the dialog: the citizen has finished."""
        ticket = self.env["glpi.ticket"].browse(reply.get("ticket") or [])
        self._glpi_keep(None)
        if reply.get("step") == "talk":
            self._automatic("ticket_reply_end", ticket=ticket.glpi_id)
        if self.state == lifecycle.BOT:
            self._end_by_bot()
        return True

    # ------------------------------------------------------------ buttons and context
    def _glpi_ticket_of(self, option):
        """Return a button's ticket if it is this citizen's, otherwise empty.

        The id comes from the citizen's phone and is not trusted.
        """
        number = option.rpartition(":")[2]
        if not number.isdecimal():
            return self.env["glpi.ticket"]
        return self._glpi_tickets([("id", "=", int(number)), ("state", "=", "open")])

    def _glpi_context(self, ticket):
        """Show in the conversation which ticket it is about."""
        label = self._glpi_env(ticket)._("GLPI ticket")
        self._collect("glpi_ticket", label, str(ticket.glpi_id))

    # ------------------------------------------------------------ with people
    def _glpi_while_people_serve(self, incoming, message):
        """In service, handle answers to a solution, and forward messages if configured."""
        option = incoming.option_id or ""
        reply = self.glpi_reply or {}
        if option.startswith((YES, NO)) and self._glpi_solution_answer(option):
            return
        solved = self._glpi_asked_last(incoming)
        if solved:
            self._glpi_solution_answer(f"{YES if solved[1] else NO}{solved[0].id}")
            return
        if reply.get("step") == "reason" and incoming.kind not in _SILENT_KINDS:
            self._glpi_refuse(reply, incoming, message)
            return
        self._glpi_service_message(self._glpi_said(incoming, message), self.partner_id.name or "")

    def _glpi_service_message(self, said, name):
        """Send messages in service as followups, as configured on the server."""
        if self.state != lifecycle.IN_SERVICE:
            return
        ticket = self.ticket_ids.filtered(
            lambda one: one.state in ("draft", "pushing", "open") and one.glpi_status != "6"
        ).sorted("id")[-1:]
        how = ticket.server_id.service_messages
        if ticket and how != "none":
            self._glpi_send(ticket, said, name=name, private=how == "private")

    def _glpi_send(self, ticket, said, name=None, private=False, talk=False):
        """Put a message of this conversation, with its files, into the ticket's outbox.

        :param said: in the format of `_glpi_said`
        :param talk: the citizen wrote it for the ticket, and is told if GLPI no longer accepts it
        """
        ticket._send_to_glpi(
            "followup",
            said["text"] or "📎",
            message=self.env["mail.message"].browse(said["id"]),
            with_files=said["file"],
            conversation=self,
            author=self._glpi_author(name),
            private=private,
            talk_id=self.id if talk else False,
        )
        ticket.awaiting_reply_at = False

    def _glpi_author(self, name=None):
        """Return the author and channel, as shown to GLPI's technicians."""
        labels = dict(self._fields["channel_kind"]._description_selection(self.env))
        return f"{name or self.partner_id.name} ({labels.get(self.channel_kind, '')})"


def _seconds():
    """Return the seconds since 1970, for JSON."""
    return int(fields.Datetime.now().replace(tzinfo=timezone.utc).timestamp())
