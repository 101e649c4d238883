# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.chatbot_flow.engine import state as flow_states
from odoo.addons.chatbot_flow.engine import understanding
from odoo.addons.chatbot_flow.engine.texts import DEFAULT_TEXTS
from odoo.addons.contact_center.core import lifecycle
from odoo.addons.contact_center.core.values import Option, Outgoing
from odoo.addons.contact_center.tools import lock_at_once

from .conversation_glpi_reply import END, NEW, REPLY_WITHIN

# Maximum dialogs ended per run of the scheduled action.
BATCH = 200


class GlpiServer(models.Model):
    """The setting how long a dialog about a ticket waits for more."""

    _inherit = "glpi.server"

    reply_minutes = fields.Integer(
        string="Talk about a ticket ends after (minutes)",
        default=60,
        help="A citizen's messages about a ticket go to it until the citizen says that this was "
        "all, or is silent for this long. The next message is for the bot again.",
    )

    # Not a CHECK constraint: PostgreSQL's error, which is logged, would contain the row with its
    # tokens.
    @api.constrains("reply_minutes")
    def _check_reply_minutes(self):
        """Check that a dialog ends at some time, but not before anybody could answer."""
        for server in self:
            if not 5 <= server.reply_minutes <= 24 * 60:
                raise ValidationError(
                    self.env._("A talk about a ticket ends after 5 to 1,440 minutes.")
                )


class Conversation(models.Model):
    """End a dialog about a ticket: by a global word, a time-out or a closed ticket.

    Nobody is trapped in it: every exit of a flow works here too.
    """

    _inherit = "contact_center.conversation"

    glpi_reply_until = fields.Datetime(string="Talk About a Ticket Ends", readonly=True, copy=False)

    _glpi_reply_until_idx = models.Index("(glpi_reply_until) WHERE glpi_reply_until IS NOT NULL")

    def _glpi_keep(self, reply, tickets=None):
        """Store the state of the dialog, and until when it waits; None if there is none.

        :param tickets: glpi.ticket records it is about, whose GLPI says how long
        """
        if reply is None:
            if self.glpi_reply or self.glpi_reply_until:
                self.write({"glpi_reply": False, "glpi_reply_until": False})
            return
        minutes = tickets[:1].server_id.reply_minutes if tickets else 0
        until = fields.Datetime.now() + timedelta(minutes=minutes) if minutes else False
        self.write({"glpi_reply": reply, "glpi_reply_until": until})

    # ------------------------------------------------------------ words
    def _glpi_obey(self, word, reply, incoming, message):
        """Handle a global word (`understanding.command`) in a dialog; return True."""
        ticket = self.env["glpi.ticket"].browse(reply.get("ticket") or []).exists()
        reason = reply["step"] == "reason"
        if word == "back" and reason and ticket:
            return self._glpi_ask_solved_again(ticket)
        session = self._flow_session()
        waiting = session.status == flow_states.INPUT
        if word == "exit" and reply["step"] == "talk":
            return self._glpi_end(reply)
        self._glpi_keep(None)
        if reason and ticket and not ticket._is_closed_in_glpi():
            # the "no" was given, and counts without a reason
            self._glpi_note_refusal(ticket)
        if word == "agent" and not waiting:
            self._hand_over(reason="asked")
        elif word == "exit" and not waiting:
            self._say(Outgoing(text=DEFAULT_TEXTS["goodbye"]))
            self._end_by_bot("abandoned")
        else:
            self._glpi_tickets([("awaiting_reply_at", "!=", False)]).awaiting_reply_at = False
            self._serve_without_people(incoming, message)
        return True

    def _glpi_note_refusal(self, ticket):
        """Send a refusal whose reason never came."""
        words = self._glpi_env(ticket)._(
            "The citizen answered that it is not solved, without saying why."
        )
        ticket._send_to_glpi("refuse", words, author=self.partner_id.name or "", talk_id=self.id)

    # ------------------------------------------------------------ a closed ticket
    def _glpi_closed(self, ticket, messages):
        """Say that the ticket is closed; offer a new conversation with the words; return True."""
        ticket.awaiting_reply_at = False
        said = self._glpi_say_closed(ticket)
        if not self._glpi_waits_for_code():
            reply = {"step": "closed", "ticket": ticket.id, "messages": messages}
            self._glpi_keep({**reply, "question": said.id if said else False}, ticket)
        return True

    def _glpi_closed_before(self):
        """Return the dialog of `_glpi_closed` that continues in this new conversation, or None.

        The question was the last message to the citizen, in a finished conversation: its answer
        begins the next one.
        """
        since = fields.Datetime.now() - REPLY_WITHIN
        ticket = self._glpi_tickets([("closed_asked_at", ">=", since)])[:1]
        if not ticket:
            return None
        asked_at, ticket.closed_asked_at = ticket.closed_asked_at, False
        later = [("partner_id", "=", self.partner_id.id), ("last_outbound_at", ">", asked_at)]
        if self.search_count(later, limit=1):
            return None
        entries = ticket._undelivered_messages()
        messages = [entry._as_said() for entry in entries]
        return {"step": "closed", "ticket": ticket.id, "messages": messages}

    def _glpi_say_closed(self, ticket):
        """Send the words of `_glpi_closed`, with two buttons; return their message or None."""
        env = self._glpi_env(ticket)
        options = (Option(NEW, env._("Yes, open another")), Option(END, env._("No, thank you")))
        text = self._automatic_text("ticket_reply_closed", ticket=ticket.glpi_id)
        return self._say(Outgoing(text=text, options=options)) if text else None

    def _glpi_after_closed(self, reply, incoming, message):
        """Handle the answer to the offer; any other text is the subject of the new conversation."""
        verdict = understanding.yes_or_no(incoming)
        if verdict is None and incoming.kind == "text":
            env = self._glpi_env(self.env["glpi.ticket"].browse(reply["ticket"]))
            names = [(env._("Yes, open another"),), (env._("No, thank you"),)]
            place = understanding.pick(names, incoming.text)
            verdict = None if place is None else place == 0
        if verdict is False:
            return self._glpi_end(reply)
        if verdict:
            return self._glpi_other(reply, message)
        self._glpi_keep(None)
        return False

    # ------------------------------------------------------------ time
    @api.model
    def _cron_glpi_reply(self):
        """Scheduled action: end expired dialogs, each in its own transaction."""
        # sudo: contact_center.conversation - the scheduled action processes all of them
        conversations = self.sudo()
        domain = [("glpi_reply_until", "<=", fields.Datetime.now())]
        due = conversations.search(domain, order="glpi_reply_until", limit=BATCH)
        for done, conversation in enumerate(due, 1):
            if conversation._glpi_try_lock():
                conversation._glpi_expire()
            self.env["ir.cron"]._commit_progress(1, remaining=len(due) - done)

    def _glpi_try_lock(self):
        """Lock the conversation if that is possible at once; return whether its dialog is over."""
        until = lock_at_once(self) and self.glpi_reply_until
        return bool(until) and until <= fields.Datetime.now()

    def _glpi_expire(self):
        """End the dialog of a silent citizen: what was said counts."""
        reply = self.glpi_reply or {}
        step = reply.get("step")
        ticket = self.env["glpi.ticket"].browse(reply.get("ticket") or []).exists()
        if step == "code":
            self._glpi_code_over()
            return
        if step == "reason" and ticket and self.state != lifecycle.CLOSED:
            self._glpi_send_refusal(ticket)
            return
        if self.state != lifecycle.BOT or not step:
            self._glpi_keep(None)
        elif step == "ask":
            self._glpi_keep(None)
            self._close_for_silence()
        else:
            self._glpi_end(reply)

    def _glpi_code_over(self):
        """Open the ticket without the code, which was not typed in time."""
        session = self._flow_session()
        if self.state == lifecycle.BOT:
            self._glpi_code_done()
        else:
            # people took over in the meantime, but the ticket was promised
            self._glpi_keep(None)
            if session and self.state != lifecycle.CLOSED:
                session._glpi_open_and_leave()


