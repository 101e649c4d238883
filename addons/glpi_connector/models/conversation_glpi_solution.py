# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.chatbot_flow.engine import matching, understanding
from odoo.addons.chatbot_flow.engine import state as flow_states
from odoo.addons.contact_center.core import lifecycle, yes_no
from odoo.addons.contact_center.core.values import Outgoing

from .glpi_ticket_telling import NO

# Words for yes or no to this question only, besides the general ones (core.yes_no).
_SOLVED = frozenset(
    {"1", "resolvido", "resolvida", "resolveu", "resolveu sim", "resolveram", "resolveram sim"}
    | {"foi resolvido", "sim foi resolvido", "ja foi resolvido", "ja resolveu", "ja resolveram"}
    | {"esta resolvido", "ta resolvido", "ja esta resolvido", "sim resolveu", "sim resolvido"}
    | {"foi solucionado", "solucionado", "funcionou", "esta funcionando", "ta funcionando"}
    | {"voltou a funcionar", "deu certo", "sim deu certo", "sim funcionou", "arrumaram"}
    | {"consertaram", "sim ja resolveu", "sim ja foi resolvido", "problema resolvido"}
    | {"tudo resolvido", "foi sim resolvido", "agora sim", "agora resolveu", "agora funcionou"}
)
_NOT_SOLVED = frozenset(
    {"2", "ainda nao", "nao foi", "nao resolveu", "nao foi resolvido", "nao esta resolvido"}
    | {"nao resolvido", "nao resolvida", "ainda nao foi", "nao ainda nao", "nao ta resolvido"}
    | {"continua", "continua igual", "continua a mesma coisa", "continua o problema"}
    | {"continua do mesmo jeito", "o problema continua", "ainda continua", "do mesmo jeito"}
    | {"ainda nao resolveu", "ainda nao resolveram", "nao resolveram", "nao resolveu nada"}
    | {"ainda nao foi resolvido", "nao resolveram nada", "nao resolveu ainda", "nao foi ainda"}
    | {"nao funcionou", "nao funciona", "ainda nao funciona", "nao esta funcionando"}
    | {"nao ta funcionando", "nao deu certo", "nao adiantou", "nada resolvido", "mesma coisa"}
    | {"nao resolvi", "nao nao resolveu", "nao nao foi resolvido", "ainda esta igual"}
)


def is_solution_answer(incoming):
    """Return True or False if a message says whether the ticket is solved, else None."""
    if incoming.kind not in ("text", "reaction"):
        return None
    text = incoming.text or ""
    if "?" not in text:
        for words in (matching.normalise(text), yes_no.without_courtesy(text)):
            words = " ".join(words.replace(",", " ").strip(" .!").split())
            if words in _SOLVED or words in _NOT_SOLVED:
                verdict = words in _SOLVED
                contrary = yes_no.NO_SIGNS if verdict else yes_no.YES_SIGNS
                return None if contrary & set(text) else verdict
    return understanding.yes_or_no(incoming)


