# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo import models
from odoo.tools import format_date

# Maximum tickets listed in a message.
LISTED = 10
ANSWER_LENGTH = 160


class ChatbotFlowSession(models.Model):
    """The flow's actions that report the status of the citizen's tickets.

    Only tickets that this citizen opened here are found: typing a number reveals nothing about
    other people's tickets. GLPI is not queried; its news arrives here every minute.
    """

    _inherit = "chatbot.flow.session"

    def _action_glpi_open_tickets(self, params):
        """List the citizen's open tickets.

        :return: values chamados (text, one paragraph for each) and chamados_abertos (number, as
            text); ok False and empty when there is none
        """
        tickets = self._citizens_tickets([("glpi_status", "not in", ["5", "6"])])[:LISTED]
        values = {
            "chamados": "\n\n".join(ticket._status_paragraph() for ticket in tickets),
            "chamados_abertos": str(len(tickets)),
        }
        return {"ok": bool(tickets), "values": values, "empty": not tickets}

    def _action_glpi_ticket_status(self, params):
        """Report the status of one ticket.

        :param params: number (of GLPI's ticket or of the protocol); without it the flow's value
            chamado
        :return: values chamado_numero, chamado_titulo, chamado_situacao, chamado_aberto_em,
            chamado_resposta, chamado_texto; ok False and empty when this citizen has no such ticket
        """
        typed = str(params.get("number") or self._values().get("chamado") or "")
        digits = re.sub(r"\D", "", typed)
        ticket = self.env["glpi.ticket"]
        if digits:
            domain = ["|", ("glpi_number", "=", digits), ("conversation_id.protocol", "=", digits)]
            ticket = self._citizens_tickets(domain)[:1]
        if not ticket:
            return {"ok": False, "values": {}, "empty": True}
        values = {
            "chamado_numero": ticket.glpi_number or "",
            "chamado_titulo": ticket.title,
            "chamado_situacao": ticket._status_for_citizen(),
            "chamado_aberto_em": ticket._local_day(ticket.opened_at or ticket.create_date),
            "chamado_resposta": ticket._last_answer(),
            "chamado_texto": ticket._status_paragraph(),
        }
        return {"ok": True, "values": values}

    def _citizens_tickets(self, domain):
        """Return tickets of the citizen of this conversation, the newest first."""
        partner = self.conversation_id.partner_id
        # sudo: glpi.ticket - the citizen may see their own tickets
        return (
            self.env["glpi.ticket"]
            .sudo()
            .search(
                [
                    ("conversation_id.partner_id", "=", partner.id),
                    ("state", "in", ["draft", "pushing", "open", "failed"]),
                    *domain,
                ],
                order="id desc",
            )
        )


class GlpiTicket(models.Model):
    """A ticket in words for its citizen."""

    _inherit = "glpi.ticket"

    def _status_paragraph(self):
        """Return number, title, status, day and last public answer."""
        _ = self.conversation_id._citizen_env()._
        numbers = {"number": self.glpi_number, "protocol": self.protocol}
        lines = [
            _("*Ticket No. %(number)s* (protocol %(protocol)s)", **numbers)
            if self.glpi_id
            else _("*Ticket on its way* (protocol %(protocol)s)", **numbers),
            self.title,
            _(
                "Status: %(status)s. Opened on %(day)s.",
                status=self._status_for_citizen(),
                day=self._local_day(self.opened_at or self.create_date),
            ),
        ]
        answer = self._last_answer()
        if answer:
            lines.append(_("Last answer: %s", answer))
        return "\n".join(lines)

    def _status_for_citizen(self):
        """Return the status in words, even before GLPI has the ticket."""
        env = self.conversation_id._citizen_env()
        if not self.glpi_id:
            return env._("registered, on its way to the technical team")
        return self._status_words() or env._("no longer available in GLPI")

    def _last_answer(self):
        """Return the beginning of the technician's last message to the citizen, "" if none."""
        public = self.followup_ids._for_citizen().filtered(
            lambda entry: entry.kind != "document" and entry.content
        )
        words = " ".join((public.sorted("id")[-1:].content or "").split())
        return words if len(words) <= ANSWER_LENGTH else f"{words[: ANSWER_LENGTH - 1]}…"

    def _local_day(self, moment):
        """Return a date in the citizen's time zone and notation."""
        conversation = self.conversation_id
        day = conversation._local_time(moment).date()
        return format_date(conversation.env, day, conversation._citizen_lang())