class GlpiTicket(models.Model):
    """Tell whether a ticket still accepts the citizen's messages."""

    _inherit = "glpi.ticket"

    closed_asked_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When the citizen, whose conversation had ended, was asked for a new ticket.",
    )

    def _is_closed_in_glpi(self):
        """Return whether the ticket is closed: GLPI's technicians would not see additions."""
        self.ensure_one()
        return self.glpi_status == "6"

    def _undelivered_messages(self):
        """Return the citizen's messages in the last dialog that GLPI did not accept."""
        entries = self.outbox_ids.filtered(lambda one: one.state == "failed" and one.talk_id)
        last = entries.sorted("id")[-1:].talk_id
        return entries.filtered(lambda one: one.talk_id == last).sorted("id")

    def _tell_undelivered(self, entry):
        """Tell the citizen, once, that GLPI no longer accepts their message."""
        conversation = entry.talk_id
        if conversation.state == lifecycle.CLOSED:
            present = conversation._find_open(conversation.partner_id, conversation.channel_kind)
            conversation = present if present.state == lifecycle.BOT else conversation
        self._lock_conversation(conversation)
        said = entry._as_said()
        reply = conversation.glpi_reply or {}
        if conversation.state == lifecycle.BOT:
            if reply.get("step") == "closed" and reply.get("ticket") == self.id:
                messages = [*reply["messages"], said]
                conversation._glpi_keep({**reply, "messages": messages}, self)
                return
            conversation._glpi_closed(self, [said])
            return
        earlier = self._undelivered_messages().filtered(lambda one: one.id < entry.id)
        refusal = conversation._automatic_refusal("ticket_reply_closed", ticket=self.glpi_id)
        told = conversation.state == lifecycle.CLOSED and not earlier and not refusal
        if told and conversation._glpi_say_closed(self):
            self.closed_asked_at = conversation.last_outbound_at


class GlpiOutbox(models.Model):
    """The citizen's message, as stored in a dialog."""

    _inherit = "glpi.outbox"

    def _as_said(self):
        """Return it in the format of the conversation's `_glpi_said`."""
        return {
            "id": self.message_id.id,
            "text": self.content or "",
            "file": bool(self.document_ids),
        }