class Conversation(models.Model):
    """The citizen's answer to a solution: Sim or Não, tapped or typed, and why."""

    _inherit = "contact_center.conversation"

    def _glpi_asked_last(self, incoming):
        """Return (ticket, True or False) if a typed yes or no answers the latest solution.

        Nothing was said since, so it answers this, whatever was asked before.
        """
        last = self.last_outbound_at
        verdict = is_solution_answer(incoming) if last else None
        if verdict is None or (self.glpi_reply or {}).get("step") in ("ask", "reason", "closed"):
            return None
        tickets = self._glpi_tickets(
            [
                ("awaiting_reply_at", ">=", last),
                ("state", "=", "open"),
                ("glpi_status", "=", "5"),
            ]
        )
        return (tickets, verdict) if len(tickets) == 1 else None

    def _glpi_solution_answer(self, option):
        """Handle a tap on Sim or Não, even an old one; return whether it was this citizen's."""
        ticket = self._glpi_ticket_of(option)
        if not ticket:
            return False
        self._glpi_context(ticket)
        ticket.awaiting_reply_at = False
        if ticket.glpi_status != "5" or ticket._answered():
            self._automatic(
                "ticket_settled", ticket=ticket.glpi_id, situacao=ticket._status_words()
            )
            return self._glpi_resume(ticket)
        if option.startswith(NO):
            if not self._glpi_may_ask_why():
                return self._glpi_send_refusal(ticket)
            self._glpi_keep({"step": "reason", "ticket": ticket.id, "messages": []}, ticket)
            self._automatic("ticket_solution_reason", ticket=ticket.glpi_id)
            return True
        name = self.partner_id.name or ""
        words = self._glpi_env(ticket)._("The citizen accepted the solution.")
        ticket._send_to_glpi("approve", words, author=name)
        self._automatic("ticket_solution_thanks", ticket=ticket.glpi_id)
        return self._glpi_resume(ticket, survey=True)

    def _glpi_may_ask_why(self):
        """Return whether the next message can be the reason for a Não."""
        serves = self.state == lifecycle.BOT or self.state in lifecycle.STATES_WITH_PEOPLE
        return serves and not self._glpi_waits_for_code()

    def _glpi_waits_for_code(self):
        """Return whether a ticket is waiting for an e-mail code, which takes precedence."""
        return (self.glpi_reply or {}).get("step") == "code"

    def _glpi_resume(self, ticket, survey=False):
        """Resume what the answer interrupted; otherwise ask for the survey, or end.

        A flow in progress repeats its current question, and the survey follows when it is done.
        """
        if self._glpi_waits_for_code():
            return True  # the waiting ticket comes before the survey
        self._glpi_keep(None)
        if self.state != lifecycle.BOT:
            return True
        session = self._flow_session()
        if self._glpi_is_interrupted(session, survey):
            if survey:
                self._glpi_keep({"step": "survey", "ticket": ticket.id, "messages": []})
            if session.status == flow_states.INPUT:
                session._resume(session.step_key)
            return True
        wanted = survey and self.queue_id.survey and self._ask_survey()
        if not wanted:
            self._end_by_bot()
        if session.status in (flow_states.INPUT, flow_states.WAIT):
            session._leave(flow_states.ENDED)
        return True

    def _glpi_is_interrupted(self, session, survey):
        """Return whether a flow is in progress: the citizen is in the middle of something else."""
        if session.status in (flow_states.ACTION, flow_states.WAIT):
            return True
        if session.status != flow_states.INPUT:
            return False
        # a flow that opened a ticket, or collected nothing yet, has nothing to lose
        return not survey or bool(session._values() and not self.ticket_ids)

    def _end_by_bot(self, outcome="self_service"):
        """First ask for the survey if an accepted solution is still waiting for it."""
        reply = self.glpi_reply or {}
        self._glpi_keep(None)
        owed = reply.get("step") == "survey" and self.state == lifecycle.BOT
        if owed and self.queue_id.survey and self._ask_survey():
            return None
        return super()._end_by_bot(outcome)

    def _glpi_refuse(self, reply, incoming, message):
        """Handle the reason for a refusal in any form: the ticket goes back to the technicians."""
        ticket = self.env["glpi.ticket"].browse(reply["ticket"]).exists()
        said = self._glpi_said(incoming, message)
        return self._glpi_send_refusal(ticket, said)

    def _glpi_send_refusal(self, ticket, said=None):
        """Send the refusal; without `said` (see `_glpi_said`) no reason was given."""
        if not self._glpi_waits_for_code():
            self._glpi_keep(None)
        if not ticket or ticket._is_closed_in_glpi():
            return self._glpi_closed(ticket, [said] if said else [])
        said = said or {"id": False, "text": "", "file": False}
        words = (said["text"] or "").strip()
        env = self._glpi_env(ticket)
        if not words:
            words = (
                env._("It is not solved: see the attached file.")
                if said["file"]
                else env._("The citizen answered that it is not solved, without saying why.")
            )
        ticket._send_to_glpi(
            "refuse",
            words,
            message=self.env["mail.message"].browse(said["id"] or []),
            with_files=said["file"],
            conversation=self,
            author=self.partner_id.name or "",
            talk_id=self.id,
        )
        self._automatic("ticket_refusal_noted", ticket=ticket.glpi_id)
        return self._glpi_resume(ticket)

    def _glpi_ask_solved_again(self, ticket):
        """Repeat the question about the solution, since the citizen went back; return True."""
        self._glpi_keep(None)
        ticket.awaiting_reply_at = fields.Datetime.now()
        text = self._glpi_env(ticket)._("Was your ticket No. %s solved?", ticket.glpi_id)
        said = self._say(Outgoing(text=text, options=ticket._solution_options(self)))
        ticket.question_message_id = said
        return True


class GlpiTicket(models.Model):
    """The citizen's answer to the solution."""

    _inherit = "glpi.ticket"

    def _answered(self):
        """Return whether the citizen's answer to the current solution is already on its way."""
        last = self.outbox_ids.filtered(lambda one: one.kind in ("approve", "refuse"))
        return any(entry.state == "waiting" for entry in last)
